import { flagAt, listAt, present, textAt, type Tree, wholeAt } from '../tree.js';
import { date } from '../values.js';
import { disposalOf } from './disposal.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a court decided in one case about one defendant, as catalogue fields. */
export interface Outcome {
  readonly offences: readonly Fields[];
  /** Results of the case or the defendant as a whole: costs, surcharge, payment terms. */
  readonly disposals: readonly Fields[];
}

/**
 * The offences with their own results, and apart from them the results of the case or the defendant (level C or D),
 * wherever the message puts those: some kinds repeat them under an offence. Each offence and result comes once.
 */
export function outcomeOf(
  offences: readonly Tree[],
  applications: readonly Tree[],
  results: readonly Tree[],
): Outcome {
  const distinct = once(offences, 'id');
  const whole = [...distinct.flatMap(resultsOf).filter(isOfWholeCase), ...results];
  return {
    offences: [...distinct.map(offenceOf), ...once(applications, 'id').map(applicationOf)],
    disposals: once(whole, 'judicialResultId').map(disposalOf),
  };
}

function resultsOf(node: Tree): readonly Tree[] {
  return listAt(node, 'judicialResults');
}

function isOfWholeCase(result: Tree): boolean {
  return ['C', 'D'].includes(textAt(result, 'level') ?? '');
}

function once(nodes: readonly Tree[], key: string): readonly Tree[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    const id = textAt(node, key);
    if (id === undefined) return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

function offenceOf(offence: Tree): Fields {
  return present({
    offenceRef: textAt(offence, 'id'),
    sequence: wholeAt(offence, 'offenceSequenceNumber') ?? wholeAt(offence, 'orderIndex'),
    count: wholeAt(offence, 'count'),
    cjsCode: textAt(offence, 'offenceCode'),
    title: textAt(offence, 'offenceTitle'),
    legislation: textAt(offence, 'offenceLegislation'),
    wording: textAt(offence, 'wording'),
    offenceDates: present({
      from: date(textAt(offence, 'startDate')),
      to: date(textAt(offence, 'endDate')),
    }),
    arrestedOn: date(textAt(offence, 'arrestDate')),
    chargedOn: date(textAt(offence, 'chargeDate')),
    modeOfTrial: textAt(offence, 'modeOfTrial'),
    ...findingOf(offence),
    convictionDate: date(textAt(offence, 'convictionDate')),
    isDisposed: disposedOf(offence),
    disposals: resultsOf(offence)
      .filter((result) => !isOfWholeCase(result))
      .map(disposalOf),
  });
}

/**
 * A court application (a breach, a request to reopen) as an offence: the court records its results under the code
 * of the application, and reports them to the police in the same list as the offences.
 */
function applicationOf(application: Tree): Fields {
  return present({
    offenceRef: textAt(application, 'id'),
    cjsCode: textAt(application, 'type', 'code'),
    title: textAt(application, 'type', 'type'),
    legislation: textAt(application, 'type', 'legislation'),
    ...findingOf(application),
    disposals: resultsOf(application).map(disposalOf),
  });
}

const pleas: Readonly<Record<string, string>> = {
  GUILTY: 'Guilty',
  NOT_GUILTY: 'Not Guilty',
  NO_PLEA: 'No Plea Taken',
  CONSENTS: 'Consented',
  RESISTS: 'Resisted',
};

const findings: Readonly<Record<string, string>> = { G: 'Guilty', N: 'Not Guilty' };

/** Pleas outside the catalogue's list (an indicated plea is not yet a plea) are left out. */
function findingOf(offence: Tree): Fields {
  const finding = textAt(offence, 'finding');
  return {
    plea: pleas[textAt(offence, 'plea', 'pleaValue') ?? ''],
    pleaDate: date(textAt(offence, 'plea', 'pleaDate')),
    finding,
    verdict: textAt(offence, 'verdict', 'verdictType', 'description'),
    adjudication: findings[finding ?? ''],
  };
}

function disposedOf(offence: Tree): boolean | undefined {
  const final = textAt(offence, 'finalDisposal');
  return final === undefined ? flagAt(offence, 'isDisposed') : final === 'Y';
}
