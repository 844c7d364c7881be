import { afterEach, describe, expect, it } from '@jest/globals';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog, type LoggedEvent } from '../../libs/adapters/event-log/event-log.js';
import { type Disclosure, isDisclosure } from '../../libs/domain/disclosure/disclosure.js';
import { byPnc, coreAgreement, eventOf } from './fixtures.js';
import { runHub, type RunningHub } from './running-hub.js';

const purpose = 'reducing-reoffending';
const LOOPS = 12;
/** How far the read models lag behind the log (ms), so that whoever does not wait for them shows too much. */
const LAG = 40;
const ATTENDANCE = 'treatment.attendance.recorded';

interface Question {
  readonly query: string;
  readonly agency: string;
}

interface Given {
  readonly isAfter: boolean;
  readonly text: string;
  readonly cacheControl: string | null;
}

/** Asks over HTTP in loops that never pause, and notes of each answer whether its question began after the end. */
async function asking(hub: RunningHub, questions: readonly Question[], end: () => Promise<void>) {
  await hub.app.listen(0, '127.0.0.1');
  const url = `${await hub.app.getUrl()}/graphql`;
  const given: Given[] = [];
  let isOver = false;
  let isStopped = false;
  const loop = async ({ query, agency }: Question): Promise<void> => {
    const token = await hub.token(agency, ['practitioner'], [purpose]);
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-purpose': purpose,
    };
    while (!isStopped) {
      const isAfter = isOver;
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      given.push({ isAfter, text: await answer.text(), cacheControl: answer.headers.get('cache-control') });
    }
  };
  const loops = Array.from({ length: LOOPS }, (_, index) =>
    loop(questions[index % questions.length] ?? { query: '', agency: '' }),
  );
  const count = (isAfter: boolean): number => given.filter((each) => each.isAfter === isAfter).length;
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await until(() => count(false) >= 2 * LOOPS);
  await end();
  const position = await hub.log.head();
  isOver = true;
  await until(() => count(true) >= 4 * LOOPS);
  isStopped = true;
  await Promise.all(loops);
  return { given, position };
}

describe('what has ended is shown nowhere once its end is acknowledged', () => {
  let hub: RunningHub | undefined;
  let isLagging = false;
  let passed = 0;
  afterEach(async () => {
    await hub?.close();
    hub = undefined;
    isLagging = false;
    passed = 0;
  });

  const lag = ({ type }: LoggedEvent): Promise<unknown> =>
    isLagging && !isDisclosure(type) ? new Promise((resolve) => setTimeout(resolve, LAG)) : Promise.resolve();

  /** A hub with two arrests and an attendance, in force under this agreement. */
  async function begun(
    yaml = coreAgreement,
  ): Promise<{ readonly started: RunningHub; readonly person: string }> {
    const openLog = async (file: string): Promise<EventLog> => {
      const log = await openEmbeddedLog(file);
      return { ...log, follow: (...from) => delayed(log.follow(...from), lag) };
    };
    const started = await runHub({ openLog, clock: () => Date.now() + passed });
    hub = started;
    await started.bringIntoForce(yaml);
    const { body } = await started.publish('police', eventOf('police.arrest.recorded'));
    await started.publish('police', eventOf('police.arrest.recorded'));
    await started.publish('treatment', eventOf(ATTENDANCE));
    await started.publish('hub', eventOf('hub.consent.given', { consentScope: ['police:HLTH'] }));
    await started.publish('hub', eventOf('hub.cohort.selected', { cohort: 'Fixed' }));
    await started.settle();
    isLagging = true;
    return { started, person: String(body.offender) };
  }

  /** Questions of one agency: by number, by id, by name, and the rest of a list whose first page was read before. */
  async function questionsOf(
    { ask }: RunningHub,
    agency: string,
    person: string,
  ): Promise<readonly Question[]> {
    const page = (first: number, after = ''): string =>
      `{ offender(id: "${person}") { timeline(first: ${first}, order: received${after}) {
        edges { node { type fields { name value clause } } } pageInfo { endCursor } } } }`;
    const { body } = await ask(agency, page(1));
    const cursor = String(body.data?.offender?.timeline?.pageInfo?.endCursor);
    const named =
      '{ offenders(search: { familyName: "Synth" }) { edges { node { identity { familyName } } } } }';
    return [byPnc, page(50), page(50, `, after: "${cursor}"`), named].map((query) => ({ query, agency }));
  }

  /** Nothing of `shown`, and no record that names the clause, after the end; both before it. */
  async function expectGone(
    started: RunningHub,
    agency: string,
    { person, shown, clause }: { readonly person: string; readonly shown: RegExp; readonly clause: string },
    end: () => Promise<unknown>,
  ): Promise<void> {
    const questions = await questionsOf(started, agency, person);
    const { given, position } = await asking(started, questions, async () => {
      await end();
    });
    const before = given.filter(({ isAfter }) => !isAfter);
    const after = given.filter(({ isAfter }) => isAfter);
    expect(before.filter(({ text }) => shown.test(text)).length).toBeGreaterThan(LOOPS);
    expect(after.filter(({ text }) => shown.test(text))).toEqual([]);
    expect(after.filter(({ text }) => !text.includes('"errors"')).length).toBeGreaterThan(0);
    expect(new Set(given.map(({ cacheControl }) => cacheControl))).toEqual(new Set(['no-store']));
    const heldBack = given.filter(({ text }) => text.includes('changed-meanwhile')).length;
    const records = await recordsNaming(started.log, agency, clause);
    expect(records.filter((each) => each <= position).length).toBeGreaterThan(LOOPS);
    expect(records.filter((each) => each > position).length).toBeLessThanOrEqual(heldBack);
    const last = await started.log.head();
    for (const { query } of questions) await started.ask(agency, query);
    expect((await recordsNaming(started.log, agency, clause)).filter((each) => each > last)).toEqual([]);
  }

  const steps = (started: RunningHub): Agreements => started.app.get<Agreements>(AGREEMENTS);
  const signatory = (agency: string) => ({
    agency,
    user: 'signatory',
    roles: ['signatory' as const],
    purposes: [],
    expires: 1e12,
  });
  const core = { reference: 'core', version: 1, reason: 'for the test' };
  const ofPolice = { shown: /Synthetic/, clause: 'core/1#police-to-probation' };

  it('by a suspension', async () => {
    const { started, person } = await begun();
    await expectGone(started, 'probation', { person, ...ofPolice }, () => started.change('suspend', 'core'));
  });

  it('by a next version that leaves the field out', async () => {
    const { started, person } = await begun();
    const next = coreAgreement
      .replace('version: 1', 'version: 2')
      .replace(
        "clear: ['class:ID', 'class:PERS', 'class:CJF', 'class:LOC']",
        "clear: ['class:ID', 'class:CJF']",
      );
    await expectGone(started, 'probation', { person, ...ofPolice }, () => started.bringIntoForce(next));
    expect((await started.ask('probation', byPnc)).text).toContain('core/2#police-to-probation');
  });

  it('by its last day', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { started, person } = await begun(
      coreAgreement.replace('2030-01-01', tomorrow).replace('2031-01-01', tomorrow),
    );
    await expectGone(started, 'probation', { person, ...ofPolice }, () => {
      passed = 25 * 3_600_000;
      return Promise.resolve();
    });
  });

  it('by the withdrawal of the party that shares it, which ends nothing of the others', async () => {
    const { started, person } = await begun();
    await expectGone(started, 'probation', { person, ...ofPolice }, () =>
      steps(started).change(signatory('police'), 'withdraw', core),
    );
    const { text } = await started.ask(
      'probation',
      `{ offender(id: "${person}") { management { cohorts } } }`,
    );
    expect(text).toContain('Fixed');
  });

  it('by the withdrawal of the party that receives it', async () => {
    const { started, person } = await begun();
    await expectGone(started, 'probation', { person, ...ofPolice }, () =>
      steps(started).change(signatory('probation'), 'withdraw', core),
    );
  });

  it('by the withdrawal of consent', async () => {
    const { started, person } = await begun();
    const attendance = { person, shown: new RegExp(ATTENDANCE), clause: 'core/1#attendance-to-police' };
    await expectGone(started, 'police', attendance, () =>
      started.publish('hub', eventOf('hub.consent.withdrawn', { consentScope: ['police:HLTH'] })),
    );
  });

  it('by deselection from the cohort', async () => {
    const { started, person } = await begun(
      coreAgreement.replace(
        "types: ['police.*']",
        "types: ['police.*']\n    conditions: { cohort: [Fixed] }",
      ),
    );
    await expectGone(started, 'probation', { person, ...ofPolice }, () =>
      started.publish('hub', eventOf('hub.cohort.deselected', { cohort: 'Fixed' })),
    );
  });
});

async function recordsNaming(log: EventLog, agency: string, clause: string): Promise<readonly number[]> {
  const positions: number[] = [];
  for await (const { position, metadata } of log.readStream(`disclosure-${agency}`)) {
    const { facts, confirmed } = JSON.parse(metadata) as Disclosure;
    const clauses = [
      ...facts.flatMap(({ shown }) => Object.keys(shown)),
      ...confirmed.flatMap((each) => each.clauses),
    ];
    if (clauses.includes(clause)) positions.push(position);
  }
  return positions;
}

async function* delayed(
  events: AsyncIterable<LoggedEvent>,
  wait: (event: LoggedEvent) => Promise<unknown>,
): AsyncGenerator<LoggedEvent> {
  for await (const event of events) {
    await wait(event);
    yield event;
  }
}
