import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencyOf } from '../../contract/agency.js';
import { catalogue, entryOf } from '../../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../../contract/catalogue/entry.js';
import { agreementOf, inForceRegister } from '../../testing/agreements.js';
import { arbitraryAgreement } from '../../testing/arbitrary-agreements.js';
import { arbitraryQuestion } from '../../testing/arbitrary-questions.js';
import { compile, type Table } from '../agreement/compile.js';
import { type Question } from '../agreement/conditions.js';
import { type AgreementDocument, type Clause } from '../agreement/document.js';
import { evaluate } from '../agreement/evaluate.js';
import { compare, type Comparison, tableOf } from './compare.js';
import { type FlowChange } from './flow-changes.js';

/** An agreement and a change of it: clauses lost, taken from elsewhere, or under conditions from elsewhere. */
const arbitraryPair = fc
  .tuple(arbitraryAgreement('one'), arbitraryAgreement('other'))
  .chain(([one, other]) => {
    const changes = one.clauses.map((clause, index) => {
      const instead = other.clauses[index % other.clauses.length] ?? clause;
      return fc.constantFrom<readonly Clause[]>(
        [clause],
        [],
        [{ ...instead, id: clause.id }],
        [{ ...clause, conditions: instead.conditions ?? {} }],
        [clause, { ...clause, id: `${clause.id}-again`, conditions: instead.conditions ?? {} }],
      );
    });
    return fc.tuple(...changes).map((clauses) => ({ one, changed: { ...one, clauses: clauses.flat() } }));
  });

const swapped = new Map([
  ['added', 'removed'],
  ['removed', 'added'],
]);

/** The comparison as it would be the other way round. */
function mirrored({ terms, flows }: Comparison): Comparison {
  const turned = <Each extends { readonly before: unknown; readonly after: unknown }>(each: Each) => {
    return { ...each, before: each.after, after: each.before };
  };
  return {
    terms: terms.map(turned),
    flows: flows.map(turned).map((each) => {
      return { ...each, kind: (swapped.get(each.kind) ?? each.kind) as FlowChange['kind'] };
    }),
  };
}

/** An agreement that permits the least of everything in every case, so that prohibitions show. */
function permissive({ publisher, recipient, type, purpose }: FlowChange): AgreementDocument {
  return agreementOf({
    reference: 'permissive',
    clauses: [
      {
        id: 'all',
        publishers: [publisher],
        recipients: [recipient],
        purposes: [purpose],
        types: [type],
        fields: {
          mask: sensitivityClasses.map((each) => `class:${each}`).filter((each) => namesField(type, each)),
        },
        reach: 'history',
        conditions: {
          limitedAccess: ['NONE', 'RESTRICTED', 'EXCLUDED'],
          handling: ['P', 'C'],
          reportingRestrictions: 'permitted',
        },
      },
    ],
  });
}

function namesField(type: string, selector: string): boolean {
  return JSON.stringify(entryOf(type)).includes(`"x-class":"${selector.slice('class:'.length)}"`);
}

function outcomes(
  table: Table,
  { fact, recipient, state, at }: Question,
  purpose: string,
): ReadonlyMap<string, string> {
  const { fields } = evaluate(table, fact, recipient, purpose, state, at);
  return new Map(fields.map(({ path, outcome }) => [path, outcome]));
}

describe('of any two agreements', () => {
  it('one and itself are the same', () => {
    fc.assert(
      fc.property(arbitraryAgreement('one'), (one) => {
        expect(compare(one, { ...one, version: 2 })).toEqual({ terms: [], flows: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('the comparison is that of the other way round, turned', () => {
    fc.assert(
      fc.property(arbitraryPair, ({ one, changed }) => {
        expect(compare(changed, one)).toEqual(mirrored(compare(one, changed)));
      }),
      { numRuns: 60 },
    );
  });

  it('every difference in what is shown answers its example differently, for every field', () => {
    const realIn = ({ one, changed }: Pair) => {
      for (const change of compare(one, changed).flows) {
        if (change.example === null) continue;
        const alone = answersTo(change, [one, changed]);
        const beside = answersTo(change, [one, changed], [permissive(change)]);
        const differs = (field: string) =>
          [alone, beside].some(([was, is]) => was?.get(field) !== is?.get(field));
        expect(change.fields.filter((field) => !differs(field))).toEqual([]);
      }
    };
    fc.assert(fc.property(arbitraryPair, realIn), { numRuns: 30 });
  });

  it('whatever is answered differently is among the differences', () => {
    let different = 0;
    const allTold = (pair: Pair, questions: readonly Asked[]) => {
      const { flows } = compare(pair.one, pair.changed);
      for (const asked of answeredDifferently(pair, questions)) {
        different += 1;
        expect(flows.filter((flow) => tells(flow, asked))).not.toEqual([]);
      }
    };
    const pairAndQuestions = arbitraryPair.chain((pair) =>
      fc.tuple(fc.constant(pair), fc.array(arbitraryQuestion([pair.one]), { minLength: 20, maxLength: 20 })),
    );
    fc.assert(
      fc.property(pairAndQuestions, ([pair, questions]) => allTold(pair, questions)),
      { numRuns: 300 },
    );
    expect(different).toBeGreaterThan(100);
  });
});

interface Pair {
  readonly one: AgreementDocument;
  readonly changed: AgreementDocument;
}

type Asked = Question & { readonly purpose: string };

/** Fields that two agreements of the same dates share otherwise, with the question that shows it. */
function answeredDifferently(
  { one, changed }: Pair,
  questions: readonly Asked[],
): readonly (Asked & { readonly field: string })[] {
  const [was, is] = [one, changed].map((each) => compile(inForceRegister([each]), catalogue));
  return questions
    .filter(({ fact }) => mayPublish(fact.publisher, fact.type))
    .flatMap((question) => {
      const [before, after] = [was, is].map((each) => each && outcomes(each, question, question.purpose));
      return [...(before ?? [])].flatMap(([field, outcome]) =>
        after?.get(field) === outcome ? [] : [{ ...question, field }],
      );
    });
}

function tells(
  flow: FlowChange,
  { fact, recipient, purpose, field }: Asked & { readonly field: string },
): boolean {
  return (
    flow.example !== null &&
    flow.publisher === fact.publisher &&
    flow.recipient === recipient.agency &&
    flow.type === fact.type &&
    flow.purpose === purpose &&
    flow.fields.includes(field)
  );
}

/** What each of some agreements answers to the example of a difference, alone or beside others. */
function answersTo(
  { example, purpose }: FlowChange,
  documents: readonly AgreementDocument[],
  beside: readonly AgreementDocument[] = [],
): readonly ReadonlyMap<string, string>[] {
  if (example === null) return [];
  return documents.map((each) => outcomes(tableOf([each, ...beside]), example, purpose));
}

function mayPublish(publisher: string, type: string): boolean {
  const kind = agencyOf(publisher)?.kind;
  return kind !== undefined && (entryOf(type)?.publishers.includes(kind) ?? false);
}
