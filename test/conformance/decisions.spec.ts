import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { type Moment, parseMoment, UNKNOWN_MOMENT } from '../../libs/contract/moment.js';
import { type AgreementEvent } from '../../libs/domain/agreement/agreement.js';
import { type Decision, type FieldDecision } from '../../libs/domain/agreement/decision.js';
import { anybodyOf, type Recipient } from '../../libs/domain/agreement/recipient.js';
import { UNMANAGED } from '../../libs/domain/casework/offender-state.js';
import { agreementOf, type Asked, historyOf, signing } from '../../libs/testing/agreements.js';
import { type Question } from '../../libs/testing/arbitrary-questions.js';
import { ask, tableOf } from '../../libs/testing/asking.js';
import { naiveDecision } from '../../libs/testing/naive-decision.js';
import { type Case, readTopic, readTopics, type Topic } from './decision-topic.js';

const topics = readTopics();
const cases = topics.flatMap((topic) => topic.cases);

const momentOf = (text: string): number => {
  const from = parseMoment(text)?.from ?? undefined;
  if (from === undefined) throw new Error(`${text} is no moment`);
  return from;
};

/** The agreements of a case, what had been asked of them, and the days on which they were to begin. */
function storyOf({ agreements: known }: Topic, { agreements, signed, happened }: Case) {
  const documents = new Map(
    agreements.map((name) => {
      const short = known[name];
      if (short?.clauses === undefined) throw new Error(`the agreement ${name} is not in this file`);
      return [name, agreementOf({ reference: name, ...short, clauses: short.clauses })];
    }),
  );
  const signings = [...documents].flatMap(([name, document]) => {
    const { on = document.inForceFrom, by } = signed?.[name] ?? {};
    return signing(document, momentOf(on), by);
  });
  const changes = (happened ?? []).map(({ on, agreement, party, did }): Asked => {
    const document = documents.get(agreement);
    if (document === undefined) throw new Error(`the agreement ${agreement} is not in this case`);
    const { reference, version } = document;
    const by = { agency: party, user: `signatory of ${party}` };
    return { reference, command: { type: did, version, reason: 'as the case says', by, at: momentOf(on) } };
  });
  return {
    documents: [...documents.values()],
    asked: [...signings, ...changes],
    days: [...documents.values()].map((each) => momentOf(each.inForceFrom)),
  };
}

/** What the log may hold when the question is answered: before or after the clock's last tick, or long afterwards. */
function historiesOf(topic: Topic, each: Case): readonly (readonly AgreementEvent[])[] {
  const at = momentOf(each.at);
  const { asked, days } = storyOf(topic, each);
  const before = asked.filter(({ command }) => command.at <= at);
  const begun = days.filter((day) => day <= at);
  return [
    historyOf(before, begun),
    historyOf(before, [...begun, at]),
    historyOf(asked, [...days, at, momentOf('2031-01-01')]),
  ];
}

function questionOf({ fact, recipient, purpose, person = {}, at }: Case): Question {
  const { version = 1, handling = null, grading = {}, happened, ...rest } = fact;
  const restrictions = (person.restrictions ?? []).map(({ by, until }) => ({
    by,
    until: until === null ? null : momentOf(until),
  }));
  return {
    fact: {
      ...rest,
      version,
      handling,
      received: momentOf(fact.received),
      happened: momentFrom(happened),
      control: {
        ...(grading.source !== undefined && { gradingSource: String(grading.source) }),
        ...(grading.information !== undefined && { gradingInformation: grading.information }),
      },
    },
    recipient: recipientOf(recipient),
    purpose,
    state: { ...UNMANAGED, ...person, restrictions },
    at: momentOf(at),
  };
}

function momentFrom(happened: string | null = null): Moment {
  if (happened === null) return UNKNOWN_MOMENT;
  const moment = parseMoment(happened);
  if (moment === undefined) throw new Error(`${happened} is no moment`);
  return moment;
}

function recipientOf(recipient: Case['recipient']): Recipient {
  if (typeof recipient === 'string') return anybodyOf(recipient);
  return { ...anybodyOf(recipient.agency), ...recipient };
}

/** The decision as a case tells it: what is shared, and what is withheld for a reason that the case gives. */
function told({ fields }: Decision, { withheld = {}, nothing }: Case) {
  const shared = fields.flatMap((field) =>
    field.outcome === 'withhold' ? [] : [[field.path, { as: field.outcome, clause: field.clause }] as const],
  );
  const reasons = fields.flatMap((field) =>
    field.outcome === 'withhold' && (nothing !== undefined || field.path in withheld)
      ? [[field.path, whyNot(field)] as const]
      : [],
  );
  return { shared: Object.fromEntries(shared), withheld: Object.fromEntries(reasons) };
}

function whyNot({
  reason,
  clause,
}: Extract<FieldDecision, { outcome: 'withhold' }>): Readonly<Record<string, string>> {
  return clause === null ? { reason } : { reason, clause };
}

function pathsOf({ fact }: Case): readonly string[] {
  const entry = entryOf(fact.type, fact.version ?? 1);
  return (entry === undefined ? [] : fieldsOf(entry)).map(({ path }) => path);
}

function expected(each: Case) {
  const { shared = {}, withheld = {}, nothing, everythingElse = 'withheld' } = each;
  const all = <Value>(value: Value) => Object.fromEntries(pathsOf(each).map((path) => [path, value]));
  if (nothing !== undefined) return { shared, withheld: { ...all({ reason: nothing }), ...withheld } };
  if (everythingElse === 'withheld') return { shared, withheld };
  const rest = Object.entries(all(everythingElse)).filter(([path]) => !(path in withheld));
  return { shared: { ...Object.fromEntries(rest), ...shared }, withheld };
}

describe.each(topics)('$topic', (topic) => {
  it.each(topic.cases)('$title ($requirement)', (each) => {
    const { documents } = storyOf(topic, each);
    for (const events of historiesOf(topic, each)) {
      const decision = ask(tableOf(events), questionOf(each));
      expect(told(decision, each)).toEqual(expected(each));
      expect(decision.fields).toEqual(naiveDecision({ documents, events }, questionOf(each)));
    }
  });
});

describe('the cases themselves', () => {
  it('are at least three hundred, each with a title of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    const titles = cases.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) < index)).toEqual([]);
  });

  it('each name a requirement', () => {
    const requirement =
      /^(R([1-9]|[1-4]\d|5[0-7])|requirements §3\.[1-7]|design §([1-9]|1[01])|beyond the peers ([1-9]|1\d|2[0-5]))(, (?=[Rrdb]).+)?$/;
    const parts = cases.flatMap((each) => each.requirement.split(', '));
    expect(parts.filter((each) => !requirement.test(each))).toEqual([]);
  });

  it('each say what is shared, or why something is not', () => {
    const mute = cases.filter(
      ({ shared = {}, withheld = {}, nothing, everythingElse }) =>
        Object.keys({ ...shared, ...withheld }).length === 0 &&
        nothing === undefined &&
        typeof everythingElse !== 'object',
    );
    expect(mute.map(({ title }) => title)).toEqual([]);
  });

  it('say that nothing is shared or that something is, not both; and no type is unknown that is not', () => {
    const contradictory = cases.filter(
      ({ shared = {}, nothing, everythingElse = 'withheld' }) =>
        nothing !== undefined && (Object.keys(shared).length > 0 || everythingElse !== 'withheld'),
    );
    expect(contradictory).toEqual([]);
    const unknown = cases.filter(({ nothing }) => nothing === 'unknown-type');
    expect(unknown.flatMap(pathsOf)).toEqual([]);
    const known = cases.filter((each) => pathsOf(each).length === 0 && each.nothing !== 'unknown-type');
    expect(known).toEqual([]);
  });

  it('speak only of fields that the event type has', () => {
    const unknown = cases.flatMap((each) =>
      Object.keys({ ...each.shared, ...each.withheld }).filter((path) => !pathsOf(each).includes(path)),
    );
    expect(unknown).toEqual([]);
  });

  it('use every agreement that is written down', () => {
    for (const { agreements, cases: those } of topics) {
      const used = new Set(those.flatMap((each) => each.agreements));
      expect(Object.keys(agreements).filter((name) => !used.has(name))).toEqual([]);
    }
  });

  it.each([
    ['a case', { title: 'a', requirement: 'R4', happend: [] }],
    ['a person', { title: 'a', requirement: 'R4', person: { cohort: ['Fixed'] } }],
    ['a fact', { title: 'a', requirement: 'R4', fact: { handlingCode: 'C' } }],
    [
      'a recipient',
      { title: 'a', requirement: 'R4', recipient: { agency: 'police', role: ['practitioner'] } },
    ],
    [
      'a happening',
      {
        title: 'a',
        requirement: 'R4',
        happened: [{ on: '2025-01-01', agreement: 'any', party: 'police', did: 'suspend', why: 'none' }],
      },
    ],
  ])('cannot be mistyped: a word that nobody knows in %s is refused', (_, mistyped) => {
    const usually = {
      agreements: [],
      fact: { publisher: 'police', type: 'police.arrest.recorded', received: '2025-01-01' },
      recipient: 'probation',
      purpose: 'supervision',
      at: '2025-01-01',
    };
    const topic = (each: object) => ({ topic: 'any', agreements: {}, usually, cases: [each] });
    expect(() => readTopic(topic({ title: 'a', requirement: 'R4' }))).not.toThrow();
    expect(() => readTopic(topic(mistyped))).toThrow('additional');
  });
});
