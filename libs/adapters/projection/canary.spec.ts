import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type FactMetadata } from '../../contract/fact.js';
import { startOf } from '../../domain/agreement/decide.js';
import { type AgreementDocument, type Conditions } from '../../domain/agreement/document.js';
import { evaluate } from '../../domain/agreement/evaluate.js';
import { dayOf } from '../../domain/agreement/time.js';
import { type EmergencyEvent } from '../../domain/emergency/emergency.js';
import { documentOf, type ShortClause } from '../../testing/agreements.js';
import { everybodyOf } from '../../testing/everybody.js';
import {
  cameIntoForce,
  changed,
  digestAll,
  openWorld,
  projectAll,
  rebuildAll,
  recordAgreement,
  recordEmergency,
  recordFact,
  withdrew,
  type World,
} from '../../testing/world.js';
import { standingAt } from './standing.js';

const parties = ['police', 'probation', 'housing', 'treatment', 'courts', 'hub'];
const purposes = ['reducing-reoffending', 'resettlement'];
const types = [
  'police.arrest.recorded',
  'police.intel.submitted',
  'probation.riskAssessed',
  'treatment.started',
  'housing.placement.started',
  'court.hearing.listed',
  'hub.needs.assessed',
];

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const selectors = some(sensitivityClasses.map((each) => `class:${each}`));
const ages = fc.constantFrom({ from: 18 }, { to: 17 });

/** Every condition that a clause may have. */
const eachCondition: { readonly [K in keyof Conditions]-?: fc.Arbitrary<NonNullable<Conditions[K]>> } = {
  cohort: fc.constant(['Fixed']),
  level: fc.constant(['Priority']),
  mappa: fc.constantFrom({}, { levels: [2] }, { categories: [1, 2] }),
  management: fc.constantFrom('statutory', 'voluntary'),
  areas: fc.constant(['NW']),
  age: fc.oneof(fc.record({ atQuestion: ages }), fc.record({ atFact: ages })),
  consent: fc.constant(true),
  limitedAccess: some(['NONE', 'RESTRICTED', 'EXCLUDED']),
  handling: some(['P', 'C']),
  grading: fc.constantFrom({ source: [1, 2] }, { information: ['C'] }, { source: [3] }),
  reportingRestrictions: fc.constant('permitted'),
  role: some(['practitioner', 'coordinator']),
  responsibility: fc.constant('case'),
  emergency: fc.constant({ hours: 4000, reviewWithin: 4800 }),
};
const conditionNames = Object.keys(eachCondition) as (keyof Conditions)[];
const occurred = new Set<string>();

const conditions: fc.Arbitrary<Conditions> = fc
  .subarray(conditionNames, { maxLength: 2 })
  .chain((names) =>
    fc.record<Conditions>(Object.fromEntries(names.map((name) => [name, eachCondition[name]]))),
  );

const clause: fc.Arbitrary<ShortClause> = fc
  .record({
    id: fc.constantFrom('one', 'two', 'three'),
    publishers: some(parties),
    recipients: some(parties),
    purposes: some(purposes),
    types: some(types),
    conditions,
    terms: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          effect: fc.constant('permit' as const),
          fields: fc.record({ clear: selectors, generalise: selectors, mask: selectors }),
          reach: fc.constantFrom('history' as const, 'prospective' as const),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          effect: fc.constant('prohibit' as const),
          fields: fc.record({ withhold: selectors }),
        }),
      },
    ),
  })
  .map(({ terms, ...rest }) => ({ ...rest, ...terms }));

const document = (reference: string): fc.Arbitrary<AgreementDocument> =>
  fc.array(clause, { minLength: 1, maxLength: 4 }).map((clauses) =>
    documentOf({
      reference,
      inForceFrom: '2020-01-01',
      expires: '2031-01-01',
      clauses: clauses.map((each, index) => ({ ...each, id: `${each.id}-${index}` })),
    }),
  );

/** Facts that change what is known of a person, as their publishers would send them. */
const changes = {
  cohort: ['hub', 'hub.cohort.selected', { cohort: 'Fixed', decidedBy: 'x' }],
  managed: ['hub', 'hub.management.decided', { levels: ['Priority', 'MAPPA-2'], mappaCategory: '1' }],
  statutory: ['hub', 'hub.management.decided', { levels: ['Priority'], management: 'statutory' }],
  voluntary: ['hub', 'hub.management.decided', { levels: ['Priority'], management: 'voluntary' }],
  informed: ['hub', 'hub.subject.informed', { noticeVersion: '2' }],
  placed: ['hub', 'hub.area.assigned', { area: 'NW' }],
  moved: ['hub', 'hub.crossBorder.handoverAccepted', { area: 'Nextshire' }],
  consented: ['hub', 'hub.consent.given', { consentScope: ['probation:*', 'housing:HLTH'] }],
  withdrew: ['hub', 'hub.consent.withdrawn', { consentScope: ['probation:*', 'housing:HLTH'] }],
  born: ['prison', 'prison.received', { dateOfBirth: '2007-03-17' }],
  grown: ['prison', 'prison.received', { dateOfBirth: '1991-05-17' }],
  marked: ['probation', 'probation.lao.set', { restriction: 'RESTRICTED' }],
  unmarked: ['probation', 'probation.lao.set', { restriction: 'NONE' }],
  restricted: ['courts', 'court.reportingRestriction.imposed', { restrictionId: 'r', ends: '2025-05-01' }],
  lead: ['hub', 'hub.leadProfessional.appointed', { agency: 'housing', user: 'anna' }],
  handed: ['hub', 'hub.leadProfessional.handedOver', { agency: 'probation', user: 'kim' }],
} as const;

type Step =
  | {
      readonly step: 'fact';
      readonly type: string;
      readonly offender: string;
      readonly handling: 'P' | 'C' | null;
      readonly happened: string | undefined;
    }
  | { readonly step: 'change'; readonly change: keyof typeof changes; readonly offender: string }
  | {
      readonly step: 'emergency';
      readonly agency: string;
      readonly offender: string;
      readonly purpose: string;
      readonly isClosed: boolean;
    }
  | { readonly step: 'day' }
  | { readonly step: 'force' | 'suspend' | 'resume'; readonly document: number }
  | { readonly step: 'leave'; readonly document: number; readonly party: string };

const offenders = fc.constantFrom('PAAA', 'PBBB');
const documents = fc.constantFrom(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      step: fc.constant('fact' as const),
      type: fc.constantFrom(...types),
      offender: offenders,
      handling: fc.constantFrom('P' as const, 'C' as const, null, null),
      happened: fc.constantFrom(undefined, '2025-02-01', '2026-01-01'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('change' as const),
      change: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
      offender: offenders,
    }),
  },
  fc.record({
    step: fc.constant('emergency' as const),
    agency: fc.constantFrom(...parties),
    offender: offenders,
    purpose: fc.constantFrom(...purposes),
    isClosed: fc.constantFrom(false, false, true),
  }),
  fc.constant({ step: 'day' as const }),
  fc.record({
    step: fc.constantFrom('force' as const, 'force' as const, 'suspend' as const, 'resume' as const),
    document: documents,
  }),
  fc.record({
    step: fc.constant('leave' as const),
    document: documents,
    party: fc.constantFrom(...parties),
  }),
);

interface Canary {
  readonly text: string;
  /** Undefined where it stands in the envelope's conditions of handling. */
  readonly field: Field | undefined;
  readonly id: string;
}

/** Data in which every leaf holds a text that occurs nowhere else. */
function canaryData(
  type: string,
  canaries: { text: string; field: Field | undefined }[],
  before: number,
): Record<string, unknown> {
  const entry = catalogue.find((each) => each.type === type);
  const data: Record<string, unknown> = {};
  for (const field of entry === undefined ? [] : fieldsOf(entry)) {
    const text = canaryText(before + canaries.length + 1);
    canaries.push({ text, field });
    plant(data, field.steps, text);
  }
  return data;
}

function canaryText(number: number): string {
  return `zq${number.toString(36).padStart(6, '0')}qz`;
}

function plant(
  target: Record<string, unknown>,
  [first, second, ...rest]: readonly string[],
  text: string,
): void {
  if (first === undefined) return;
  if (second === undefined) target[first] = text;
  else if (second === '[]') plant(((target[first] ??= [{}]) as [Record<string, unknown>])[0], rest, text);
  else plant((target[first] ??= {}) as Record<string, unknown>, [second, ...rest], text);
}

const START = startOf('2025-01-01');
const DAYS = 20 * 86_400_000;

/** One life of two people: every step twenty days after the one before. */
async function live(
  world: World,
  documents: readonly AgreementDocument[],
  steps: readonly Step[],
): Promise<readonly Canary[]> {
  const canaries: Canary[] = [];
  const status = new Map<number, 'in-force' | 'suspended'>();
  const agree = (index: number, to: 'suspend' | 'resume' | 'force', at: number): Promise<void> => {
    const chosen = documents[index];
    const before = status.get(index);
    if (chosen === undefined) return Promise.resolve();
    if (before === undefined) {
      status.set(index, 'in-force');
      return recordAgreement(world.log, ...cameIntoForce(chosen, at));
    }
    if (to === 'force' || (to === 'suspend') === (before === 'suspended')) return Promise.resolve();
    status.set(index, to === 'suspend' ? 'suspended' : 'in-force');
    return recordAgreement(
      world.log,
      changed(chosen, to === 'suspend' ? 'agreement.suspended' : 'agreement.resumed', at),
    );
  };
  for (const [index, each] of steps.entries()) {
    const at = START + index * DAYS;
    switch (each.step) {
      case 'fact':
        canaries.push(...(await plantFact(world, each, at, canaries.length)));
        break;
      case 'change':
        await changeState(world, each, at);
        break;
      case 'emergency':
        await recordEmergency(world.log, ...emergencyOf(each, `e${index}`, at));
        break;
      case 'day':
        await recordAgreement(world.log, { type: 'clock.dayBegan', day: dayOf(at), at });
        break;
      case 'leave': {
        const left = documents[each.document];
        if (left !== undefined && status.has(each.document))
          await recordAgreement(world.log, withdrew(left, each.party, at));
        break;
      }
      default:
        await agree(each.document, each.step, at);
    }
  }
  return canaries;
}

async function plantFact(
  world: World,
  { type, offender, handling, happened }: Extract<Step, { step: 'fact' }>,
  received: number,
  before: number,
): Promise<readonly Canary[]> {
  const [kind = ''] = type.split('.');
  const publisher = kind === 'court' ? 'courts' : kind;
  const planted: { text: string; field: Field | undefined }[] = [];
  const data = canaryData(type, planted, before);
  const graded = type === 'police.intel.submitted' ? { sourceEvaluation: 2, informationAssessment: 'C' } : {};
  const conditions = canaryText(before + planted.length + 1);
  if (handling === 'C') planted.push({ text: conditions, field: undefined });
  const id = await recordFact(world, {
    offender,
    publisher,
    type,
    handling,
    received,
    ...(happened !== undefined && { happened }),
    ...(handling === 'C' && { handlingConditions: conditions }),
    data: { ...data, ...graded },
  });
  const isGraded = (path = ''): boolean => path in graded;
  return planted.filter(({ field }) => !isGraded(field?.path)).map((canary) => ({ ...canary, id }));
}

async function changeState(
  world: World,
  { change, offender }: Extract<Step, { step: 'change' }>,
  received: number,
): Promise<void> {
  const [publisher, type, data] = changes[change];
  await recordFact(world, { offender, publisher, type, data, received });
}

function emergencyOf(
  { agency, offender, purpose, isClosed }: Extract<Step, { step: 'emergency' }>,
  id: string,
  at: number,
): readonly EmergencyEvent[] {
  const step = { id, by: { agency, team: agency, user: 'anna' }, reason: 'a threat to life', at };
  const [until, reviewDue] = [at + 4 * DAYS, at + 8 * DAYS];
  const opened = {
    ...step,
    type: 'emergency.opened' as const,
    offender,
    purpose,
    clauses: [],
    until,
    reviewDue,
  };
  return isClosed ? [opened, { ...step, type: 'emergency.closed' }] : [opened];
}

/** The canaries that `evaluate` lets somebody of an agency have in the clear for some purpose, as the log stands. */
async function permitted(
  world: World,
  agency: string,
  canaries: readonly Canary[],
): Promise<ReadonlySet<string>> {
  const standing = await standingAt(world.log, await world.log.head());
  const { asOf } = standing.register();
  const allowed = new Set<string>();
  for await (const event of world.log.readAll(0)) {
    if (!event.stream.startsWith('offender-')) continue;
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    const state = standing.state(metadata.offender);
    const planted = canaries.filter(({ id }) => id === event.id);
    for (const purpose of purposes) {
      const isOpen = state.emergencies.some(
        (each) => each.agency === agency && each.purpose === purpose && each.until > asOf,
      );
      for (const each of everybodyOf(agency, isOpen)) {
        const fact = { ...metadata, type: event.type };
        const { fields, shares } = evaluate(standing.table(), fact, each, purpose, state, asOf);
        const clear = new Set(fields.flatMap(({ path, outcome }) => (outcome === 'clear' ? [path] : [])));
        planted
          .filter(({ field }) => (travels(field) ? shares : clear.has(field?.path ?? '')))
          .forEach(({ text }) => allowed.add(text));
      }
    }
  }
  return allowed;
}

/** Conditions of handling go wherever anything of their fact goes (R51). */
function travels(field: Field | undefined): boolean {
  return field === undefined || field.path === 'handlingConditions';
}

function found(folder: string, agency: string): ReadonlySet<string> {
  const files = readdirSync(join(folder, 'read')).filter((name) => name.startsWith(`${agency}.sqlite`));
  const bytes = files.map((name) => readFileSync(join(folder, 'read', name), 'latin1')).join('\n');
  return new Set(bytes.match(/zq[0-9a-z]{6}qz/gi)?.map((text) => text.toLowerCase()));
}

describe("an agency's read model", () => {
  it('holds in its very bytes nothing that evaluate does not grant it, and everything that it does', async () => {
    await fc.assert(
      fc.asyncProperty(
        document('first'),
        document('second'),
        fc.array(step, { minLength: 4, maxLength: 14 }),
        async (first, second, steps) => {
          const world = await openWorld();
          try {
            const canaries = await live(world, [first, second], steps);
            const open = new Map<string, readonly string[]>();
            const look = (folder: string): void =>
              agencies.forEach(({ id }) => open.set(id, [...found(folder, id)].sort()));
            const folders = [await projectAll(world, 'live', look), await rebuildAll(world, 'rebuilt')];
            const [following, rebuilt] = folders.map(digestAll);
            expect(following).toEqual(rebuilt);
            for (const { conditions = {} } of [first, second].flatMap(({ clauses }) => clauses))
              Object.keys(conditions).forEach((name) => occurred.add(name));
            for (const { id } of agencies) {
              const allowed = [...(await permitted(world, id, canaries))].sort();
              expect(open.get(id)).toEqual(allowed);
              for (const folder of folders) expect([...found(folder, id)].sort()).toEqual(allowed);
            }
          } finally {
            await world.close();
          }
        },
      ),
      { numRuns: 25 },
    );
    expect([...occurred].sort()).toEqual([...conditionNames].sort());
  }, 120_000);
});
