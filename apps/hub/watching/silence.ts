import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { type Case } from '../../../libs/domain/casework/case.js';
import { heldAt } from '../../../libs/domain/casework/held.js';
import { isManagedAt } from '../../../libs/domain/casework/managed.js';
import { historyOf, type PersonHistory } from '../../../libs/domain/performance/history.js';
import { type Silence } from '../../../libs/domain/silence/silence.js';
import { type SilenceRule, silenceRules } from '../../../libs/domain/silence/silence-rules.js';
import { silences } from '../../../libs/domain/silence/silences.js';
import { type FactView } from '../query/fact-view.js';
import { OffenderView } from '../query/offender-view.js';
import { type Picture } from '../query/picture.js';
import { clearValues, factViewOf, readableFacts } from '../query/picture-facts.js';
import { type Foresight } from './foresight.js';
import { type Scope } from './sighting.js';

/** A silence that one caller may know of: nothing of it is shown yet. */
export interface KnownSilence extends Silence {
  /** The same for the same silence, whenever it is found. */
  readonly key: string;
  readonly rows: readonly VisibleFact[];
}

/** As GraphQL reads it: from here on it counts as shown, with all that its facts say. */
export interface SilenceView extends Omit<Silence, 'offender' | 'due' | 'since' | 'restsOn'> {
  readonly title: string;
  readonly offender: OffenderView;
  /** RFC 3339. */
  readonly due: string;
  readonly since: string;
  readonly facts: readonly FactView[];
}

const types = [...new Set(catalogue.map(({ type }) => type))];

/**
 * What should have been heard of a person and was not, as far as whoever this picture belongs to may know it: what is
 * silent to the hub, and would be to somebody who knew nothing but this picture; and only where they would hear the answer.
 * So nothing of it (that it is expected, when it is due, that nothing came) comes from what the picture does not hold.
 */
export function knownSilences(
  picture: Picture,
  history: PersonHistory,
  scope: Scope,
  foresight: Pick<Foresight, 'wouldShow'>,
  rules: readonly SilenceRule[],
): readonly KnownSilence[] {
  const { offender } = history;
  const isMine = picture.sight.asker(offender).responsible;
  if (scope === 'MINE' && !isMine) return [];
  const open = new Set(silences(history, picture.now, rules).map(keyOf));
  if (open.size === 0) return [];
  const seen = new Map(readableFacts(picture, offender, types).map((each) => [each.row.id, each]));
  const own = historyOf(
    offender,
    [...seen.values()].map(({ fact }) => fact),
  );
  if (!isMine && !isManaged(own.case, picture.now)) return [];
  const isHeard = hearing(picture, offender, foresight);
  const found = silences(own, picture.now, rules).filter(
    (each) => open.has(keyOf(each)) && each.awaits.every(isHeard),
  );
  const byKey = new Map(found.map((each) => [keyOf(each), each]));
  return [...byKey].map(([key, each]) => ({
    ...each,
    key,
    rows: each.restsOn.flatMap((id) => seen.get(id)?.row ?? []),
  }));
}

/** Somebody at a level, in a cohort or with a lead professional, as far as the facts tell that the case was folded from. */
function isManaged(known: Case, at: number): boolean {
  return isManagedAt(known, at) || heldAt(known.leads, at).length > 0;
}

/** Whether the caller would be shown a fact of a type about the person, were there one. */
function hearing(
  { asking: { caller, purpose }, sight, now: at }: Picture,
  offender: string,
  foresight: Pick<Foresight, 'wouldShow'>,
): (type: string) => boolean {
  const recipient = { agency: caller.agency, ...sight.asker(offender) };
  return (type) => foresight.wouldShow(type, { offender, recipient, purpose, at });
}

function keyOf({ rule, version, offender, due, awaits, restsOn }: Silence): string {
  return JSON.stringify([offender, rule, version, due, awaits, restsOn.toSorted()]);
}

/** What is shown of a silence. All that its facts say counts as shown, because what they say makes it due. */
export function silenceViewOf(picture: Picture, silence: KnownSilence): SilenceView {
  const { rule, version, offender, due, since, awaits, rows } = silence;
  return {
    rule,
    version,
    title: titleOf(rule, version),
    offender: new OffenderView(picture, offender),
    due: new Date(due).toISOString(),
    since: new Date(since).toISOString(),
    awaits,
    facts: rows.map((row) => {
      const view = factViewOf(picture, row);
      view.tell(Object.keys(clearValues(picture, row)));
      return view;
    }),
  };
}

/** What a version of a rule is called. */
export function titleOf(rule: string, version: number): string {
  return silenceRules.find((each) => each.id === rule && each.version === version)?.title ?? rule;
}
