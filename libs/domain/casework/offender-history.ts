import { type FactMetadata } from '../../contract/fact.js';
import { type Moment, parseMoment } from '../../contract/moment.js';
import { overlap } from './consent.js';
import { type OffenderState, type ReportingRestriction } from './offender-state.js';
import { newest, remaining, type Step, surelyPrecedes } from './precedence.js';
import { standingOf } from './read-fact.js';

const SELECTED = 'hub.cohort.selected';
const DESELECTED = 'hub.cohort.deselected';
const DECIDED = 'hub.management.decided';
const CONSENTED = 'hub.consent.given';
const WITHDRAWN = 'hub.consent.withdrawn';
const APPOINTED = 'hub.leadProfessional.appointed';
const LEAD_ENDED = 'hub.leadProfessional.ended';
const HANDED_OVER = 'hub.leadProfessional.handedOver';
const ASSIGNED = 'hub.area.assigned';
const AREA_ACCEPTED = 'hub.crossBorder.handoverAccepted';
const INFORMED = 'hub.subject.informed';
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
  HANDED_OVER,
  ASSIGNED,
  AREA_ACCEPTED,
  INFORMED,
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
 * undoes no later withdrawal. Selections, consents, leads and claimed months of birth add up; of decisions, areas,
 * markings and allocations the newest counts; having been informed once is enough. What arrives late and is older than
 * what ended or replaced it does not count: see `remaining` and `newest`.
 */
export function stateOf(facts: readonly StateFact[]): OffenderState {
  const standing = standingOf(facts);
  const decision = newest(standing.filter(({ type }) => type === DECIDED))?.control ?? {};
  return {
    cohorts: remaining(added(standing, SELECTED, DESELECTED, cohortsOf, same)),
    levels: sorted(listed(decision.levels)),
    mappaCategory: textOf(decision.mappaCategory) ?? null,
    management: managementOf(decision.management),
    informed: standing.some(isInforming),
    area: areaOf(standing),
    consents: remaining(added(standing, CONSENTED, WITHDRAWN, scopesOf, overlap)),
    born: sorted(standing.flatMap(({ control }) => listed(control.born))),
    limitedAccess: markings(standing),
    restrictions: restrictionsOf(standing),
    responsible: sorted([...remaining(standing.map(leadStep)), ...allocations(standing)]),
    emergencies: [],
    processingRestricted: [],
  };
}

/** Whether the person was told of sharing; a notice of which nobody says what it told was one on sharing. */
function isInforming({ type, control: { told } }: StateFact): boolean {
  return type === INFORMED && (told === undefined || listed(told).includes('information-sharing'));
}

type ValuesOf = (fact: StateFact) => readonly string[];

const NEVER: Step['ends'] = () => false;

/** Values that facts of one type add and facts of another end. */
function added(
  facts: readonly StateFact[],
  adding: string,
  ending: string,
  valuesOf: ValuesOf,
  ends: (end: string, value: string) => boolean,
): readonly Step[] {
  return facts.map((fact) => ({
    happened: fact.happened,
    adds: fact.type === adding ? valuesOf(fact) : [],
    ends: fact.type === ending ? (value) => valuesOf(fact).some((end) => ends(end, value)) : NEVER,
  }));
}

const cohortsOf: ValuesOf = ({ control }) => listed(control.cohort);
const scopesOf: ValuesOf = ({ control }) => listed(control.consentScope);

/** `<agency>:<user>`; the end of a lead that names no user is `<agency>:` and ends every lead of that agency. */
const leadsOf: ValuesOf = ({ type, control: { responsible, responsibleAgency } }) => {
  const [agency, user] = [textOf(responsibleAgency), textOf(responsible)];
  if (agency === undefined || (user === undefined && type !== LEAD_ENDED)) return [];
  return [`${agency}:${user ?? ''}`];
};

/** A handover ends, in the instant in which it begins a lead, every other that did not surely begin after it (KP 4.2). */
function leadStep(fact: StateFact): Step {
  const { type, happened } = fact;
  const leads = leadsOf(fact);
  if (type === HANDED_OVER)
    return { happened, adds: leads, ends: (_, began) => !surelyPrecedes(happened, began) };
  if (type === APPOINTED) return { happened, adds: leads, ends: NEVER };
  const isEnd = type === LEAD_ENDED;
  return { happened, adds: [], ends: isEnd ? (lead) => leads.some((end) => endsLead(end, lead)) : NEVER };
}

function endsLead(end: string, lead: string): boolean {
  return end === lead || (end.indexOf(':') === end.length - 1 && lead.startsWith(end));
}

function same(one: string, other: string): boolean {
  return one === other;
}

/** Where the person was last placed; the receiving area from the acceptance of a handover on (KP 2.5). */
function areaOf(facts: readonly StateFact[]): string | null {
  const placings = facts.filter(({ type }) => type === ASSIGNED || type === AREA_ACCEPTED);
  return textOf(newest(placings)?.control.area) ?? null;
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
