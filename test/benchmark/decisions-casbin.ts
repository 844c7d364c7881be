import { newEnforcer, newModelFromString } from 'casbin';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { type ShortClause } from '../../libs/testing/agreements.js';
import { type Engine } from './decision-questions.js';
import { type Dialect, ruleOf, treatmentOf } from './decision-rules.js';

/** Attribute-based rules: what every policy has in a column is compared there, the rest is its rule. */
const MODEL = `
[request_definition]
r = q, treatment
[policy_definition]
p = recipient, purpose, treatment, rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.q.recipient == p.recipient && r.q.purpose == p.purpose && (p.treatment == r.treatment || p.treatment == "withhold") && eval(p.rule)
`;

const list = (values: readonly string[]): string => JSON.stringify(values);

const casbin: Dialect = {
  attribute: (name) => `r.q.${name}`,
  holds: (name, values) => `meet(r.q.${name}, ${list(values)})`,
  meet: (one, other) => `meet(r.q.${one}, r.q.${other})`,
  isOneOf: (name, values) => `isOneOf(r.q.${name}, ${list(values)})`,
  begins: (name, prefix) => `begins(r.q.${name}, "${prefix}")`,
};

/**
 * The clauses as the policies of a casbin enforcer, and a function that decides one field: casbin answers yes or no, so
 * it is asked for one treatment after the other, the most open first, until it says yes.
 */
export async function casbinEngine(
  clauses: readonly ShortClause[],
  document: AgreementDocument,
): Promise<Engine> {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  const meet = (one: readonly string[], other: readonly string[]) => one.some((each) => other.includes(each));
  await enforcer.addFunction('meet', meet);
  await enforcer.addFunction('isOneOf', (value: string, values: readonly string[]) => values.includes(value));
  await enforcer.addFunction('begins', (value: string, prefix: string) => value.startsWith(prefix));
  await enforcer.addPolicies(clauses.map((clause) => policyOf(clause, document)));
  return ({ attributes }, field) => {
    const q = { ...attributes, ...field.attributes };
    return ['clear', 'generalise', 'mask'].find((each) => enforcer.enforceSync(q, each)) ?? 'withhold';
  };
}

function policyOf(clause: ShortClause, document: AgreementDocument): string[] {
  const treatment = treatmentOf(clause);
  const [recipient = ''] = clause.recipients;
  const [purpose = ''] = clause.purposes;
  const rule = ruleOf(clause, document, casbin);
  return [recipient, purpose, treatment, rule, treatment === 'withhold' ? 'deny' : 'allow'];
}
