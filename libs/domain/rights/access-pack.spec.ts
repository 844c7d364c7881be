import { describe, expect, it } from '@jest/globals';
import { agencyOf } from '../../contract/agency.js';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { presentFields } from '../../contract/catalogue/fields.js';
import { type FactMetadata } from '../../contract/fact.js';
import { UNKNOWN_MOMENT } from '../../contract/moment.js';
import { sampleData } from '../../testing/samples.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { type DisclosedFact, type Disclosure } from '../disclosure/disclosure.js';
import { type Restriction, UNPROTECTED } from '../erasure/data-protection.js';
import { type OpenedFact } from '../picture/project.js';
import { accessPack, type SubjectRecord } from './access-pack.js';
import { type ReasonedRestriction } from './left-out.js';
import { type RestrictionScope } from './rights.js';

const offender = 'P1';
const arrest = 'police.arrest.recorded';

function fact(
  position: number,
  type: string,
  rest: Partial<FactMetadata> = {},
  data = sampleData[type] ?? {},
) {
  const entry = entryOf(type);
  if (entry === undefined) throw new Error(type);
  const metadata: FactMetadata = {
    offender,
    publisher: type.split('.')[0] ?? '',
    source: '/test',
    sourceId: `${position}`,
    version: entry.version,
    happened: UNKNOWN_MOMENT,
    recorded: null,
    received: 1000 * position,
    fields: presentFields(entry, data),
    control: {},
    handling: null,
    corrects: null,
    retracts: null,
    contentHash: '',
    ...rest,
  };
  const opened: OpenedFact = {
    position,
    id: `id-${position}`,
    type,
    metadata,
    sealed: { event: { data }, identifiers: [] },
  };
  return opened;
}

function shown(
  agency: string,
  position: number,
  ways: DisclosedFact['shown'],
  day = '2026-03-01',
): Disclosure {
  return {
    agency,
    user: 'user',
    purpose: 'reducing-reoffending',
    justification: null,
    at: Date.parse(`${day}T12:00:00Z`),
    asOf: 0,
    query: '',
    asked: [],
    sought: [],
    confirmed: [],
    offenders: [offender],
    facts: [{ position, offender, shown: ways }],
  };
}

function restriction(scope: RestrictionScope): ReasonedRestriction {
  const by = { agency: 'police', user: 'officer' };
  const step = { id: 'r1', offender, by, at: 0, request: 'request', ground: 'b' as const };
  return { type: 'rights.restricted', ...step, scope, reason: 'an inquiry' };
}

function record(agency: string, given: Partial<SubjectRecord>): SubjectRecord {
  const controller = agencyOf(agency);
  if (controller === undefined) throw new Error(agency);
  return {
    offender,
    controller,
    at: Date.parse('2026-04-01T00:00:00Z'),
    facts: [],
    disclosures: [],
    register: EMPTY_REGISTER,
    protection: UNPROTECTED,
    restrictions: [],
    ...given,
  };
}

const subjects = (agency: string, given: Partial<SubjectRecord>) =>
  accessPack(record(agency, given), 'subject');
const commissioners = (agency: string, given: Partial<SubjectRecord>) =>
  accessPack(record(agency, given), 'commissioner');

describe('the copy for the person', () => {
  it.each<[string, readonly OpenedFact[], readonly ReasonedRestriction[]]>([
    ['intelligence', [fact(2, 'police.intel.submitted')], []],
    ['what the publisher shares with conditions', [fact(2, arrest, { handling: 'C' })], []],
    [
      'a restricted type',
      [fact(2, 'police.arrest.disposed')],
      [restriction({ types: ['police.arrest.disposed'] })],
    ],
    ['a restricted fact', [fact(2, arrest)], [restriction({ facts: [2] })]],
    [
      'what puts it right, and what takes that back',
      [fact(2, arrest), fact(3, arrest, { corrects: 'id-2' }), fact(4, arrest, { retracts: 'id-3' })],
      [restriction({ facts: [2] })],
    ],
    [
      'a correction, as if there were none',
      [fact(2, arrest, { corrects: 'id-1' })],
      [restriction({ facts: [2] })],
    ],
  ])('is the same with %s as without it, although it was shown to somebody', (_, hidden, restrictions) => {
    const open = {
      facts: [fact(1, arrest)],
      disclosures: [shown('probation', 1, { 'core/1#a': { clear: ['pnc'] } })],
    };
    const without = subjects('police', open);
    const all = hidden.map(({ position }) =>
      shown('housing', position, { 'secret/1#b': { clear: ['pnc', 'text'] } }, '2026-03-09'),
    );
    const given = {
      facts: [...open.facts, ...hidden],
      disclosures: [...open.disclosures, ...all],
      restrictions,
    };
    expect(without.recipients.map(({ days }) => days)).toEqual([['2026-03-01']]);
    expect(subjects('police', given)).toEqual(without);
    const { leftOut = [] } = commissioners('police', given);
    expect([...new Set(leftOut.map(({ position }) => position))]).toEqual(
      expect.arrayContaining(hidden.map(({ position }) => position)),
    );
  });

  it('is the same with limited access as without it', () => {
    const given = { facts: [fact(1, 'probation.order.started')] };
    const both = { facts: [...given.facts, fact(2, 'probation.lao.set')] };
    expect(subjects('probation', both)).toEqual(subjects('probation', given));
    expect(commissioners('probation', both).leftOut?.[0]).toMatchObject({
      position: 2,
      by: 'rule limited-access',
    });
  });

  it('lacks a restricted field in the correction of the fact too', () => {
    const facts = [fact(1, arrest), fact(2, arrest, { corrects: 'id-1' })];
    const given = { facts, restrictions: [restriction({ facts: [1], fields: ['name'] })] };
    const text = JSON.stringify(subjects('police', given));
    expect(JSON.stringify(subjects('police', { facts }))).toContain('Synthetic');
    expect(text).not.toContain('Synthetic');
    expect(text).toContain('date of birth');
    expect(text).toContain('"standing":"corrected"');
  });

  it('holds of other agencies’ facts what the controller was shown, as it was shown', () => {
    const facts = [fact(1, arrest), fact(2, arrest)];
    const ways = { 'core/1#a': { clear: ['name.family'], generalise: ['dateOfBirth'], mask: ['pnc'] } };
    const { held, recipients } = subjects('housing', { facts, disclosures: [shown('housing', 1, ways)] });
    expect(held).toMatchObject([{ origin: 'Police', own: false, records: [{ standing: 'current' }] }]);
    expect(held[0]?.records[0]?.fields.map(({ name, value, coarser }) => [name, value, coarser])).toEqual([
      ['name: family', 'Synthetic', false],
      ['date of birth', '1991', true],
    ]);
    expect(recipients).toEqual([]);
  });

  it('names who was only told that there is a record, and who found the person by a number', () => {
    const confirmed = [{ offender, path: 'pnc', clauses: ['core/1#a'] }];
    const lookup = { ...shown('probation', 9, {}), facts: [], confirmed };
    const { recipients } = subjects('police', {
      facts: [fact(1, arrest)],
      disclosures: [shown('housing', 1, {}), lookup, shown('police', 1, {})],
    });
    expect(recipients.map(({ agency, agreement, categories }) => [agency, agreement, categories])).toEqual([
      ['Council housing', null, []],
      ['Probation Service', 'core/1', ['numbers and references']],
    ]);
  });

  it('tells of contested accuracy, and not of what is wanted as evidence', () => {
    const step = { id: 'x', offender, by: { agency: 'hub', user: 'u' }, at: 0, requirement: 'R18' };
    const restricted = (ground: Restriction['ground']) => ({
      facts: [fact(1, arrest)],
      protection: {
        ...UNPROTECTED,
        restrictions: [{ type: 'processing.restricted' as const, ...step, ground, facts: [1] }],
      },
    });
    expect(subjects('police', restricted('accuracy-contested')).restrictedProcessing).toHaveLength(1);
    expect(subjects('police', restricted('needed-as-evidence')).restrictedProcessing).toEqual([]);
  });
});
