import { type FactMetadata } from '../../contract/fact.js';
import { type Moment, parseMoment } from '../../contract/moment.js';
import { overlap } from './consent.js';
import { standingOf } from './read-fact.js';
import { type OffenderState, type ReportingRestriction } from './offender-state.js';

const SELECTED = 'hub.cohort.selected';
const DESELECTED = 'hub.cohort.deselected';
const DECIDED = 'hub.management.decided';
const CONSENTED = 'hub.consent.given';
const WITHDRAWN = 'hub.consent.withdrawn';
const APPOINTED = 'hub.leadProfessional.appointed';
const LEAD_ENDED = 'hub.leadProfessional.ended';
const ALLOCATED = 'probation.case.allocated';
const MARKED = 'probation.lao.set';
const IMPOSED = 'court.reportingRestriction.imposed';
const LIFTED = 'court.reportingRestriction.lifted';

/** The event types that change a person's state; a fact of any type may claim when the person was born. */
const stateTypes: ReadonlySet<string> = new Set([
  SELECTED,
  DESELECTED,
  DECIDED,
  CONSENTED,
  WITHDRAWN,
  APPOINTED,
  LEAD_ENDED,
  ALLOCATED,
  MARKED,
  IMPOSED,
  LIFTED,
]);

/** Whether a fact may bear on a person's state: by its type, or because it claims a month of birth. */
export function changesState(type: string, { born }: StateFact['control'] = {}): boolean {
  return born !== undefined || stateTypes.has(type);
}

/** A fact that may bear on a person's state: its log event id, type and clear metadata. */
export interface StateFact {
  readonly id: string;
  readonly type: string;
  /** Agency id. */
  readonly publisher: string;
  readonly happened: Moment;
  readonly control: FactMetadata['control'];
  readonly corrects: string | null;
  readonly retracts: string | null;
}

/**
 * Whether a further fact, which nothing supersedes yet, leaves the state surely as it is: it only repeats months of birth
 * that are claimed already, and takes nothing else away. `superseded` is the fact about the same person that it
 * corrects, if there is one.
 */
export function repeats(state: OffenderState, fact: StateFact, superseded: StateFact | undefined): boolean {
  const claims = listed(fact.control.born);
  const isClaim = ({ type, retracts }: StateFact): boolean => retracts === null && !stateTypes.has(type);
  return (
    [fact, ...(superseded === undefined ? [] : [superseded])].every(isClaim) &&
    claims.every((month) => state.born.includes(month)) &&
    listed(superseded?.control.born).every((month) => claims.includes(month))
  );
}

/**
 * The state that a person's facts, in log order, add up to. A corrected or retracted fact does not count, nor does
 * the retraction itself; a correction counts in the place of what it corrects, so that putting an old consent right
 * undoes no later withdrawal. Selections, consents, leads and claimed months of birth add up; of decisions, markings
 * and allocations the newest counts. What arrives late and is older than what ended or replaced it does not count: see
 * `remaining` and `newest`.
 */
export function stateOf(facts: readonly StateFact[]): OffenderState {
  const standing = standingOf(facts);
  const decision = newest(standing.filter(({ type }) => type === DECIDED))?.control ?? {};
  return {
    cohorts: remaining(standing, SELECTED, DESELECTED, cohortsOf, same),
    levels: sorted(listed(decision.levels)),
    mappaCategory: textOf(decision.mappaCategory) ?? null,
    management: managementOf(decision.management),
    consents: remaining(standing, CONSENTED, WITHDRAWN, scopesOf, overlap),
    born: sorted(standing.flatMap(({ control }) => listed(control.born))),
    limitedAccess: markings(standing),
    restrictions: restrictionsOf(standing),
    responsible: sorted([
      ...remaining(standing, APPOINTED, LEAD_ENDED, leadsOf, endsLead),
      ...allocations(standing),
    ]),
    emergencies: [],
    processingRestricted: [],
  };
}

type ValuesOf = (fact: StateFact) => readonly string[];

/**
 * What was added and not ended since. An end ends what came before it; what comes after it, but may have happened
 * before, is ended too, so that a consent which arrives late does not outlive its withdrawal. Where the times do not
 * tell, the order of receipt counts.
 */
function remaining(
  facts: readonly StateFact[],
  added: string,
  ended: string,
  valuesOf: ValuesOf,
  ends: (end: string, value: string) => boolean,
): readonly string[] {
  let held: readonly string[] = [];
  const endings: { readonly end: string; readonly happened: Moment }[] = [];
  for (const fact of facts) {
    const { type, happened } = fact;
    if (type === ended) {
      const named = valuesOf(fact).map((end) => ({ end, happened }));
      endings.push(...named);
      held = held.filter((value) => !named.some(({ end }) => ends(end, value)));
    }
    if (type === added) {
      const isEnded = (value: string): boolean =>
        endings.some((ending) => ends(ending.end, value) && mayPrecede(happened, ending.happened));
      held = [...held, ...valuesOf(fact).filter((value) => !isEnded(value))];
    }
  }
  return sorted(held);
}

const cohortsOf: ValuesOf = ({ control }) => listed(control.cohort);
const scopesOf: ValuesOf = ({ control }) => listed(control.consentScope);

/** `<agency>:<user>`; the end of a lead that names no user is `<agency>:` and ends every lead of that agency. */
const leadsOf: ValuesOf = ({ type, control: { responsible, responsibleAgency } }) => {
  const [agency, user] = [textOf(responsibleAgency), textOf(responsible)];
  if (agency === undefined || (user === undefined && type === APPOINTED)) return [];
  return [`${agency}:${user ?? ''}`];
};

function endsLead(end: string, lead: string): boolean {
  return end === lead || (end.indexOf(':') === end.length - 1 && lead.startsWith(end));
}

function same(one: string, other: string): boolean {
  return one === other;
}

/** Of facts that replace one another the last, except that one which surely happened earlier does not replace a later. */
function newest(facts: readonly StateFact[]): StateFact | undefined {
  return facts.reduce<StateFact | undefined>(
    (latest, fact) =>
      latest !== undefined && surelyPrecedes(fact.happened, latest.happened) ? latest : fact,
    undefined,
  );
}

function newestByPublisher(facts: readonly StateFact[], wanted: string): readonly StateFact[] {
  const groups = Map.groupBy(
    facts.filter(({ type }) => type === wanted),
    ({ publisher }) => publisher,
  );
  return [...groups.values()].flatMap((group) => newest(group) ?? []);
}

/** Of every agency the newest marking; `NONE` lifts it (R53). */
function markings(facts: readonly StateFact[]): OffenderState['limitedAccess'] {
  const marked = newestByPublisher(facts, MARKED).flatMap(({ publisher, control: { limitedAccess } }) =>
    limitedAccess === 'NONE'
      ? []
      : [[publisher, limitedAccess === 'RESTRICTED' ? limitedAccess : 'EXCLUDED'] as const],
  );
  return Object.fromEntries(marked.sort(([one], [other]) => compare(one, other)));
}

/** Whom an agency allocated the case to last; an allocation that names nobody leaves nobody. */
function allocations(facts: readonly StateFact[]): readonly string[] {
  return newestByPublisher(facts, ALLOCATED).flatMap(({ publisher, control }) => {
    const user = textOf(control.responsible);
    return user === undefined ? [] : [`${publisher}:${user}`];
  });
}

/** Each holds until the end of the day it names, or until the same court lifts the one of that id. */
function restrictionsOf(facts: readonly StateFact[]): readonly ReportingRestriction[] {
  const imposed = new Map<string, ReportingRestriction>();
  for (const { type, publisher, control } of facts) {
    const key = `${publisher} ${textOf(control.restriction) ?? ''}`;
    if (type === LIFTED) imposed.delete(key);
    if (type !== IMPOSED) continue;
    const until = parseMoment(textOf(control.restrictionEnds))?.to ?? null;
    imposed.set(key, { by: publisher, until });
  }
  return [...imposed.entries()].sort(([one], [other]) => compare(one, other)).map(([, each]) => each);
}

/** Whether one moment is over before another begins. */
function surelyPrecedes(one: Moment, other: Moment): boolean {
  return one.from !== null && other.from !== null && one.to <= other.from && one.from < other.from;
}

/** Whether one moment may lie before another; moments that are unknown or the same say nothing of it. */
function mayPrecede(one: Moment, other: Moment): boolean {
  if (one.from === null || other.from === null) return false;
  const isSame = one.from === other.from && one.to === other.to;
  return !isSame && !surelyPrecedes(other, one);
}

function managementOf(value: StateFact['control']['management']): OffenderState['management'] {
  return value === 'statutory' || value === 'voluntary' ? value : null;
}

function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
