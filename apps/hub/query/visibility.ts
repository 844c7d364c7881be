import { type Hit, type PictureReader, type Through } from '../../../libs/adapters/read-store/read-store.js';
import { type FieldDecision, OWN_RECORD } from '../../../libs/domain/agreement/decision.js';
import { startOf } from '../../../libs/domain/agreement/decide.js';
import { type Treatment } from '../../../libs/domain/agreement/document.js';
import { inForce, type Register, versionKey } from '../../../libs/domain/agreement/register.js';
import { SUBJECT } from '../../../libs/domain/identity/named-person.js';
import { type Grants, OWN } from '../../../libs/domain/picture/project.js';

export interface SharedField {
  readonly path: string;
  readonly outcome: Treatment;
  readonly clause: string;
}

/** What one kind of decision lets through at this moment. */
export interface Shown {
  readonly shared: readonly SharedField[];
  readonly clear: ReadonlySet<string>;
  /** By path: the clause that prohibits it. */
  readonly prohibited: ReadonlyMap<string, string>;
}

/** What an agency may see for one purpose at one moment: by number of the decision in its read model. */
export interface Visibility {
  readonly decisions: readonly number[];
  readonly shown: ReadonlyMap<number, Shown>;
  /** Decisions and field paths through which a lookup may find anybody: see `PictureReader`. */
  readonly through: Through;
  /** The same pairs, for asking about one hit. */
  opens(hit: Pick<Hit, 'decision' | 'path'>): boolean;
}

interface Remembered {
  readonly grants: ReadonlyMap<number, Grants>;
  readonly register: Register;
  readonly until: number;
  readonly visibility: Visibility;
}

/**
 * Checks the clauses behind the rows against the agreements of this very moment, because agreements lapse with no
 * event and a suspension acts on the first query after it was acknowledged (design §8). Worked out again only when
 * the agreements, the kinds of decision, or the next end of an agreement say so.
 */
export function visibilityOf(
  reader: PictureReader,
  register: () => Register,
): (purpose: string, now: number) => Visibility {
  const remembered = new Map<string, Remembered>();
  return (purpose, now) => {
    const known = remembered.get(purpose);
    const grants = reader.grants();
    const agreements = register();
    if (known?.grants === grants && known.register === agreements && now < known.until)
      return known.visibility;
    const live = inForce(agreements, now);
    const keys = new Set(live.map(versionKey));
    const until = Math.min(...live.map(({ document }) => startOf(document.expires)), Number.MAX_SAFE_INTEGER);
    const visibility = visible(grants, purpose, keys);
    if (remembered.size > 100) remembered.clear();
    remembered.set(purpose, { grants, register: agreements, until, visibility });
    return visibility;
  };
}

function visible(all: ReadonlyMap<number, Grants>, purpose: string, live: ReadonlySet<string>): Visibility {
  const shown = new Map<number, Shown>();
  for (const [number, grants] of all) {
    const fields = grants[OWN] ?? (Object.hasOwn(grants, purpose) ? grants[purpose] : undefined) ?? [];
    const each = shownOf(fields, live);
    if (each.shared.length > 0) shown.set(number, each);
  }
  const pairs = pairsOf(all, shown);
  const keys = new Set(pairs.map(([number, path]) => `${number} ${path}`));
  return {
    decisions: [...shown.keys()],
    shown,
    through: JSON.stringify(pairs),
    opens: ({ decision, path }) => keys.has(`${decision} ${path}`),
  };
}

/** A lookup counts through fields seen in the clear; an agency's own records count by what they name as subject, too. */
function pairsOf(
  all: ReadonlyMap<number, Grants>,
  shown: ReadonlyMap<number, Shown>,
): readonly (readonly [decision: number, path: string])[] {
  return [...shown].flatMap(([number, { clear }]) => {
    const own = all.get(number)?.[OWN] !== undefined;
    return [...clear, ...(own ? [SUBJECT] : [])].map((path) => [number, path] as const);
  });
}

function shownOf(fields: readonly FieldDecision[], live: ReadonlySet<string>): Shown {
  const shared = fields.flatMap(({ path, outcome, clause }) =>
    outcome !== 'withhold' && stands(clause, live) ? [{ path, outcome, clause }] : [],
  );
  const prohibited = fields.flatMap(({ path, outcome, clause }) =>
    outcome === 'withhold' && clause !== null ? [[path, clause] as const] : [],
  );
  const clear = new Set(shared.filter(({ outcome }) => outcome === 'clear').map(({ path }) => path));
  return { shared, clear, prohibited: new Map(prohibited) };
}

function stands(clause: string, live: ReadonlySet<string>): boolean {
  return clause === OWN_RECORD || live.has(clause.slice(0, clause.indexOf('#')));
}
