import { Unavailable } from '../../contract/failure.js';
import { type AgreementVersion } from '../../domain/agreement/agreement.js';
import { type Register, versionKey, versions } from '../../domain/agreement/register.js';
import { type Operation } from '../../domain/audit/operations.js';
import { type Chart } from '../charts/chart.js';
import { openFigures } from '../charts/figures.js';
import { csvHeadings, csvLines } from './disclosures-csv.js';
import { type EvidenceEvent } from './entries.js';
import { type About, type ConcernedAgreement, type Findings, questionOf } from './manifest.js';

/** So many answers are listed in the report; all are in the CSV. */
export const MOST_LISTED = 200;

/** No leaf hash covers where an event stands in its stream, and nothing here looks at it. */
const UNKNOWN = -1;

/** What the events of a bundle give: its findings, and what its report shows. */
export interface Derived extends Findings {
  readonly charts: readonly Chart[];
  readonly listed: readonly Operation[];
}

/**
 * Works out from the events of a bundle what it says about them; whoever makes it and whoever verifies it do the same.
 * `csv` is given the lines of `disclosures.csv`. Throws `Unavailable` `agreement-log` when a signature or a document in
 * an agreement's history does not hold, and `Unavailable` `fact-missing` when the events lack a fact that was shown.
 */
export function derive(
  events: Iterable<EvidenceEvent>,
  { question, asOf }: Pick<About, 'question' | 'asOf'>,
  csv: (line: string) => void = () => undefined,
): Derived {
  const tally = openTally();
  const listed: Operation[] = [];
  const figures = openFigures({
    answers: questionOf(question),
    asOf: Date.parse(asOf.at),
    facts: 'facts in this bundle only',
  });
  csv(csvHeadings());
  try {
    for (const event of events) {
      const answer = figures.take({ ...event, revision: UNKNOWN });
      if (answer === undefined) continue;
      requireFacts(answer, (position) => figures.ground.fact(position) !== undefined);
      tally.add(answer);
      csvLines(answer).forEach(csv);
      if (listed.length < MOST_LISTED) listed.push(answer);
    }
    const { register } = figures.ground.at(Number.MAX_SAFE_INTEGER);
    const charts = figures.charts();
    return {
      agreements: concerned(register, tally.agreements()),
      counts: tally.counts(),
      charts,
      listed,
    };
  } finally {
    figures.close();
  }
}

function openTally() {
  const [people, facts, agreements] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let [disclosures, consultations] = [0, 0];
  return {
    add(answer: Operation): void {
      if (answer.kind === 'disclosure') disclosures += 1;
      else consultations += 1;
      answer.offenders.forEach((each) => people.add(each));
      for (const { position, agreement } of answer.facts) {
        if (position !== null) facts.add(position);
        if (agreement !== null) agreements.add(agreement);
      }
    },
    agreements: (): ReadonlySet<string> => agreements,
    counts: () => ({
      answers: disclosures + consultations,
      disclosures,
      consultations,
      people: people.size,
      facts: facts.size,
    }),
  };
}

function requireFacts({ position, facts }: Operation, isThere: (position: number) => boolean): void {
  const missing = facts.find((fact) => fact.position !== null && !isThere(Number(fact.position)));
  if (missing !== undefined)
    throw new Unavailable(
      'fact-missing',
      `the answer at position ${position} shows the fact at position ${String(missing.position)}, which is not there`,
    );
}

function concerned(all: Register, keys: ReadonlySet<string>): readonly ConcernedAgreement[] {
  return versions(all)
    .filter((version) => keys.has(versionKey(version)))
    .map(aboutVersion);
}

function aboutVersion({ document, hash, status, signatures }: AgreementVersion): ConcernedAgreement {
  const { reference, version, title } = document;
  return { reference, version, title, hash, status, signed: signatures.map(({ party }) => party) };
}
