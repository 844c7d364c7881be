import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { agencies } from '../../libs/contract/agency.js';
import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { lint } from '../../libs/domain/agreement/lint.js';
import { folder, library, type Question, seen, standingOn, TODAY } from './library.js';

const standing = standingOn(TODAY);
const partners = agencies.map(({ id }) => id).filter((id) => id !== 'auditor');

/** Any officer may meet somebody who is recalled, so restricted cases show these few fields to all of them (README). */
const openToEveryOfficer = ['recalls-of-restricted-cases', 'orders-of-restricted-cases'];

function clauseAt({ clauses }: AgreementDocument, pointer: string): string | undefined {
  const [, index] = /^\/clauses\/(\d+)\//.exec(pointer) ?? [];
  return clauses[Number(index)]?.id;
}

describe('the agreements of the demonstration', () => {
  it.each(library)('$name is of its own name, between its own parties, and begins in plain words', (file) => {
    const { reference, version, parties } = file.document;
    expect(`${reference}.v${String(version)}.yaml`).toBe(file.name);
    expect(file.text).toMatch(/^# \w/);
    if (reference !== 'mappa') expect(reference).toBe(parties.map(({ agency }) => agency).join('-'));
  });

  it.each(library)('$name lints clean, but for what is meant', ({ document }) => {
    const findings = lint(document, { today: document.inForceFrom });
    const told = findings.map(({ severity, code, pointer }) => [severity, code, clauseAt(document, pointer)]);
    const meant = document.clauses.filter(({ id }) => openToEveryOfficer.includes(id));
    expect(told).toEqual(meant.map(({ id }) => ['warning', 'guarded-for-anybody', id]));
  });

  it('are few enough to be read', () => {
    expect(library.length).toBeLessThanOrEqual(45);
  });

  it('stand today, each until 2028, and each is to be reviewed', () => {
    expect(standing.map(({ reference }) => reference)).toEqual([
      ...new Set(library.map(({ document }) => document.reference)),
    ]);
    expect(standing.filter(({ expires }) => expires < '2028-01-01')).toEqual([]);
    expect(standing.filter(({ reviewDue }) => reviewDue <= TODAY)).toEqual([]);
  });

  it('say both why and by what law in every clause', () => {
    for (const { text, document } of library) {
      const permitted = document.clauses.filter(({ effect }) => effect === 'permit');
      const explained = [...text.matchAll(/^ {2}# .*\n {2}- id: (\S+)/gm)].map(([, id]) => id);
      expect(permitted.map(({ id }) => id).filter((id) => !explained.includes(id))).toEqual([]);
    }
  });

  it('open a narrowed set in an emergency, for hours, and have it reviewed', () => {
    const opened = standing.flatMap(({ clauses }) =>
      clauses.filter(({ conditions }) => conditions?.emergency !== undefined),
    );
    expect(opened.length).toBeGreaterThanOrEqual(5);
    for (const { conditions, recipients } of opened) {
      expect([conditions?.emergency, recipients.length]).toEqual([{ hours: 8, reviewWithin: 72 }, 1]);
    }
  });
});

/** The rows of every table of the folder's README, a list of cells each. */
const rows: readonly (readonly string[])[] = readFileSync(join(folder, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const shortNames = new Map(
  rows.filter(({ length }) => length === 2).map(([short = '', name = '']) => [name, short]),
);
const columns = rows.find(([first, second]) => first === 'pair' && second === 'file in force') ?? [];
const pairRows = rows.filter(([first = '']) => /^[a-z]+-[a-z]+$/.test(first));

const gatewaysOf = ({ clauses }: AgreementDocument): readonly (string | undefined)[] =>
  [...new Set(clauses.flatMap((clause) => (clause.effect === 'permit' ? [clause.gateway] : [])))]
    .map((citation) => shortNames.get(citation))
    .sort();

describe('the table of pairs in the README', () => {
  const pairs = partners.flatMap((one, index) => partners.slice(index + 1).map((other) => `${one}-${other}`));

  it('has every pair once, with its agreement or why there is none', () => {
    expect(pairRows.map(([pair]) => pair).sort()).toEqual(pairs.sort());
    const without = pairRows.filter(({ length }) => length === 2).map(([pair]) => pair);
    const agreed = standing.map(({ reference }) => reference).filter((each) => each !== 'mappa');
    expect([...without, ...agreed].sort()).toEqual(pairs);
  });

  it.each(standing.filter(({ reference }) => reference !== 'mappa'))(
    'names the file and the gateways of $reference',
    (document) => {
      const { reference, version } = document;
      const row = pairRows.find(([pair]) => pair === reference) ?? [];
      expect(row[1]).toContain(`(${reference}.v${String(version)}.yaml)`);
      expect(columns.filter((_, index) => row[index] === '●').sort()).toEqual(gatewaysOf(document));
    },
  );
});

/** What a lawyer would look up first. */
const cases = JSON.parse(
  readFileSync(new URL('who-sees-what.json', import.meta.url), 'utf8'),
) as readonly (Question & {
  readonly says: string;
  readonly sees: Readonly<Record<string, readonly string[]>>;
})[];

describe('who sees what', () => {
  it.each(cases)('$says', ({ sees, ...question }) => {
    expect(seen(question).fields).toEqual(sees);
  });

  it('asks about every agency that receives anything', () => {
    expect([...new Set(cases.map(({ to }) => to))].sort()).toEqual([...partners].sort());
    expect(cases.filter(({ type }) => !catalogue.some((entry) => entry.type === type))).toEqual([]);
  });
});
