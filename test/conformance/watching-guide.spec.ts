import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { agencies } from '../../libs/contract/agency.js';
import { type WatchedKind, watchedRules } from '../../libs/domain/casework/watched.js';
import { type Question, seen, standingOn, TODAY } from './library.js';

type Told = Pick<Question, 'state' | 'who'>;

/** What may have to hold before an agency hears of something, in the words of the guide; nothing in particular first. */
const circumstances: readonly (readonly [string, Told])[] = [
  ['', {}],
  ['lead', { who: { responsible: true } }],
  ['consent', { state: { consents: agencies.map(({ id }) => `${id}:*`) } }],
  ['MAPPA 2 or 3', { state: { levels: ['MAPPA-2'], mappaCategory: '1' } }],
  ['child', { state: { born: ['2012-04'] } }],
  ['emergency', { who: { emergency: true } }],
  ['statutory Priority', { state: { levels: ['Priority'], management: 'statutory' } }],
];

const purposes = [
  ...new Set(standingOn(TODAY).flatMap((agreement) => agreement.purposes.map(({ id }) => id))),
].sort();
const kinds: readonly WatchedKind[] = [...new Set(watchedRules.map(({ kind }) => kind))];

/** Whether the agreements show what makes a fact of another agency one of this kind. */
function isTold(kind: WatchedKind, to: string, purpose: string, told: Told): boolean {
  const others = watchedRules.filter(({ type }) => agencyKindOf(to) !== type.split('.')[0]);
  return others.some(({ kind: each, type, holds }) => {
    if (each !== kind) return false;
    const { fields } = seen({ type, to, purpose, ...told });
    return holds === undefined
      ? Object.keys(fields).length > 0
      : fields['clear']?.includes(holds.path) === true;
  });
}

function agencyKindOf(agency: string): string | undefined {
  return agencies.find(({ id }) => id === agency)?.kind;
}

/** `recall (MAPPA 2 or 3)`: a kind and the first circumstance in which it comes; undefined when in none. */
function inWords(kind: WatchedKind, to: string, purpose: string): string | undefined {
  const found = circumstances.find(([, told]) => isTold(kind, to, purpose, told));
  if (found === undefined) return undefined;
  return found[0] === '' ? kind : `${kind} (${found[0]})`;
}

const derived = agencies.flatMap(({ id }) =>
  purposes.flatMap((purpose) => {
    const told = kinds.map((kind) => inWords(kind, id, purpose)).filter((each) => each !== undefined);
    return told.length === 0 ? [] : [[id, purpose, told.join(', ')]];
  }),
);

const guide = readFileSync(new URL('../../docs/guides/watching.md', import.meta.url), 'utf8');

/** The table of the guide under this heading, a list of cells for each row, code marks taken off. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = guide.split(`## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('which purpose carries what, in the guide on watching', () => {
  it('is what the agreements of the demonstration come to', () => {
    expect(tableUnder('Which purpose carries what')).toEqual(derived);
  });

  it('tells whoever leads in the voluntary sector of release, recall and the end of a tenancy, and nobody else of it', () => {
    for (const purpose of ['reducing-reoffending', 'resettlement']) {
      const told = (who: NonNullable<Told['who']>) =>
        kinds.filter((kind) => isTold(kind, 'vcse', purpose, { who }));
      expect(told({ responsible: true })).toEqual(['recall', 'release', 'tenancy-end']);
      expect(told({ responsible: false })).toEqual([]);
    }
  });

  it('tells probation of everything by two purposes, and by none alone', () => {
    const consent = circumstances.find(([name]) => name === 'consent')?.[1] ?? {};
    const told = (purpose: string) => kinds.filter((kind) => isTold(kind, 'probation', purpose, consent));
    const [managing, supervising] = [told('reducing-reoffending'), told('supervision')];
    // Recalls are probation's own, which come under every purpose.
    expect(new Set([...managing, ...supervising, 'recall'])).toEqual(new Set(kinds));
    const alone = purposes.filter((each) =>
      ['release', 'positive-drug-test'].every((kind) => told(each).some((other) => other === kind)),
    );
    expect(alone).toEqual([]);
  });
});
