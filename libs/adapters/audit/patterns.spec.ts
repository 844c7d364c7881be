import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { MOST_DAYS } from '../../domain/audit/questions.js';
import { offenderIdFrom } from '../../domain/identity/offender-id.js';
import { recordDisclosure } from '../../testing/disclosures.js';
import { openWorld, recordFact, type World } from '../../testing/world.js';
import { patternsIn } from './patterns.js';

const sam = offenderIdFrom(new Uint8Array(10).fill(3));
const MONDAY = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const period = { from: MONDAY, to: MONDAY + DAY };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const found = async (question = period) => patternsIn(world.log, question, { upTo: await world.log.head() });

const look = (agency: string): Promise<number> =>
  recordDisclosure(world.log, {
    agency,
    user: 'officer',
    at: MONDAY,
    facts: [{ position: 1, offender: sam, shown: {} }],
  });

it('knows whose case it was when each answer was made', async () => {
  const before = await look('probation');
  await recordFact(world, {
    offender: sam,
    publisher: 'hub',
    type: 'hub.leadProfessional.appointed',
    data: { agency: 'probation', user: 'officer', professional: 'An officer' },
  });
  await look('probation');
  const findings = await found();
  expect(findings.map(({ rule, positions }) => [rule, positions])).toEqual([
    ['without-responsibility', [String(before)]],
  ]);
  expect(findings[0]?.figures).toContainEqual({ name: 'answers', value: 2 });
});

it("leaves auditors' own readings out, and other agencies when one is asked about", async () => {
  await look('auditor');
  expect(await found()).toEqual([]);
  await look('housing');
  expect(await found()).toHaveLength(1);
  expect(await patternsIn(world.log, { ...period, agency: 'police' }, { upTo: 9 })).toEqual([]);
});

it.each([
  ['audit-unbounded', { from: 0, to: (MOST_DAYS + 1) * DAY }],
  ['period', { from: 1, to: 1 }],
  ['agency', { ...period, agency: 'nobody' }],
])('is refused: %s', async (code, question) => {
  await expect(found(question)).rejects.toMatchObject({ code });
});
