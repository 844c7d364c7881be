import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type AgreementDocument, type Clause } from '../../domain/agreement/document.js';
import { evaluate } from '../../domain/agreement/evaluate.js';
import {
  cameIntoForce,
  changed,
  openWorld,
  projectAll,
  rebuildAll,
  recordAgreement,
  recordFact,
  type World,
} from '../../testing/world.js';
import { standingAt } from './standing.js';

const parties = ['police', 'probation', 'housing', 'treatment', 'hub'];
const purposes = ['reducing-reoffending', 'resettlement'];
const types = [
  'police.arrest.recorded',
  'treatment.started',
  'housing.placement.started',
  'hub.needs.assessed',
  'hub.cohort.selected',
];

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });
const selectors = some(sensitivityClasses.map((each) => `class:${each}`));

const clause: fc.Arbitrary<Clause> = fc
  .record({
    id: fc.constantFrom('one', 'two', 'three'),
    publishers: some(parties),
    recipients: some(parties),
    purposes: some(purposes),
    types: some(types),
    conditions: fc.constantFrom(
      { cohort: ['Fixed'] },
      { level: ['Priority'] },
      { consent: true as const },
      {},
    ),
    terms: fc.oneof(
      fc.record({
        effect: fc.constant('permit' as const),
        clear: selectors,
        generalise: selectors,
        mask: selectors,
        reach: fc.constantFrom('history' as const, 'prospective' as const),
      }),
      fc.record({ effect: fc.constant('prohibit' as const), withhold: selectors }),
    ),
  })
  .map(({ terms, ...rest }) => {
    const { effect, ...fields } = terms;
    const { reach, ...treatments } = 'reach' in fields ? fields : { reach: undefined, ...fields };
    return {
      ...rest,
      effect,
      fields: treatments,
      ...(reach && { reach }),
      gateway: 'x',
      lawfulBasis: 'x',
    } as Clause;
  });

const document = (reference: string): fc.Arbitrary<AgreementDocument> =>
  fc.array(clause, { minLength: 1, maxLength: 3 }).map((clauses) => ({
    reference,
    title: 'x',
    version: 1,
    parties: parties.map((agency) => ({ agency, regime: 'part-3' as const, contact: 'x' })),
    purposes: purposes.map((id) => ({ id, description: 'x' })),
    inForceFrom: '2020-01-01',
    reviewDue: '2030-01-01',
    expires: '2031-01-01',
    clauses: clauses.map((each, index) => ({ ...each, id: `${each.id}-${index}` })),
  }));

type Step =
  | {
      readonly step: 'fact';
      readonly type: string;
      readonly offender: string;
      readonly handling: 'P' | 'C' | null;
    }
  | { readonly step: 'cohort' | 'consent' | 'withdraw'; readonly offender: string }
  | { readonly step: 'force' | 'suspend' | 'resume'; readonly document: number };

const offenders = fc.constantFrom('PAAA', 'PBBB');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('fact' as const),
      type: fc.constantFrom(...types.slice(0, 4)),
      offender: offenders,
      handling: fc.constantFrom('P' as const, 'C' as const, null, null),
    }),
  },
  fc.record({
    step: fc.constantFrom('cohort' as const, 'consent' as const, 'withdraw' as const),
    offender: offenders,
  }),
  fc.record({
    step: fc.constantFrom('force' as const, 'force' as const, 'suspend' as const, 'resume' as const),
    document: fc.constantFrom(0, 1),
  }),
);

interface Canary {
  readonly text: string;
  readonly field: Field;
  readonly id: string;
}

/** Data in which every leaf holds a text that occurs nowhere else. */
function canaryData(type: string, canaries: { text: string; field: Field }[]): Record<string, unknown> {
  const entry = catalogue.find((each) => each.type === type);
  const data: Record<string, unknown> = {};
  for (const field of entry === undefined ? [] : fieldsOf(entry)) {
    const text = `zq${(canaries.length + 1).toString(36).padStart(6, '0')}qz`;
    canaries.push({ text, field });
    plant(data, field.steps, text);
  }
  return data;
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

async function live(
  world: World,
  documents: readonly AgreementDocument[],
  steps: readonly Step[],
): Promise<readonly Canary[]> {
  const canaries: Canary[] = [];
  const begun = new Set<number>();
  const planted: { text: string; field: Field }[] = [];
  for (const [index, each] of steps.entries()) {
    const at = 1000 + index * 10;
    if (each.step === 'fact') {
      const before = planted.length;
      const { type, offender, handling } = each;
      const publisher = type.split('.')[0] ?? '';
      const id = await recordFact(world, {
        offender,
        publisher,
        type,
        handling,
        received: at,
        data: canaryData(type, planted),
      });
      canaries.push(...planted.slice(before).map((canary) => ({ ...canary, id })));
    } else if ('offender' in each) await changeState(world, each);
    else {
      const chosen = documents[each.document];
      if (chosen === undefined) continue;
      if (!begun.has(each.document)) await recordAgreement(world.log, ...cameIntoForce(chosen, at));
      else if (each.step !== 'force')
        await recordAgreement(
          world.log,
          changed(chosen, each.step === 'suspend' ? 'agreement.suspended' : 'agreement.resumed', at),
        );
      begun.add(each.document);
    }
  }
  return canaries;
}

async function changeState(
  world: World,
  { step, offender }: { readonly step: 'cohort' | 'consent' | 'withdraw'; readonly offender: string },
): Promise<void> {
  const given = { offender, publisher: 'hub', received: 1 };
  const scope = { consentScope: ['probation:*', 'housing:HLTH'], formVersion: '1' };
  if (step === 'cohort')
    await recordFact(world, {
      ...given,
      type: 'hub.cohort.selected',
      data: { cohort: 'Fixed', decidedBy: 'x' },
    });
  else
    await recordFact(world, {
      ...given,
      type: `hub.consent.${step === 'consent' ? 'given' : 'withdrawn'}`,
      data: scope,
    });
}

/** The canaries that `evaluate` lets an agency have in the clear for some purpose, as the log stands. */
async function permitted(
  world: World,
  agency: string,
  canaries: readonly Canary[],
): Promise<ReadonlySet<string>> {
  const standing = await standingAt(world.log, await world.log.head());
  const allowed = new Set<string>();
  for await (const event of world.log.readAll(0)) {
    if (!event.stream.startsWith('offender-')) continue;
    const metadata = JSON.parse(event.metadata) as Parameters<typeof evaluate>[1] & { offender: string };
    for (const purpose of purposes) {
      const state = standing.state(metadata.offender);
      const { fields } = evaluate(
        standing.table(),
        { ...metadata, type: event.type },
        agency,
        purpose,
        state,
        standing.register().asOf,
      );
      const clear = new Set(fields.filter(({ outcome }) => outcome === 'clear').map(({ path }) => path));
      canaries
        .filter(({ id, field }) => id === event.id && clear.has(field.path))
        .forEach(({ text }) => allowed.add(text));
    }
  }
  return allowed;
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
  }, 120_000);
});
