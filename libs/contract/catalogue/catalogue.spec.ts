import { describe, expect, it } from '@jest/globals';
import { sampleData } from '../../testing/samples.js';
import { agencies } from '../agency.js';
import { catalogue, dataSchemaUri, entryOf, parseDataSchemaUri } from './catalogue.js';
import { type CatalogueEntry, type PropertySchema, sensitivityClasses } from './entry.js';
import { fieldsOf } from './fields.js';
import { many, record, text } from './property.js';

interface Node {
  readonly at: string;
  readonly schema: PropertySchema;
}

/** Every schema below a property, the property's own included, whatever the loader makes of it. */
function nodesOf(schema: PropertySchema, at: string): readonly Node[] {
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
    nodesOf(each, `${at}.${key}`),
  );
  const items = schema.items === undefined ? [] : nodesOf(schema.items, `${at}[]`);
  return [{ at, schema }, ...below, ...items];
}

const nodes = catalogue.flatMap((entry) => nodesOf(entry.schema, entry.type));
const isScalar = ({ type }: PropertySchema): boolean => type !== 'object' && type !== 'array';
const isLeaf = ({ type, items }: PropertySchema): boolean =>
  type === 'array' && items !== undefined && isScalar(items);

describe('the catalogue', () => {
  it('knows the types that the partnership starts with', () => {
    const types = catalogue.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(REQUIRED));
    expect(new Set(types).size).toBe(types.length);
  });

  it('gives each type the kind of its publisher as its first word', () => {
    const kinds = new Set<string>(agencies.map(({ kind }) => kind));
    for (const { type, publishers } of catalogue) {
      const [kind] = type.split('.');
      expect([type, publishers, kinds.has(kind ?? '')]).toEqual([type, [kind], true]);
    }
  });

  it('has a sample of every type and no other', () => {
    expect(Object.keys(sampleData).sort()).toEqual(catalogue.map(({ type }) => type).sort());
  });

  it('takes about flagged people only what is bought in bulk, which names somebody that it can link (R4)', () => {
    const flaggedOnly = catalogue.filter((entry) => entry.flaggedOnly === true);
    expect(flaggedOnly.map(({ type }) => type)).toEqual(['police.pncOutcome.imported']);
    for (const entry of flaggedOnly)
      expect(fieldsOf(entry).some(({ identifier }) => identifier !== undefined)).toBe(true);
  });

  it('classifies every leaf, and nothing but leaves', () => {
    const paths = new Map(
      catalogue.map((entry) => [entry.type, new Set(fieldsOf(entry).map(({ path }) => path))]),
    );
    const leaves = nodes.filter(
      ({ at, schema }) => isLeaf(schema) || (isScalar(schema) && !at.endsWith('[]')),
    );
    expect(leaves.length).toBe([...paths.values()].reduce((sum, { size }) => sum + size, 0));
    for (const { at, schema } of leaves)
      expect([at, sensitivityClasses]).toEqual([at, expect.arrayContaining([schema['x-class']])]);
    const others = nodes.filter((node) => !leaves.includes(node) && node.schema['x-class'] !== undefined);
    expect(others.map(({ at }) => at)).toEqual([]);
  });

  it('bounds every input', () => {
    expect(nodes.filter(({ schema }) => !isBounded(schema)).map(({ at }) => at)).toEqual([]);
  });

  it('lets no object hold what it does not name', () => {
    const objects = nodes.filter(({ schema }) => schema.type === 'object');
    expect(objects.filter(({ schema }) => schema.additionalProperties !== false).map(({ at }) => at)).toEqual(
      [],
    );
    expect(
      objects
        .flatMap(({ schema }) => Object.keys(schema.properties ?? {}))
        .filter((key) => !/^[a-z][A-Za-z0-9]*$/.test(key)),
    ).toEqual([]);
  });

  it('keeps assessments and intelligence out of facts (R6)', () => {
    expect(catalogue.flatMap(mixedUp)).toEqual([]);
  });

  it.each([
    ['police.arrest.recorded', 'an assessment', { remark: text('CJA', 10) }],
    [
      'police.arrest.recorded',
      'intelligence, deep inside',
      { more: many(record({ seen: text('INTEL', 9) }), 1) },
    ],
  ])('would notice that the fact %s holds %s', (type, _, planted) => {
    expect(
      catalogue
        .filter((entry) => entry.type === type)
        .flatMap((entry) => mixedUp(withFields(entry, planted))),
    ).toHaveLength(1);
  });

  it('would notice intelligence that passes for a fact', () => {
    const planted = entryOf('police.intel.submitted');
    expect(planted && mixedUp({ ...planted, nature: 'fact' }).length).toBeGreaterThan(0);
    expect(planted && mixedUp(planted)).toEqual([]);
  });

  it('puts into the clear what conditions need, and nothing else', () => {
    const inTheClear = catalogue.flatMap((entry) =>
      fieldsOf(entry).flatMap(({ path, control }) =>
        control === undefined || control === 'born' ? [] : [`${entry.type}/${path} ${control}`],
      ),
    );
    expect(inTheClear).toEqual(IN_THE_CLEAR);
  });

  it('puts a date of birth into the clear as a month, from every type that has one, and nothing else', () => {
    for (const entry of catalogue) {
      const fields = fieldsOf(entry);
      const born = fields.filter(({ control }) => control === 'born').map(({ path }) => path);
      const dates = fields.filter(({ search }) => search === 'date-of-birth').map(({ path }) => path);
      expect([entry.type, born]).toEqual([entry.type, dates]);
      expect(dates).toEqual(['dateOfBirth']);
    }
  });

  it('names every identifier by its scheme, at the top, in the class it belongs to', () => {
    const marked = catalogue
      .flatMap((entry) => fieldsOf(entry))
      .filter(({ identifier }) => identifier !== undefined);
    for (const { path, identifier, class: sensitivity } of marked) {
      expect([path, sensitivity]).toEqual([identifier, identifier === 'nhs' ? 'HLTH' : 'ID']);
    }
  });
});

/** Fields of a fact that are a personal assessment or intelligence. */
function mixedUp(entry: CatalogueEntry): readonly string[] {
  if (entry.nature !== 'fact') return [];
  const fields = fieldsOf(entry).filter((field) => field.class === 'CJA' || field.class === 'INTEL');
  return fields.map(({ path }) => `${entry.type}/${path}`);
}

function withFields(entry: CatalogueEntry, fields: CatalogueEntry['schema']['properties']): CatalogueEntry {
  return { ...entry, schema: { ...entry.schema, properties: { ...entry.schema.properties, ...fields } } };
}

function isBounded({ type, maxLength, enum: values, maxItems, minimum, maximum }: PropertySchema): boolean {
  if (type === 'string') return maxLength !== undefined || values !== undefined;
  if (type === 'array') return maxItems !== undefined;
  if (type === 'integer' || type === 'number') return minimum !== undefined && maximum !== undefined;
  return type === 'boolean' || type === 'object';
}

describe('looking up a type', () => {
  it('finds the latest version, a given one, or nothing', () => {
    const entry = entryOf('hub.cohort.selected');
    expect(entry?.version).toBe(1);
    expect(entryOf('hub.cohort.selected', 1)).toBe(entry);
    expect(entryOf('hub.cohort.selected', 99)).toBeUndefined();
    expect(entryOf('toString')).toBeUndefined();
    expect(entryOf('hub.cohort.invented')).toBeUndefined();
  });

  it('reads back the dataschema of every entry', () => {
    for (const { type, version } of catalogue) {
      expect(parseDataSchemaUri(dataSchemaUri(type, version))).toEqual({ type, version });
    }
  });

  it.each([
    '',
    'urn:concordat:schema:hub.cohort.selected',
    'urn:concordat:schema:hub.cohort.selected:0',
    'urn:concordat:schema:hub.cohort.selected:01',
    'urn:concordat:schema:hub.cohort.selected:1 ',
    'urn:concordat:schema:hub:1',
    'https://example.org/hub.cohort.selected/1',
  ])('does not take %j for a dataschema', (uri) => {
    expect(parseDataSchemaUri(uri)).toBeUndefined();
  });
});

const IN_THE_CLEAR = [
  'police.intel.submitted/sourceEvaluation gradingSource',
  'police.intel.submitted/informationAssessment gradingInformation',
  'police.intel.submitted/handlingCode handling',
  'police.iom.flag.set/flag flag',
  'police.iom.flag.set/to flagEnds',
  'police.iom.flag.cleared/flag flag',
  'probation.case.allocated/practitionerId responsible',
  'probation.lao.set/restriction limitedAccess',
  'court.reportingRestriction.imposed/restrictionId restriction',
  'court.reportingRestriction.imposed/ends restrictionEnds',
  'court.reportingRestriction.lifted/restrictionId restriction',
  'hub.management.decided/levels levels',
  'hub.management.decided/mappaCategory mappaCategory',
  'hub.management.decided/management management',
  'hub.cohort.selected/cohort cohort',
  'hub.cohort.deselected/cohort cohort',
  'hub.leadProfessional.appointed/agency responsibleAgency',
  'hub.leadProfessional.appointed/user responsible',
  'hub.leadProfessional.ended/agency responsibleAgency',
  'hub.leadProfessional.ended/user responsible',
  'hub.leadProfessional.handedOver/agency responsibleAgency',
  'hub.leadProfessional.handedOver/user responsible',
  'hub.area.assigned/area area',
  'hub.crossBorder.handoverAccepted/area area',
  'hub.consent.given/consentScope consentScope',
  'hub.consent.withdrawn/consentScope consentScope',
  'hub.subject.informed/noticeVersion informed',
  'hub.subject.informed/told told',
];

const REQUIRED = [
  'police.arrest.recorded',
  'police.arrest.disposed',
  'police.charge.laid',
  'police.drugTest.performed',
  'police.intel.submitted',
  'police.pncOutcome.imported',
  'probation.order.started',
  'probation.licence.activated',
  'probation.licence.varied',
  'probation.licence.ended',
  'probation.breach.initiated',
  'probation.recall.decided',
  'probation.recall.returnedToCustody',
  'probation.riskAssessed',
  'probation.register.added',
  'probation.lao.set',
  'prison.received',
  'prison.released',
  'prison.releasePlanned',
  'court.hearing.resulted',
  'court.outcome.recorded',
  'court.warrant.issued',
  'court.reportingRestriction.imposed',
  'court.reportingRestriction.lifted',
  'housing.placement.started',
  'housing.placement.ended',
  'housing.application.submitted',
  'treatment.referral.made',
  'treatment.started',
  'treatment.attendance.recorded',
  'treatment.ended',
  'youth.case.opened',
  'youth.transition.completed',
  'vcse.engagement.started',
  'vcse.outcome.achieved',
  'health.referral.received',
  'hub.cohort.selected',
  'hub.cohort.deselected',
  'hub.management.decided',
  'hub.leadProfessional.appointed',
  'hub.leadProfessional.ended',
  'hub.needs.assessed',
  'hub.consent.given',
  'hub.consent.withdrawn',
  'hub.subject.informed',
  'hub.referral.raised',
  'hub.singleReferralMeeting.held',
  'hub.responsibility.transferred',
  'hub.case.conferenceHeld',
  'hub.cohort.reviewed',
  'hub.exit.planned',
  'hub.exit.completed',
  'hub.leadProfessional.handoverOffered',
  'hub.leadProfessional.handedOver',
  'hub.area.assigned',
  'hub.crossBorder.handoverOffered',
  'hub.crossBorder.handoverAccepted',
  'hub.crossBorder.handoverCompleted',
  'hub.intervention.planned',
  'hub.intervention.referred',
  'hub.intervention.started',
  'hub.intervention.completed',
];
