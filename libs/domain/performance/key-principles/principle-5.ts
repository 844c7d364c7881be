import { startIn, textIn, endIn } from '../../casework/read-data.js';
import { heldAt } from '../../casework/held.js';
import { isWithin } from '../day.js';
import { type PersonHistory } from '../history.js';
import { cohortsAt, statutoryProviderAt } from '../person-history-at.js';
import { type Ground, isManaged, managedBy, managedPeople } from './ground.js';
import { type ElementResult, facts, type Measure, measured, outside, resultOf, sorted } from './result.js';
import { timesReceived } from './principle-2.js';

/** 5.1: people managed by statute or under MAPPA get something from the partnership beside that. */
export function addedValue(ground: Ground): ElementResult {
  const { moment, span, thresholds } = ground;
  const combined = managedPeople(ground).filter(
    (history) => statutoryProviderAt(history, moment) !== null || isUnderMappa(history, moment),
  );
  const gained = ({ case: { interventions, conferences } }: PersonHistory): readonly string[] => [
    ...interventions
      .filter(({ plannedAt, startedAt }) =>
        [plannedAt, startedAt].some((at) => at !== null && isWithin(span, at)),
      )
      .flatMap(({ by }) => by),
    ...conferences.filter(({ at }) => isWithin(span, at)).flatMap(({ by }) => by),
  ];
  return resultOf('5.1', [
    measured({
      what: 'people also managed by statute or MAPPA who got an intervention or a conference in the period',
      unit: 'people',
      missing: 'combined management adds nothing on record, or nobody is under it',
      share: thresholds.valueShare,
      ...sorted(
        combined,
        (each) => gained(each).length > 0,
        (each) => facts([...managedBy(each), ...gained(each)]),
      ),
    }),
  ]);
}

function isUnderMappa({ case: { levels } }: PersonHistory, moment: number): boolean {
  return heldAt(levels, moment).some(({ value }) => value.some((level) => level.startsWith('MAPPA-')));
}

/**
 * 5.2: whoever bears the PPO label is managed at a level or in a cohort. The label itself is asked of nobody: where somebody
 * is managed and nobody bears it, the log cannot tell a scheme that was embedded from one that never was, and says so.
 */
export function ppoEmbedded(ground: Ground): ElementResult {
  const { histories, moment } = ground;
  const labelled = histories
    .map((history) => ({ history, by: ppoLabelOf(history, moment) }))
    .filter(({ by }) => by.length > 0);
  const managed = managedPeople(ground);
  if (managed.length > 0 && labelled.length === 0) return outside('5.2', NO_LABEL, []);
  return resultOf('5.2', [
    measured({
      what: 'people managed by the partnership',
      unit: 'people',
      missing: 'nobody is managed',
      good: managed.map((each) => facts(managedBy(each))),
    }),
    measured({
      what: 'people with the PPO label who are managed at a level or selected for a cohort',
      unit: 'people',
      missing: 'somebody with the PPO label is in no cohort and at no level',
      least: 0,
      ...sorted(
        labelled,
        ({ history }) => isManaged(history, moment),
        ({ by }) => facts(by),
      ),
    }),
  ]);
}

const NO_LABEL =
  'nobody bears the PPO label, which no rule requires: the system cannot know whether there is a scheme to embed';

/** Log event ids by which a person bears the PPO label at a moment: selected for it, or flagged by the police. */
export function ppoLabelOf(history: PersonHistory, moment: number): readonly string[] {
  const selected = cohortsAt(history, moment).filter(({ value }) => value === 'PPO');
  return [...selected.flatMap(({ by }) => by), ...flagsOf(history, moment, ['PPO'])];
}

/** Log event ids of the police flags that a person bears at a moment. */
export function flagsOf(
  { facts: all }: PersonHistory,
  moment: number,
  wanted: readonly string[],
): readonly string[] {
  return wanted.flatMap((flag) => {
    const last = all
      .filter(({ type, data }) => type.startsWith('police.iom.flag.') && textIn(data, 'flag') === flag)
      .filter(({ type, data }) => (momentOf(type, data) ?? -Infinity) <= moment)
      .at(-1);
    if (last?.type !== 'police.iom.flag.set') return [];
    const ends = endIn(last.data, 'to');
    return ends === null || moment < ends ? [last.id] : [];
  });
}

function momentOf(type: string, data: Readonly<Record<string, unknown>>): number | null {
  return type === 'police.iom.flag.set' ? startIn(data, 'from') : endIn(data, 'to');
}

const HOUR = 3_600_000;
const IMPORT = 'police.pncOutcome.imported';

/** 5.3: imports from the Police National Computer are fresh, whoever is managed is flagged, and its report is used. */
export function idiomUsed(ground: Ground): ElementResult {
  const { moment, thresholds } = ground;
  return resultOf('5.3', [
    importFreshness(ground),
    measured({
      what: 'managed people who are flagged for the daily import',
      unit: 'people',
      missing: 'some managed people are not flagged, or nobody is managed',
      share: thresholds.flaggedShare,
      ...sorted(
        managedPeople(ground),
        (each) => flagsOf(each, moment, ['IOM', 'PPO', 'IDIOM']).length > 0,
        (each) => facts([...managedBy(each), ...flagsOf(each, moment, ['IOM', 'PPO', 'IDIOM'])]),
      ),
    }),
    timesReceived(ground, 'reoffending'),
  ]);
}

function importFreshness({ receipts, asked, thresholds }: Ground): Measure {
  const imports = receipts.filter(({ type, received }) => type === IMPORT && received <= asked);
  const newest = imports.toSorted((one, other) => one.received - other.received).at(-1);
  const hours = newest === undefined ? null : Math.floor((asked - newest.received) / HOUR);
  return {
    what: `hours since the newest import (at most ${thresholds.importWithinHours})`,
    unit: 'hours',
    counted: hours,
    of: null,
    holds: hours !== null && hours <= thresholds.importWithinHours,
    missing: hours === null ? 'nothing was ever imported' : 'the newest import is too old',
    evidence: newest === undefined ? [] : facts([newest.id]),
  };
}
