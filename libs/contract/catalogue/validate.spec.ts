import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { sampleData } from '../../testing/samples.js';
import { catalogue, entryOf } from './catalogue.js';
import { type CatalogueEntry } from './entry.js';
import { validateData } from './validate.js';

function known(type: string): CatalogueEntry {
  const entry = entryOf(type);
  if (entry === undefined) throw new Error(`no entry ${type}`);
  return entry;
}

const faults = (type: string, changes: Readonly<Record<string, unknown>>) =>
  validateData(known(type), { ...sampleData[type], ...changes });

describe('validating an event', () => {
  it.each(catalogue)('accepts the sample of $type', (entry) => {
    expect(validateData(entry, sampleData[entry.type])).toEqual([]);
  });

  it('uses schemas that are valid JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false });
    expect(catalogue.filter(({ schema }) => ajv.validateSchema(schema) !== true)).toEqual([]);
  });

  it.each(catalogue)('asks for every required property of $type', (entry) => {
    const required = entry.schema.required ?? [];
    expect(validateData(entry, {}).map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual(
      required.map((property) => `/data/${property} is required`),
    );
  });

  it.each([
    ['police.arrest.recorded', { offences: [{ cjsCode: 'TH6801' }] }, '/data/offences/0/cjsCode', /pattern/],
    ['police.charge.laid', { ptiUrn: '123456789012' }, '/data/ptiUrn', /at most 11 characters/],
    ['police.intel.submitted', { sourceEvaluation: 4 }, '/data/sourceEvaluation', /at most 3/],
    ['police.intel.submitted', { text: 'x\u0000y' }, '/data/text', /pattern/],
    ['police.drugTest.performed', { result: 'maybe' }, '/data/result', /one of negative, positive, disputed/],
    ['probation.licence.activated', { dates: { crd: '2025-02-30' } }, '/data/dates/crd', /valid date/],
    ['prison.released', { reason: 'RELEASED_TO_HOSPITAL' }, '/data/reason', /one of/],
    ['court.hearing.resulted', { sharedTime: '2025-04-02 15:19:48Z' }, '/data/sharedTime', /pattern/],
    ['court.hearing.resulted', { courtCode: 'B01' }, '/data/courtCode', /pattern/],
    ['court.outcome.recorded', { isReshare: 'no' }, '/data/isReshare', /type boolean/],
    ['housing.placement.started', { accommodationType: 'tent' }, '/data/accommodationType', /one of/],
    ['treatment.attendance.recorded', { attendance: 'late' }, '/data/attendance', /one of kept, missed/],
    ['youth.case.opened', { openedOn: 'yesterday' }, '/data/openedOn', /valid date/],
    ['vcse.outcome.achieved', { outcome: 'fame' }, '/data/outcome', /one of/],
    ['health.referral.received', { priority: 1 }, '/data/priority', /type string/],
    ['hub.management.decided', { levels: ['Standard', 'Standard'] }, '/data/levels', /repeat/],
    ['hub.consent.given', { consentScope: ['housing'] }, '/data/consentScope/0', /pattern/],
    ['hub.consent.given', { consentScope: ['housing:SECRET'] }, '/data/consentScope/0', /pattern/],
    ['hub.consent.given', { consentScope: ['housing:police.arrest'] }, '/data/consentScope/0', /pattern/],
    ['hub.management.decided', { mappaCategory: 5 }, '/data/mappaCategory', /at most 4/],
    ['hub.management.decided', { management: 'none' }, '/data/management', /one of statutory, voluntary/],
    ['hub.leadProfessional.appointed', { user: 'kim smith' }, '/data/user', /pattern/],
    ['court.reportingRestriction.imposed', { restrictionId: '12/345' }, '/data/restrictionId', /pattern/],
    ['court.reportingRestriction.imposed', { provision: 's.45' }, '/data/provision', /one of CYPA/],
    ['hub.consent.given', { consentScope: [] }, '/data/consentScope', /at least 1 items/],
  ])('refuses %s with %j', (type, changes, pointer, detail) => {
    const errors = faults(type, changes);
    expect(new Set(errors.map((error) => error.pointer))).toEqual(new Set([pointer]));
    expect(errors.map((error) => error.detail).join()).toMatch(detail);
  });

  it('takes an identifier with a wrong check character, which the identity rules judge', () => {
    expect(faults('police.arrest.recorded', { pnc: '2001/0171310S', asn: 'not quite an ASN' })).toEqual([]);
  });

  it('says how many properties the schema does not know, and never repeats their names', () => {
    expect(faults('prison.transfer', { Featherstonehaugh: 1 })).toEqual([
      { pointer: '/data', detail: 'holds a property that is not in the schema' },
    ]);
    const name = {
      family: 'Winterbourne',
      given: 'Ada',
      Featherstonehaugh: 1,
      'Sam Synthetic, born 1991': 1,
      '9990000018': 1,
    };
    expect(faults('police.arrest.recorded', { name, via: {} })).toEqual([
      { pointer: '/data', detail: 'holds a property that is not in the schema' },
      { pointer: '/data/name', detail: 'holds 3 properties that are not in the schema' },
    ]);
  });

  it('refuses what JSON can smuggle into an object', () => {
    const data: unknown = JSON.parse('{"noms":"A3695EA","from":"ZZI","to":"ZZO","__proto__":{"x":1}}');
    expect(validateData(known('prison.transfer'), data)).toHaveLength(1);
    expect(validateData(known('prison.transfer'), 'text')).toEqual([
      { pointer: '/data', detail: 'must be of type object' },
    ]);
  });

  it('answers a hostile event with at most a hundred errors', () => {
    const data = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index]));
    expect(validateData(known('prison.transfer'), data)).toContainEqual({
      pointer: '/data',
      detail: 'holds 5000 properties that are not in the schema',
    });
    expect(faults('police.arrest.recorded', { offences: Array(500).fill({ k: 1 }) })).toHaveLength(100);
  });
});

describe('an error', () => {
  const CANARY = 'QxCanaryZ';
  const canary = fc.oneof(
    fc.string({ maxLength: 20 }).map((text) => CANARY + text),
    fc.constant([CANARY]),
    fc.constant({ [`${CANARY} 1991`]: CANARY }),
    fc.constant({ [CANARY]: CANARY }),
    fc.constant(8675309.25),
  );

  it('never holds a value, whatever it is and wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), canary, fc.nat(), (entry, value, place) => {
        const poisoned = replaced(sampleData[entry.type], value, { left: place % 30 }, CANARY);
        const text = JSON.stringify(validateData(entry, poisoned));
        expect(text).not.toMatch(/QxCanaryZ|8675309/);
      }),
      { numRuns: 1000 },
    );
  });

  it('is found for a canary in a closed list', () => {
    expect(faults('hub.cohort.selected', { cohort: CANARY })).toEqual([
      { pointer: '/data/cohort', detail: 'must be one of Fixed, Flex, Free, PPO' },
    ]);
  });
});

/** The data with every leaf from the n-th on replaced, and an unknown property added to every object. */
function replaced(data: unknown, value: unknown, place: { left: number }, key: string): unknown {
  if (Array.isArray(data)) return data.map((each: unknown) => replaced(each, value, place, key));
  if (typeof data !== 'object' || data === null) return place.left-- <= 0 ? value : data;
  const entries = Object.entries(data).map(
    ([name, each]) => [name, replaced(each, value, place, key)] as const,
  );
  return Object.fromEntries([...entries, [key, value]]);
}
