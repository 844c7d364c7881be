import {
  type LookupKind,
  type PictureReader,
  type Through,
} from '../../../libs/adapters/read-store/read-store.js';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../../libs/contract/catalogue/fields.js';
import { type Attention, audienceKey, NOTHING_PERSONAL } from '../../../libs/domain/agreement/audience.js';
import { type FieldDecision, OWN_RECORD } from '../../../libs/domain/agreement/decision.js';
import { startOf } from '../../../libs/domain/agreement/decide.js';
import { type Treatment } from '../../../libs/domain/agreement/document.js';
import { type Recipient } from '../../../libs/domain/agreement/recipient.js';
import { inForce, type Register, versionKey } from '../../../libs/domain/agreement/register.js';
import { SUBJECT } from '../../../libs/domain/identity/named-person.js';
import { grantedTo, type Grants, OWN } from '../../../libs/domain/picture/grants.js';

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
  /** An own record that nobody else is shown: processing is restricted (R18). */
  readonly restricted: boolean;
}

/** What somebody may see for one purpose at one moment: by number of the decision in their agency's read model. */
export interface Visibility {
  readonly decisions: readonly number[];
  readonly shown: ReadonlyMap<number, Shown>;
  /** Decisions and field paths through which a lookup may find anybody: see `PictureReader`. */
  readonly through: Readonly<Record<LookupKind, Through>>;
}

/** What anybody of the agency may see for one purpose, as far as clauses tell them apart. */
export interface Visibilities {
  /** Whether it matters what ties somebody to the person that they ask about. */
  readonly looksAtTies: boolean;
  of(asker: Asker): Visibility;
}

/** What a clause may look at in whoever asks. */
export type Asker = Omit<Recipient, 'agency'>;

interface Remembered {
  readonly grants: ReadonlyMap<number, Grants>;
  readonly register: Register;
  readonly until: number;
  readonly visibilities: Visibilities;
}

/**
 * Checks the clauses behind the rows against the agreements of this very moment, because agreements lapse with no
 * event and a suspension acts on the first query after it was acknowledged (design §8). Worked out again only when
 * the agreements, the kinds of decision, or the next end of an agreement say so.
 */
export function visibilitiesOf(
  agency: string,
  reader: Pick<PictureReader, 'grants'>,
  register: () => Register,
): (purpose: string, now: number) => Visibilities {
  const remembered = new Map<string, Remembered>();
  return (purpose, now) => {
    const known = remembered.get(purpose);
    const grants = reader.grants();
    const agreements = register();
    if (known?.grants === grants && known.register === agreements && now < known.until)
      return known.visibilities;
    const live = inForce(agreements, now);
    const bound = live.filter(({ withdrawn }) => !withdrawn.some(({ party }) => party === agency));
    const until = Math.min(...live.map(({ document }) => startOf(document.expires)), Number.MAX_SAFE_INTEGER);
    const visibilities = byAudience(grants, purpose, new Set(bound.map(versionKey)));
    if (remembered.size > 100) remembered.clear();
    remembered.set(purpose, { grants, register: agreements, until, visibilities });
    return visibilities;
  };
}

/** One visibility for each audience that asks, made when it first does. */
function byAudience(
  all: ReadonlyMap<number, Grants>,
  purpose: string,
  live: ReadonlySet<string>,
): Visibilities {
  const looksAt = attentionOf(all, purpose);
  const made = new Map<string, Visibility>();
  return {
    looksAtTies: looksAt.responsibility || looksAt.emergency,
    of(asker) {
      const key = audienceKey(looksAt, asker);
      const known = made.get(key);
      if (known !== undefined) return known;
      const visibility = visible(all, purpose, asker, live);
      made.set(key, visibility);
      return visibility;
    },
  };
}

function attentionOf(all: ReadonlyMap<number, Grants>, purpose: string): Attention {
  let looksAt = NOTHING_PERSONAL;
  for (const grants of all.values()) {
    const also = Object.hasOwn(grants, purpose) ? grants[purpose]?.looksAt : undefined;
    if (also === undefined) continue;
    looksAt = {
      roles: [...new Set([...looksAt.roles, ...also.roles])].sort(),
      responsibility: looksAt.responsibility || also.responsibility,
      emergency: looksAt.emergency || also.emergency,
    };
  }
  return looksAt;
}

function visible(
  all: ReadonlyMap<number, Grants>,
  purpose: string,
  asker: Asker,
  live: ReadonlySet<string>,
): Visibility {
  const shown = new Map<number, Shown>();
  for (const [number, grants] of all) {
    const fields = Object.hasOwn(grants, OWN)
      ? grantedTo(grants, OWN, asker)
      : grantedTo(grants, purpose, asker);
    const each = { ...shownOf(fields, live), restricted: grants[OWN]?.restricted === true };
    if (each.shared.length > 0) shown.set(number, each);
  }
  const through = (kind: LookupKind): Through => JSON.stringify(pairsOf(kind, all, shown));
  return {
    decisions: [...shown.keys()],
    shown,
    through: {
      identifier: through('identifier'),
      'family-name': through('family-name'),
      'given-name': through('given-name'),
      'date-of-birth': through('date-of-birth'),
    },
  };
}

/** By what people are looked up: the paths of the fields, of any event type, that say it. */
const lookupPaths: ReadonlyMap<LookupKind, ReadonlySet<string>> = pathsByKind();

function pathsByKind(): Map<LookupKind, Set<string>> {
  const byKind = new Map<LookupKind, Set<string>>([['identifier', new Set([SUBJECT])]]);
  for (const { path, search, identifier } of catalogue.flatMap(fieldsOf)) {
    const kind = search ?? (identifier === undefined ? undefined : 'identifier');
    if (kind !== undefined) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(path));
  }
  return byKind;
}

/** A lookup counts through fields seen in the clear; an agency's own records count by what they name as subject, too. */
function pairsOf(
  kind: LookupKind,
  all: ReadonlyMap<number, Grants>,
  shown: ReadonlyMap<number, Shown>,
): readonly (readonly [decision: number, path: string])[] {
  return [...shown].flatMap(([number, { clear }]) => {
    const own = all.get(number)?.[OWN] !== undefined;
    return [...clear, ...(own ? [SUBJECT] : [])].flatMap((path) =>
      lookupPaths.get(kind)?.has(path) === true ? [[number, path] as const] : [],
    );
  });
}

function shownOf(fields: readonly FieldDecision[], live: ReadonlySet<string>): Omit<Shown, 'restricted'> {
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
