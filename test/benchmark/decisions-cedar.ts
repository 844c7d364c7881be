import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { type ShortClause } from '../../libs/testing/agreements.js';
import { type Engine } from './decision-questions.js';
import { type Dialect, ruleOf, treatmentOf } from './decision-rules.js';

const list = (values: readonly string[]): string => JSON.stringify(values);

const cedar: Dialect = {
  attribute: (name) => `context.${name}`,
  holds: (name, values) => `context.${name}.containsAny(${list(values)})`,
  meet: (one, other) => `context.${one}.containsAny(context.${other})`,
  isOneOf: (name, values) => `${list(values)}.contains(context.${name})`,
  begins: (name, prefix) => `context.${name} like "${prefix}*"`,
};

const mostOpenFirst = ['clear', 'generalise', 'mask'];

/**
 * The clauses as a pre-parsed Cedar policy set, one policy each, and a function that decides one field with one call: a
 * deny withholds it, an allow shares it as the most open of the policies that Cedar names as its reasons.
 */
export function cedarEngine(clauses: readonly ShortClause[], document: AgreementDocument): Engine {
  const preparsedPolicySetId = `bench ${clauses.length} ${clauses[0]?.id}`;
  const treatments = new Map(clauses.map((clause) => [clause.id, treatmentOf(clause)]));
  const policies = clauses.map((clause) => [clause.id, policyOf(clause, document)] as const);
  const parsed = preparsePolicySet(preparsedPolicySetId, { staticPolicies: Object.fromEntries(policies) });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('; '));
  return ({ attributes }, field) => {
    const answer = statefulIsAuthorized({
      principal: { type: 'Agency', id: String(attributes['recipient']) },
      action: { type: 'Action', id: String(attributes['purpose']) },
      resource: { type: 'Field', id: field.path },
      context: { ...attributes, ...field.attributes },
      preparsedPolicySetId,
      entities: [],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
    if (decision === 'deny') return 'withhold';
    const found = diagnostics.reason.map((id) => treatments.get(id));
    return mostOpenFirst.find((each) => found.includes(each)) ?? 'withhold';
  };
}

function policyOf(clause: ShortClause, document: AgreementDocument): string {
  const effect = treatmentOf(clause) === 'withhold' ? 'forbid' : 'permit';
  const scope = `principal == Agency::"${clause.recipients[0]}", action == Action::"${clause.purposes[0]}", resource`;
  return `${effect}(${scope}) when { ${ruleOf(clause, document, cedar)} };`;
}
