import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, entryOf } from '../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { type FactMetadata } from '../../libs/contract/fact.js';
import { parseMoment } from '../../libs/contract/moment.js';
import { type AgreementEvent } from '../../libs/domain/agreement/agreement.js';
import { compile } from '../../libs/domain/agreement/compile.js';
import {
  type Decision,
  type FieldDecision,
  type WithheldReason,
} from '../../libs/domain/agreement/decision.js';
import { type Treatment } from '../../libs/domain/agreement/document.js';
import { evaluate } from '../../libs/domain/agreement/evaluate.js';
import { type OffenderState, UNMANAGED } from '../../libs/domain/casework/offender-state.js';
import {
  agreementOf,
  type Asked,
  historyOf,
  registerOf,
  type ShortAgreement,
  signing,
} from '../../libs/testing/agreements.js';

/** What a party did after an agreement was signed: who, to which agreement, on which day or at which instant. */
interface Happening {
  readonly on: string;
  readonly agreement: string;
  readonly party: string;
  readonly did: 'suspend' | 'resume' | 'terminate';
}

interface Shared {
  readonly as: Treatment;
  readonly clause: string;
}

interface Case {
  readonly title: string;
  readonly requirement: string;
  readonly agreements: readonly string[];
  readonly signed?: Readonly<Record<string, { readonly on?: string; readonly by?: readonly string[] }>>;
  readonly happened?: readonly Happening[];
  readonly fact: {
    readonly publisher: string;
    readonly type: string;
    readonly version?: number;
    readonly received: string;
    readonly handling?: FactMetadata['handling'];
  };
  readonly person?: Partial<OffenderState>;
  readonly recipient: string;
  readonly purpose: string;
  readonly at: string;
  readonly shared: Readonly<Record<string, Shared>>;
  readonly withheld?: Readonly<Record<string, { readonly reason: WithheldReason; readonly clause?: string }>>;
  readonly everythingElse: 'withheld' | Shared;
}

interface Topic {
  readonly topic: string;
  readonly agreements: Readonly<Record<string, Partial<ShortAgreement>>>;
  readonly cases: readonly Case[];
}

const folder = join(import.meta.dirname, 'decisions');
const topics = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Topic);
const cases = topics.flatMap((topic) => topic.cases);

const momentOf = (text: string): number => {
  const from = parseMoment(text)?.from ?? undefined;
  if (from === undefined) throw new Error(`${text} is no moment`);
  return from;
};

/** What had been asked of the agreements of a case, and the days on which they were to begin. */
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

function decide({ fact, recipient, purpose, person, at }: Case, events: readonly AgreementEvent[]): Decision {
  const question = { version: 1, handling: null, ...fact, received: momentOf(fact.received) };
  const table = compile(registerOf(events), catalogue);
  return evaluate(table, question, recipient, purpose, { ...UNMANAGED, ...person }, momentOf(at));
}

/** The decision as a case tells it: what is shared, and what is withheld for a reason that the case gives. */
function told({ fields }: Decision, { withheld = {} }: Case) {
  const shared = fields.flatMap((field) =>
    field.outcome === 'withhold' ? [] : [[field.path, sharedAs(field)] as const],
  );
  const reasons = fields.flatMap((field) =>
    field.outcome === 'withhold' && field.path in withheld ? [[field.path, whyNot(field)] as const] : [],
  );
  return { shared: Object.fromEntries(shared), withheld: Object.fromEntries(reasons) };
}

function sharedAs({ outcome, clause }: Exclude<FieldDecision, { outcome: 'withhold' }>): Shared {
  return { as: outcome, clause };
}

function whyNot({
  reason,
  clause,
}: Extract<FieldDecision, { outcome: 'withhold' }>): Readonly<Record<string, string>> {
  return clause === null ? { reason } : { reason, clause };
}

function expected({ fact, shared, withheld = {}, everythingElse }: Case) {
  if (everythingElse === 'withheld') return { shared, withheld };
  const entry = entryOf(fact.type, fact.version ?? 1);
  const rest = (entry === undefined ? [] : fieldsOf(entry)).filter(({ path }) => !(path in withheld));
  return {
    shared: { ...Object.fromEntries(rest.map(({ path }) => [path, everythingElse])), ...shared },
    withheld,
  };
}

describe.each(topics)('$topic', (topic) => {
  it.each(topic.cases)('$title ($requirement)', (each) => {
    for (const events of historiesOf(topic, each)) {
      expect(told(decide(each, events), each)).toEqual(expected(each));
    }
  });
});

describe('the cases themselves', () => {
  it('are at least eighty, each with a title of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(80);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  it.each(cases)('name a requirement: $title', ({ requirement }) => {
    expect(requirement).toMatch(
      /^(R([1-9]|[1-4]\d|5[0-7])|requirements §3\.[1-7]|design §([1-9]|1[01]))(, (R\d+|design §\d+))*$/,
    );
  });

  it('use every agreement that is written down', () => {
    for (const { agreements, cases: those } of topics) {
      const used = new Set(those.flatMap((each) => each.agreements));
      expect(Object.keys(agreements).filter((name) => !used.has(name))).toEqual([]);
    }
  });
});
