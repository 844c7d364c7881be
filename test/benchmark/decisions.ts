import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { compile } from '../../libs/domain/agreement/compile.js';
import { type Decision } from '../../libs/domain/agreement/decision.js';
import { evaluate } from '../../libs/domain/agreement/evaluate.js';
import { documentOf, inForceRegister, type ShortClause } from '../../libs/testing/agreements.js';
import { benchmarkClauses } from './decision-clauses.js';
import { type Asked, type Engine, questions } from './decision-questions.js';
import { casbinEngine } from './decisions-casbin.js';
import { cedarEngine } from './decisions-cedar.js';
import { type Figure, perSecond } from './measure.js';

const QUESTIONS = 200;
const COMPARED = 100;

type MakeEngine = (clauses: readonly ShortClause[]) => Engine | Promise<Engine>;

/**
 * One decision of ours is about a whole fact: the outcome of every field, with the clause. Cedar and casbin decide one
 * field at a time, so they are timed for one field and for all fields of a fact, and once more with their policies laid
 * out beforehand by recipient and purpose, as our table is. All give the same outcomes, or there are no figures.
 */
export async function measureDecisions(): Promise<readonly Figure[]> {
  const clauses = benchmarkClauses();
  const document = documentOf({
    reference: 'bench',
    inForceFrom: '2020-01-01',
    expires: '2031-01-01',
    clauses,
  });
  const table = compile(inForceRegister([document]), catalogue);
  const all = questions(QUESTIONS);
  const ours = ({ fact, recipient, purpose, state, at }: Asked): Decision =>
    evaluate(table, fact, recipient, purpose, state, at);
  const value = microseconds(all, ours, 100);
  const floor = { name: 'our decision about a whole fact', value };
  const cedar: MakeEngine = (some) => cedarEngine(some, document);
  const casbin: MakeEngine = (some) => casbinEngine(some, document);
  const engines = {
    Cedar: await cedar(clauses),
    'Cedar, by recipient and purpose': await byRecipientAndPurpose(clauses, cedar),
    casbin: await casbin(clauses),
    'casbin, by recipient and purpose': await byRecipientAndPurpose(clauses, casbin),
  };
  compare(all.slice(0, COMPARED), ours, engines);
  return [
    { name: 'decision among 200 clauses', value, unit: 'µs', aim: 2 },
    ...Object.entries(engines).flatMap(([name, engine]) => figures(name, engine, all, floor)),
  ];
}

/** An engine for each recipient and purpose, which knows only the clauses for these. */
async function byRecipientAndPurpose(clauses: readonly ShortClause[], make: MakeEngine): Promise<Engine> {
  const groups = Map.groupBy(clauses, ({ recipients, purposes }) => `${recipients[0]} ${purposes[0]}`);
  const made = await Promise.all([...groups].map(async ([key, some]) => [key, await make(some)] as const));
  const engines = new Map(made);
  return (question, field) =>
    engines.get(`${question.recipient.agency} ${question.purpose}`)?.(question, field) ?? 'withhold';
}

/** Throws unless every engine gives every field of every question the outcome that we do, and all outcomes occur. */
function compare(
  all: readonly Asked[],
  ours: (question: Asked) => Decision,
  engines: Readonly<Record<string, Engine>>,
): void {
  const seen = new Set<string>();
  for (const question of all) {
    const { fields } = ours(question);
    for (const [index, field] of question.fields.entries()) {
      const outcome = fields[index]?.outcome ?? 'none';
      seen.add(outcome);
      for (const [name, engine] of Object.entries(engines)) {
        const theirs = engine(question, field);
        if (theirs !== outcome)
          throw new Error(`${name} says ${theirs} of ${field.path} where we say ${outcome}`);
      }
    }
  }
  if (seen.size !== 4) throw new Error('the questions are too alike to compare engines by');
}

function figures(
  name: string,
  engine: Engine,
  all: readonly Asked[],
  floor: NonNullable<Figure['floor']>,
): readonly Figure[] {
  const single = all.flatMap((question) => question.fields.map((field) => ({ question, field })));
  const one = microseconds(single, ({ question, field }) => engine(question, field), 20);
  const whole = microseconds(all, (question) => question.fields.map((field) => engine(question, field)), 2);
  return [
    { name: `${name}: one field`, value: one, unit: 'µs', floor },
    { name: `${name}: a whole fact`, value: whole, unit: 'µs', floor },
  ];
}

/** Median time of an answer; the questions take turns, in an order that mixes them. */
function microseconds<Item>(items: readonly Item[], answer: (item: Item) => unknown, batch: number): number {
  let turn = 0;
  const next = (): void => {
    const item = items[(turn += 7) % items.length];
    if (item !== undefined) answer(item);
  };
  return 1e6 / perSecond(next, 300, 5, batch);
}
