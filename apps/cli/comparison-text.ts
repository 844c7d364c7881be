import { type Comparison } from '../../libs/domain/replay/compare.js';
import { type FlowChange } from '../../libs/domain/replay/flow-changes.js';
import { type TermChange } from '../../libs/domain/replay/terms.js';

/** A comparison as a person reads it: what the agreements say of themselves, then flow by flow. */
export function linesOf({ terms, flows }: Comparison): readonly string[] {
  if (terms.length + flows.length === 0) return ['no difference'];
  return [...terms.flatMap(linesOfTerm), ...flowsAlike(flows).flatMap(linesOfFlow)];
}

function linesOfTerm({ reference, term, before, after }: TermChange): readonly string[] {
  return [`${reference}: ${term}`, ...beforeAndAfter([before ?? NOTHING], [after ?? NOTHING])];
}

const NOTHING = 'nothing';

function beforeAndAfter(before: readonly string[], after: readonly string[]): readonly string[] {
  const lines = (label: string, all: readonly string[]): readonly string[] =>
    (all.length === 0 ? [NOTHING] : all).map(
      (each, index) => `  ${(index === 0 ? label : '').padEnd(8)}${each}`,
    );
  return [...lines('before', before), ...lines('after', after)];
}

type Alike = Pick<FlowChange, 'publisher' | 'recipient' | 'kind' | 'before' | 'after'> & {
  readonly purposes: readonly string[];
  readonly types: readonly { readonly type: string; readonly fields: readonly string[] }[];
};

/** Purposes and types that differ in the same way are told of once. */
function flowsAlike(flows: readonly FlowChange[]): readonly Alike[] {
  const byPurpose = grouped(flows, ({ publisher, recipient, type, version, kind, fields, before, after }) => [
    [publisher, recipient, kind, before, after],
    [type, version, fields],
  ]).map((same) => ({ flow: same[0], purposes: same.map(({ purpose }) => purpose) }));
  return grouped(byPurpose, ({ flow: { publisher, recipient, kind, before, after }, purposes }) => [
    publisher,
    recipient,
    kind,
    before,
    after,
    purposes,
  ]).map((same) => {
    const { flow, purposes } = same[0];
    const types = same.map(({ flow: { type, version, fields } }) => {
      return { type: version === 1 ? type : `${type} version ${version}`, fields };
    });
    return { ...flow, purposes, types };
  });
}

type Some<Each> = readonly [Each, ...Each[]];

function grouped<Each>(all: readonly Each[], key: (each: Each) => unknown): readonly Some<Each>[] {
  const groups = new Map<string, [Each, ...Each[]]>();
  for (const each of all) {
    const group = groups.get(JSON.stringify(key(each)));
    if (group === undefined) groups.set(JSON.stringify(key(each)), [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

const titles: Readonly<Record<FlowChange['kind'], string>> = {
  added: 'shared now',
  removed: 'no longer shared',
  treatment: 'shared otherwise',
  conditions: 'shared in other cases',
  prohibition: 'not shared before or after, but prohibited otherwise',
  gateway: 'another gateway',
  'lawful basis': 'another lawful basis',
  retention: 'another retention',
  emergency: 'another emergency disclosure',
  reason: 'prohibited for another reason',
};

function linesOfFlow({
  publisher,
  recipient,
  purposes,
  kind,
  types,
  before,
  after,
}: Alike): readonly string[] {
  return [
    `${publisher} to ${recipient} for ${purposes.join(', ')}: ${titles[kind]}`,
    ...types.map(({ type, fields }) => `  ${type}: ${fields.join(', ')}`),
    ...beforeAndAfter(before, after),
  ];
}
