import { agencies } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { compile, rulesFor, type Table } from '../agreement/compile.js';
import { type AgreementDocument, type Clause, type ClauseRef, clauseRef } from '../agreement/document.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { type Case, casesOf, IN_FORCE } from './cases.js';
import { asIfInForce } from './counterfactual.js';
import { type Cases, changesOf, type Flow, type FlowChange } from './flow-changes.js';
import { type TermChange, termChanges } from './terms.js';

/** What differs between two agreements, or two sets of them. */
export interface Comparison {
  /** Dates, parties and whatever else the agreements say of themselves. */
  readonly terms: readonly TermChange[];
  readonly flows: readonly FlowChange[];
}

type Documents = AgreementDocument | readonly AgreementDocument[];

/**
 * Which flows (publisher, recipient, type, field, purpose) two agreements or sets of agreements regulate differently, as
 * if all of them were in force: dates are compared by themselves, and of several versions of one agreement the newest
 * counts. Clauses that are written otherwise and come to the same in every case are no difference.
 */
export function compare(before: Documents, after: Documents): Comparison {
  const [one, other] = [standingOf(before), standingOf(after)];
  return { terms: termChanges(one.documents, other.documents), flows: flowChanges(one, other) };
}

interface Standing {
  readonly documents: readonly AgreementDocument[];
  readonly table: Table;
  readonly clauses: ReadonlyMap<ClauseRef, Clause>;
}

function standingOf(given: Documents): Standing {
  const documents = newest('reference' in given ? [given] : given);
  const refs = documents.flatMap((each) =>
    each.clauses.map((clause) => [clauseRef(each, clause), clause] as const),
  );
  return { documents, table: tableOf(documents), clauses: new Map(refs) };
}

function newest(documents: readonly AgreementDocument[]): readonly AgreementDocument[] {
  const byVersion = documents.toSorted((one, other) => one.version - other.version);
  return [...new Map(byVersion.map((each) => [each.reference, each])).values()];
}

const NEVER = '9999-12-31';

/** The agreements as if all had come into force at one moment and would never end. */
export function tableOf(documents: readonly AgreementDocument[]): Table {
  const agreements = documents.map((document) => {
    const version = asIfInForce({ ...document, expires: NEVER }, IN_FORCE);
    return [document.reference, [version]] as const;
  });
  return compile({ ...EMPTY_REGISTER, agreements: new Map(agreements), asOf: IN_FORCE }, catalogue);
}

function flowChanges(before: Standing, after: Standing): readonly FlowChange[] {
  const cases = remembering();
  return agencies
    .flatMap((agency) => flowsFrom(agency, before.table, after.table))
    .flatMap(({ entry, ...flow }) => {
      const [one, other] = [before, after].map(({ table, clauses }) => ({
        rules: rulesFor(table, flow)?.get(flow.recipient)?.get(flow.purpose),
        clauses,
      }));
      return one === undefined || other === undefined
        ? []
        : changesOf(flow, { fields: fieldsOf(entry), before: one, after: other }, cases);
    });
}

/** Everything that an agency may publish, to everybody and for every purpose that either side names. */
function flowsFrom(
  { id: publisher, kind }: (typeof agencies)[number],
  before: Table,
  after: Table,
): readonly (Flow & { readonly entry: CatalogueEntry })[] {
  const entries = catalogue.filter(({ publishers }) => publishers.includes(kind));
  return entries.flatMap((entry) => {
    const fact = { publisher, type: entry.type, version: entry.version };
    const rules = [before, after].map((table) => rulesFor(table, fact));
    const recipients = sorted(rules.flatMap((each) => [...(each?.keys() ?? [])]));
    return recipients
      .filter((recipient) => recipient !== publisher)
      .flatMap((recipient) => {
        const named = rules.flatMap((each) => [...(each?.get(recipient)?.keys() ?? [])]);
        return sorted(named).map((purpose) => ({ ...fact, recipient, purpose, entry }));
      });
  });
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** The same circumstances come again in flow after flow. */
function remembering(): Cases {
  const known = new Map<string, readonly Case[]>();
  return (circumstances) => {
    const key = JSON.stringify(circumstances);
    const cases = known.get(key) ?? casesOf(circumstances);
    known.set(key, cases);
    return cases;
  };
}
