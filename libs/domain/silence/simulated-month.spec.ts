import { describe, expect, it } from '@jest/globals';
import { parseInstant, parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { demonstration, type DemonstrationEvent } from '../demonstration/demonstration.js';
import { daysAfter, momentOfDay } from '../law/calendar-day.js';
import { historyOf } from '../performance/history.js';
import { type Silence } from './silence.js';
import { silences } from './silences.js';

interface PersonalFact extends ReadFact {
  readonly person: string;
}

/** Two years of an invented partnership, as the hub would have read them. */
const facts = [...demonstration({ seed: 21, people: 150 })]
  .filter(({ expect: answer }) => answer === 'accepted')
  .map(factOf);

function factOf({ agency, event }: DemonstrationEvent, position: number): PersonalFact {
  const textOf = (name: string): string | null => (event[name] as string | undefined) ?? null;
  const id = String(event['id']);
  return {
    ...{ id, position, person: id.split('-').slice(0, 2).join('-'), type: String(event['type']) },
    ...{ publisher: agency, recorded: textOf('recordedtime') },
    happened: parseMoment(textOf('time') ?? undefined) ?? UNKNOWN_MOMENT,
    received: parseInstant(textOf('recordedtime') ?? '') ?? 0,
    data: event['data'] as ReadFact['data'],
    ...{ corrects: textOf('corrects'), retracts: textOf('retracts') },
  };
}

/** A month, and when every grace of something due in its first weeks is over. */
function monthOf(first: string, last: string) {
  const [start, end] = [momentOfDay(first)?.from ?? 0, momentOfDay(last)?.to ?? 0];
  return { start, end, asked: momentOfDay(daysAfter(last, 21) ?? '')?.from ?? 0 };
}

const may = monthOf('2024-05-01', '2024-05-31');
const july = monthOf('2024-07-01', '2024-07-31');

/** What is silent after a month in which these kinds of event were not told. */
function silentWithout({ start, end, asked }: typeof may, types: readonly string[]): readonly Silence[] {
  const isTold = (fact: PersonalFact): boolean =>
    !types.includes(fact.type) || beganAt(fact) < start || beganAt(fact) >= end;
  const people = Map.groupBy(facts.filter(isTold), ({ person }) => person);
  return [...people].flatMap(([person, told]) => silences(historyOf(person, told), asked));
}

const keyOf = ({ rule, offender, restsOn }: Silence): string => [rule, offender, ...restsOn].join(' ');

describe('in a simulated month', () => {
  it.each([
    ['release-date-passed', july, ['prison.released']],
    ['reassessment-overdue', july, ['hub.needs.assessed']],
    ['not-informed', july, ['hub.subject.informed']],
    ['hearing-without-outcome', may, ['court.hearing.resulted', 'court.outcome.recorded']],
  ])('%s notices what is missing, and raises no alarm while nothing is', (rule, month, types) => {
    const raised = (without: readonly string[]): readonly Silence[] =>
      silentWithout(month, without).filter((each) => each.rule === rule);
    expect(raised([])).toEqual([]);
    const found = raised(types);
    expect(found.length).toBeGreaterThan(3);
    for (const { awaits } of found) expect(awaits).toEqual(expect.arrayContaining([...types]));
  });

  it('a missing kind is named wherever it was the answer', () => {
    const before = new Set(silentWithout(july, []).map(keyOf));
    const missing = silentWithout(july, ['treatment.referral.made', 'treatment.started']);
    const added = missing.filter((each) => !before.has(keyOf(each)));
    expect(added.length).toBeGreaterThan(0);
    for (const { awaits } of added) expect(awaits).toContain('treatment.referral.made');
  });
});
