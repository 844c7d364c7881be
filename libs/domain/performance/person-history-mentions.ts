import { flagIn, numberIn, recordIn, recordsIn, startIn, textIn, wordIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { type Offence } from './person-history-offence.js';

type Data = ReadFact['data'];
export type Stage = Offence['stage'];

/** What one fact says of one offence. */
export interface Mention {
  /** Log event id. */
  readonly fact: string;
  /** References of the arrest, the prosecution case, the hearing or the imported record: `asn 2001…`. */
  readonly references: readonly string[];
  readonly cjsCode: string | null;
  readonly hoCode: string | null;
  readonly sequence: number | null;
  /** When it was committed, epoch milliseconds; null when the fact does not say. */
  readonly committed: number | null;
  /** When the fact happened. */
  readonly at: number;
  readonly stage: Stage;
}

/** What one fact says of every offence under a reference, or of some of them by sequence. */
export interface Verdict {
  readonly fact: string;
  readonly references: readonly string[];
  /** Null: all of them. */
  readonly sequences: readonly number[] | null;
  readonly stage: Stage;
  /** It does not bear on what has come to court. */
  readonly onArrestsOnly: boolean;
}

const referenceFields = ['asn', 'ptiUrn', 'recordRef', 'caseId', 'caseRef', 'hearingId'] as const;

const importedStages: Readonly<Record<string, Stage>> = { arrest: 'arrested', charge: 'charged' };

/** The offences that a fact names. */
export function mentionsIn(fact: ReadFact): readonly Mention[] {
  const stageOf = stages[fact.type];
  if (stageOf === undefined) return [];
  const references = referencesIn(fact.data);
  return recordsIn(fact.data, 'offences').map((offence) => ({
    fact: fact.id,
    references,
    cjsCode: textIn(offence, 'cjsCode'),
    hoCode: textIn(offence, 'hoCode'),
    sequence: numberIn(offence, 'sequence'),
    committed: startIn(recordIn(offence, 'offenceDates'), 'from'),
    at: beganAt(fact),
    stage: stageOf(offence, fact.data),
  }));
}

const stages: Readonly<Record<string, (offence: Data, data: Data) => Stage>> = {
  'police.arrest.recorded': () => 'arrested',
  'police.charge.laid': () => 'charged',
  'police.charge.amended': () => 'charged',
  'police.pncOutcome.imported': (offence, data) =>
    importedStages[textIn(data, 'record') ?? ''] ?? adjudicated(offence),
  'court.hearing.resulted': adjudicated,
  'court.outcome.recorded': adjudicated,
};

/** What the court found. An offence that is before the court without a finding has been charged. */
function adjudicated(offence: Data): Stage {
  const found = wordIn(offence, 'adjudication', ['Guilty', 'Not Guilty', 'Non-Conviction']);
  if (found !== null) return found === 'Guilty' ? 'proven' : 'not-proven';
  const isConvicted =
    textIn(offence, 'convictionDate') !== null ||
    recordsIn(offence, 'disposals').some((disposal) => flagIn(disposal, 'isConvictedResult') === true);
  return isConvicted ? 'proven' : 'charged';
}

/** A caution proves an offence, no further action and a withdrawn charge end it. */
export function verdictIn({ id, type, data }: ReadFact): Verdict | undefined {
  const verdict = { fact: id, references: referencesIn(data), sequences: null };
  if (type === 'police.charge.withdrawn')
    return { ...verdict, sequences: sequencesIn(data), stage: 'withdrawn', onArrestsOnly: false };
  if (type !== 'police.arrest.disposed') return undefined;
  const disposal = textIn(data, 'disposal');
  if (disposal === 'caution') return { ...verdict, stage: 'proven', onArrestsOnly: true };
  if (disposal === 'no-further-action') return { ...verdict, stage: 'withdrawn', onArrestsOnly: true };
  return undefined;
}

function referencesIn(data: Data): readonly string[] {
  return referenceFields.flatMap((field) => {
    const value = textIn(data, field);
    return value === null ? [] : [`${field} ${value}`];
  });
}

function sequencesIn(data: Data): readonly number[] | null {
  const listed = data['sequences'];
  return Array.isArray(listed) ? listed.filter((each) => typeof each === 'number') : null;
}
