import { DAY, dateOf, HOUR, instantOf, type Minute, onDay, yearOf } from './calendar.js';
import { asnOf } from './identifiers.js';
import { type Offence, offenceOf } from './offences.js';
import { type Data, isAdult, type Story, tell } from './story.js';

/** A case from arrest on. */
export interface Case {
  readonly asn: string;
  /** The prosecution's reference, shared by police and court. */
  readonly ptiUrn: string;
  readonly hearingId: string;
  readonly offence: Offence;
  readonly committed: string;
  readonly arrestedAt: Minute;
}

type Disposal = 'charged' | 'released-under-investigation' | 'no-further-action' | 'caution';

const STATION = '00ZZ';

/** Police arrest the person in the evening of a day; an adult's sample is taken after arrest for a trigger offence (R37). */
export function arrest(story: Story, day: Minute): Case {
  const { person, random } = story;
  const arrestedAt = onDay(day, random.whole(8 * HOUR, 20 * HOUR));
  const nth = story.cases++;
  const made: Case = {
    asn: asnOf(person.index, person.offset, nth, yearOf(arrestedAt)),
    ptiUrn: `00ZZ${String((person.index * 7 + nth) % 100_000).padStart(5, '0')}${String(yearOf(arrestedAt) % 100)}`,
    hearingId: `HRG-${person.index}-${nth}`,
    offence: offenceOf(random, person.offending),
    committed: dateOf(arrestedAt - random.whole(0, 4) * DAY),
    arrestedAt,
  };
  tell(story, 'police.arrest.recorded', arrestedAt, arrestData(story, made));
  if (made.offence.isTrigger && isAdult(story, arrestedAt) && random.chance(0.7)) drugTest(story, made);
  return made;
}

function arrestData(story: Story, { asn, arrestedAt, offence, committed }: Case): Data {
  const { random, person } = story;
  const { cjsCode, hoCode, title } = offence;
  const offenceDates = { from: committed };
  return {
    asn,
    custodyRef: `CUS-${person.index}-${story.cases}`,
    arrestedAt: instantOf(arrestedAt),
    stationCode: STATION,
    offences: [{ cjsCode, hoCode, offenceDates, committedOnBail: random.chance(0.15), text: title }],
    ...(random.chance(0.6) && { victimRefs: [`VIC-${person.index}-${story.cases}`] }),
    ...(random.chance(0.8) && { selfDefinedEthnicity: 'NS' }),
    ...(!isAdult(story, arrestedAt) && { appropriateAdult: { forChild: true } }),
  };
}

function drugTest(story: Story, { asn, offence, arrestedAt }: Case): void {
  const { random, person } = story;
  const sampleTakenAt = arrestedAt + random.whole(40, 100);
  const isPositive = random.chance(person.needs.has('drugs-alcohol') ? 0.75 : 0.05);
  const result = isPositive ? 'positive' : random.chance(0.06) ? 'refused' : 'negative';
  if (isPositive) story.positiveTests.push(sampleTakenAt);
  tell(story, 'police.drugTest.performed', sampleTakenAt, {
    asn,
    basis: 'arrest',
    triggerOffence: offence.hoCode,
    sampleTakenAt: instantOf(sampleTakenAt),
    ...(isPositive && { substances: random.pick([['opiate'], ['cocaine'], ['opiate', 'cocaine']]) }),
    result,
    forms: isPositive ? ['DT1', 'RA1'] : ['DT1'],
  });
}

/** How the police dispose of an arrest, some hours after it. Returns when. */
export function dispose(story: Story, { asn, arrestedAt }: Case, disposal: Disposal): Minute {
  const disposedAt = arrestedAt + story.random.whole(105, 119);
  tell(story, 'police.arrest.disposed', disposedAt, { asn, disposal, disposedAt: instantOf(disposedAt) });
  return disposedAt;
}

/** Police charge the person, in custody for court or on bail until the first hearing. */
export function charge(story: Story, made: Case, firstHearing: Minute, remand: 'custody' | 'bail'): void {
  const { asn, ptiUrn, offence, committed, arrestedAt } = made;
  const chargedAt = dispose(story, made, 'charged');
  const { cjsCode, hoCode, title } = offence;
  tell(story, 'police.charge.laid', chargedAt, {
    asn,
    ptiUrn,
    chargedAt: instantOf(chargedAt),
    remand: remand === 'custody' ? 'remanded-in-custody' : 'remanded-on-police-bail',
    ...(remand === 'bail' && {
      bailConditions: [{ text: 'To reside at a given address', place: 'Examplebury' }],
    }),
    firstHearing: { courtCode: 'B00ZZ00', date: dateOf(firstHearing), time: '10:00' },
    offences: [
      {
        sequence: 1,
        cjsCode,
        hoCode,
        wording: `${title} at an invented place`,
        offenceDates: { from: committed },
        arrestedOn: dateOf(arrestedAt),
        chargedOn: dateOf(chargedAt),
      },
    ],
  });
}

/** Intelligence reports at any time, graded 3×5×2; half of them may be passed on only with conditions (R51). */
export function intelligence(story: Story): void {
  const { random, person, start, end } = story;
  const reports = random.whole(0, 4);
  for (let nth = 0; nth < reports; nth++) {
    const at = onDay(random.whole(start, end), random.whole(9 * HOUR, 18 * HOUR));
    const handlingCode = random.pick(['P', 'C'] as const);
    const data = {
      reportRef: `INT-${person.index}-${nth}`,
      sourceEvaluation: random.whole(1, 3),
      informationAssessment: random.pick(['A', 'B', 'C', 'D']),
      handlingCode,
      ...(handlingCode === 'C' && { handlingConditions: 'Ask the originator first' }),
      text: `Reported near ${random.pick(['an invented', 'a pretended', 'a made-up'])} place`,
      sanitised: random.chance(0.7),
    };
    tell(story, 'police.intel.submitted', at, data, { handling: handlingCode });
  }
}
