import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { parsePublication } from '../../../libs/contract/envelope.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { type Admission, admit } from './admission.js';

type Data = Readonly<Record<string, unknown>>;

function admitted(type: string, attributes: Data = {}, changes: Data = {}, confirmed = false): Admission {
  const event = {
    specversion: '1.0',
    id: 'one',
    source: '/agency',
    type,
    subject: 'ref:1',
    data: { ...sampleData[type], ...changes },
    ...attributes,
  };
  const parsed = parsePublication(JSON.stringify(event));
  if (parsed.outcome === 'invalid') throw new Error(JSON.stringify(parsed.errors));
  const context = { publisher: 'agency', received: Date.UTC(2026, 0, 1), confirmed };
  return admit(parsed.publication, context);
}

const heldAt = (pointer: string, detail: RegExp): unknown => ({
  outcome: 'held',
  reason: 'schema-failed',
  errors: [{ pointer, detail: expect.stringMatching(detail) as unknown }],
});

describe('facts and assessments are told apart (R6)', () => {
  it.each(catalogue)('$type passes as $nature alone', ({ type, nature }) => {
    for (const claimed of ['fact', 'assessment', 'process']) {
      const admission = admitted(type, { nature: claimed });
      if (claimed === nature) expect(admission.outcome).toBe('admitted');
      else expect(admission).toEqual(heldAt('/nature', new RegExp(`must be ${nature}, .*R6`)));
    }
  });
});

describe('what is handled C says its conditions (R51)', () => {
  const report = 'police.intel.submitted';
  const arrest = 'police.arrest.recorded';
  const conditions = { handlingconditions: 'Ask the originator first' };
  const without = { handlingConditions: undefined };

  it.each([
    ['an arrest without', arrest, { handling: 'C' }, {}, '/handlingconditions'],
    ['a report without', report, {}, without, '/data/handlingConditions'],
    ['a report with blank ones', report, {}, { handlingConditions: ' ' }, '/data/handlingConditions'],
    [
      'a P report in a C envelope',
      report,
      { handling: 'C' },
      { ...without, handlingCode: 'P' },
      '/handlingconditions',
    ],
    ['a C report in a P envelope', report, { handling: 'P' }, without, '/data/handlingConditions'],
  ])('%s is held', (_, type, attributes, changes, pointer) => {
    expect(admitted(type, attributes, changes)).toEqual(heldAt(pointer, /required .*R51/));
  });

  it.each([
    ['an arrest with conditions', arrest, { handling: 'C', ...conditions }, {}],
    ['an arrest handled P', arrest, { handling: 'P' }, {}],
    ['a report with its own', report, {}, {}],
    ['a report with those of the envelope', report, conditions, without],
    ['a report handled P', report, {}, { ...without, handlingCode: 'P' }],
  ])('%s is taken', (_, type, attributes, changes) => {
    expect(admitted(type, attributes, changes).outcome).toBe('admitted');
  });
});

it.each(['sourceEvaluation', 'informationAssessment', 'handlingCode'])(
  'intelligence without %s is held (R51)',
  (grade) => {
    expect(admitted('police.intel.submitted', {}, { [grade]: undefined })).toEqual(
      heldAt(`/data/${grade}`, /is required/),
    );
  },
);

it.each(['hub.consent.given', 'hub.consent.withdrawn'])('%s names what exists', (type) => {
  const scoped = (scope: string): Admission => admitted(type, {}, { consentScope: ['police:HLTH', scope] });
  expect(scoped('housing:*').outcome).toBe('admitted');
  expect(scoped('house:*')).toEqual(heldAt('/data/consentScope/1', /names no agency/));
  expect(scoped('police:treatment.started/modalities')).toEqual(
    heldAt('/data/consentScope/1', /names no field/),
  );
});

describe('when it happened', () => {
  const arrest = 'police.arrest.recorded';

  it.each([
    ['the day of receipt', '2026-01-01', 'admitted'],
    ['within a day, as clocks differ', '2026-01-01T23:59:00Z', 'admitted'],
    ['unknown', undefined, 'admitted'],
    ['to come', '2026-01-03', 'held'],
  ])('%s', (_, time, outcome) => {
    expect(admitted(arrest, { time }).outcome).toBe(outcome);
  });

  it('to come is held with what to do, and taken when somebody confirms it', () => {
    expect(admitted(arrest, { time: '2027-01-01' })).toEqual({
      outcome: 'held',
      reason: 'future-time',
      errors: [{ pointer: '/time', detail: 'lies in the future' }],
    });
    expect(admitted(arrest, { time: '2027-01-01' }, {}, true).outcome).toBe('admitted');
  });
});

describe('a retraction', () => {
  it('need not say again what it takes back', () => {
    expect(admitted('police.arrest.recorded', { retracts: 'earlier', data: {} }).outcome).toBe('admitted');
    expect(admitted('police.arrest.recorded', { data: {} }).outcome).toBe('held');
    expect(admitted('police.arrest.recorded', { retracts: 'earlier', data: { nonsense: 1 } }).outcome).toBe(
      'held',
    );
  });
});
