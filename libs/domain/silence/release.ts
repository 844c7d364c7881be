import { dayOf } from '../agreement/time.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { recordsIn, textIn, wordIn } from '../casework/read-data.js';
import { type Day } from '../law/calendar-day.js';
import { expectedRelease } from '../law/recall.js';
import { recallTypes } from '../../contract/catalogue/probation.js';
import { type PersonHistory } from '../performance/history.js';
import { type Expectation } from './silence.js';
import { type ReleaseRule } from './silence-rules.js';

const RELEASED = 'prison.released';
const PLANNED = 'prison.releasePlanned';
const DATES = 'prison.sentenceDates.changed';
const RETURNED = 'probation.recall.returnedToCustody';
const DECIDED = 'probation.recall.decided';

/**
 * Whoever the newest plan, sentence date or recall releases by a day, and whose release nobody has told since: a new plan or
 * date is an answer as well, because only the newest counts. A recall that fixes no day ends what was expected before it.
 */
export function unreleased({ facts, born }: PersonHistory, rule: ReleaseRule): readonly Expectation[] {
  const statement = facts
    .filter(({ type }) => [PLANNED, DATES, RETURNED].includes(type))
    .toSorted((one, other) => beganAt(one) - beganAt(other))
    .at(-1);
  if (statement === undefined || facts.some((fact) => isReleaseAfter(fact, statement, rule))) return [];
  const dueOn = releaseDay(statement, facts, born, rule);
  return dueOn === undefined ? [] : [{ dueOn, awaits: [RELEASED, PLANNED, DATES], restsOn: [statement.id] }];
}

function isReleaseAfter(fact: ReadFact, statement: ReadFact, { notReleased }: ReleaseRule): boolean {
  if (fact.type !== RELEASED || beganAt(fact) < beganAt(statement)) return false;
  return !notReleased.includes(textIn(fact.data, 'reason') ?? '');
}

function releaseDay(
  statement: ReadFact,
  facts: readonly ReadFact[],
  born: readonly string[],
  { sentenceDates }: ReleaseRule,
): Day | undefined {
  if (statement.type === PLANNED) return textIn(statement.data, 'releaseDate') ?? undefined;
  if (statement.type === RETURNED) return recallRelease(statement, facts, born);
  return recordsIn(statement.data, 'dates')
    .filter((each) => sentenceDates.includes(textIn(each, 'kind') ?? ''))
    .flatMap((each) => textIn(each, 'date') ?? [])
    .toSorted()
    .at(-1);
}

/** The day by the law of the recall's day; else what the publisher says it is. */
function recallRelease(
  returned: ReadFact,
  facts: readonly ReadFact[],
  born: readonly string[],
): Day | undefined {
  const derived = recallOutcome(returned, facts, born);
  if (derived?.outcome === 'known') return derived.day;
  return derived?.outcome === 'not-fixed'
    ? undefined
    : (textIn(returned.data, 'expectedRelease') ?? undefined);
}

/**
 * What the law makes of a return to custody (R39): by the newest decision on recall before it, and by what it says itself.
 * Undefined when nobody says which recall it was.
 */
export function recallOutcome(
  returned: ReadFact,
  facts: readonly ReadFact[],
  born: readonly string[],
): ReturnType<typeof expectedRelease> | undefined {
  const decided = facts
    .filter((fact) => fact.type === DECIDED && beganAt(fact) <= endOf(returned))
    .toSorted((one, other) => beganAt(one) - beganAt(other))
    .at(-1);
  const recallType = wordIn(returned.data, 'recallType', recallTypes) ?? typeOf(decided);
  const returnToCustody = textIn(returned.data, 'returnToCustodyDate');
  if (recallType === null || returnToCustody === null) return undefined;
  return expectedRelease({
    recallType,
    returnToCustody,
    decidedOn: decidedOn(decided) ?? returnToCustody,
    born,
  });
}

function typeOf(decided: ReadFact | undefined): ReturnType<typeof wordIn<(typeof recallTypes)[number]>> {
  return decided === undefined ? null : wordIn(decided.data, 'recallType', recallTypes);
}

function decidedOn(decided: ReadFact | undefined): Day | undefined {
  if (decided === undefined) return undefined;
  const { data } = decided;
  return textIn(data, 'decidedOn') ?? textIn(data, 'revocationDate') ?? dayOf(beganAt(decided));
}

function endOf({ happened, received }: ReadFact): number {
  return happened.to ?? received;
}
