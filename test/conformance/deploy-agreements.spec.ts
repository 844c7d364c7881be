import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { agencies, agencyOf } from '../../libs/contract/agency.js';
import { catalogue, entryOf } from '../../libs/contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../libs/contract/catalogue/entry.js';
import { fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { compile } from '../../libs/domain/agreement/compile.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { evaluate } from '../../libs/domain/agreement/evaluate.js';
import { readAgreement } from '../../libs/domain/agreement/read-agreement.js';
import { type OffenderState, UNMANAGED } from '../../libs/domain/casework/offender-state.js';
import { inForceRegister } from '../../libs/testing/agreements.js';

const folder = fileURLToPath(new URL('../../deploy/agreements', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function documentIn(file: string): AgreementDocument {
  const reading = readAgreement(parse(readFileSync(join(folder, file), 'utf8'), { maxAliasCount: 0 }));
  if (reading.outcome === 'valid') return reading.document;
  throw new Error(`${file}: ${JSON.stringify(reading.errors)}`);
}

describe('the agreements of the demonstration', () => {
  it.each(files)('%s is valid, of its own name, and in force until 2028', (file) => {
    const { reference, inForceFrom, reviewDue, expires } = documentIn(file);
    expect(`${reference}.yaml`).toBe(file);
    expect([inForceFrom, reviewDue, expires]).toEqual(['2024-04-01', '2027-04-01', '2028-04-01']);
  });

  it('begins each file with a comment in plain words', () => {
    const bare = files.filter((file) => !readFileSync(join(folder, file), 'utf8').startsWith('# '));
    expect(files.length).toBeGreaterThanOrEqual(8);
    expect(bare).toEqual([]);
  });

  it('binds every publishing agency', () => {
    const parties = new Set(files.flatMap((file) => documentIn(file).parties.map(({ agency }) => agency)));
    expect([...parties].sort()).toEqual(
      agencies
        .map(({ id }) => id)
        .filter((id) => id !== 'auditor')
        .sort(),
    );
  });
});

const AT = Date.parse('2026-01-01T00:00:00Z');
const table = compile(inForceRegister(files.map(documentIn)), catalogue);
const purposes = [...new Set(files.flatMap((file) => documentIn(file).purposes.map(({ id }) => id)))];

interface Question {
  readonly type: string;
  readonly to: string;
  readonly purpose: string;
  readonly state?: Partial<OffenderState>;
  readonly handling?: 'P' | 'C';
}

/** What is shared, by outcome; what is withheld stays out. */
function shared({
  type,
  to,
  purpose,
  state = {},
  handling,
}: Question): Readonly<Record<string, readonly string[]>> {
  const [kind = ''] = type.split('.');
  const publisher = agencies.find((agency) => agency.kind === kind)?.id ?? '';
  const fact = { publisher, type, version: 1, received: AT, handling: handling ?? null };
  const { fields } = evaluate(table, fact, to, purpose, { ...UNMANAGED, ...state }, AT);
  const seen: Record<string, string[]> = {};
  for (const { path, outcome } of fields) if (outcome !== 'withhold') (seen[outcome] ??= []).push(path);
  return seen;
}

/** What a lawyer would look up first. */
const cases = JSON.parse(
  readFileSync(fileURLToPath(new URL('who-sees-what.json', import.meta.url)), 'utf8'),
) as readonly (Question & {
  readonly says: string;
  readonly sees: Readonly<Record<string, readonly string[]>>;
})[];

describe('who sees what', () => {
  it.each(cases)('$says', ({ sees, ...question }) => {
    expect(shared(question)).toEqual(sees);
  });

  it('police see risk scores as bands, and no section scores', () => {
    const seen = shared({ type: 'probation.riskAssessed', to: 'police', purpose: 'reducing-reoffending' });
    expect(seen['generalise']).toEqual(['ogrs', 'ogp', 'ovp']);
    expect(seen['clear']).not.toContain('oasysSections[].score');
  });

  it('police see the words of the panel masked', () => {
    const seen = shared({ type: 'hub.management.decided', to: 'police', purpose: 'reducing-reoffending' });
    expect(seen['mask']).toEqual(['rationale', 'dissent']);
    expect(seen['clear']).toContain('levels');
  });
});

/** Whatever the person's state and the purpose. */
const anyState: OffenderState = {
  cohorts: ['Fixed', 'Flex', 'Free', 'PPO'],
  levels: ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'],
  consents: agencies.map(({ id }) => `${id}:*`),
};

function classesSeenBy(to: string): ReadonlySet<SensitivityClass> {
  const seen = new Set<SensitivityClass>();
  for (const { type } of catalogue.filter(
    ({ publishers }) => !publishers.some((kind) => kind === agencyOf(to)?.kind),
  )) {
    const paths = purposes.flatMap((purpose) =>
      Object.values(shared({ type, to, purpose, state: anyState })).flat(),
    );
    const entry = entryOf(type, 1);
    for (const field of entry === undefined ? [] : fieldsOf(entry))
      if (paths.includes(field.path)) seen.add(field.class);
  }
  return seen;
}

describe('classes that never reach an agency, in any state and for any purpose (matrix §5.12)', () => {
  const never: Readonly<Record<string, readonly SensitivityClass[]>> = {
    police: ['INTEL', 'DRUG', 'VIC', 'CHILD', 'EQ', 'LAO'],
    housing: ['DRUG', 'INTEL', 'VIC', 'HLTH', 'CHILD', 'EQ', 'LAO', 'ID'],
    vcse: ['DRUG', 'INTEL', 'VIC', 'HLTH', 'CHILD', 'EQ', 'LAO', 'ID', 'LOC'],
    treatment: ['INTEL', 'VIC', 'CHILD', 'EQ', 'LAO', 'ID'],
    health: ['DRUG', 'INTEL', 'VIC', 'CHILD', 'EQ', 'LAO', 'ID', 'CJF'],
    youth: ['DRUG', 'INTEL', 'VIC', 'HLTH', 'EQ', 'LAO'],
    courts: ['INTEL', 'VIC', 'CJA', 'EQ', 'LAO'],
    probation: ['VIC', 'EQ'],
    prison: ['VIC', 'EQ', 'LAO'],
    hub: ['DRUG', 'VIC', 'EQ', 'LAO'],
  };

  it.each(Object.entries(never))('%s: %j', (agency, classes) => {
    const seen = classesSeenBy(agency);
    expect(classes.filter((each) => seen.has(each))).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });
});
