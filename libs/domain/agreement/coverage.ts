import { type Agency, agencyOf } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import {
  type CatalogueEntry,
  type SensitivityClass,
  sensitivityClasses,
} from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type Effect, effectsOf } from './clause-flows.js';
import { matchesType } from './compile.js';
import { type AgreementDocument, type Clause, type ClauseRef, clauseRef } from './document.js';
import { type GatewayCitation } from './gateway-names.js';

/**
 * How much of a class one agency may see of another's facts: `full`: every field as it is, whoever the person;
 * `conditional`: nothing but under conditions; `partial`: what lies between; `none`.
 */
export type Extent = 'full' | 'partial' | 'conditional' | 'none';

/** One cell of the coverage table, with the purposes, clauses and gateways that make it. */
export interface CoverageRow {
  readonly publisher: string;
  readonly recipient: string;
  readonly class: SensitivityClass;
  readonly extent: Extent;
  readonly purposes: readonly string[];
  readonly clauses: readonly ClauseRef[];
  readonly gateways: readonly GatewayCitation[];
}

/** How a field comes out for one purpose, the most open first. */
type Openness = 'clear' | 'coarse' | 'conditional';

interface Rule {
  readonly ref: ClauseRef;
  readonly clause: Clause;
  readonly effectsOf: (entry: CatalogueEntry) => readonly Effect[];
}

/**
 * Who may see what under several agreements together: a row for each publisher, recipient and class of fields among
 * their parties, prohibitions taken off. Reporting restrictions, limited access and handling codes are not told apart.
 */
export function coverage(
  documents: readonly AgreementDocument[],
  entries: readonly CatalogueEntry[] = catalogue,
): readonly CoverageRow[] {
  const rules = documents.flatMap((document) => document.clauses.map((clause) => ruleOf(document, clause)));
  const parties = [...new Set(documents.flatMap((document) => document.parties.map(({ agency }) => agency)))]
    .sort()
    .map(agencyOf)
    .filter((agency) => agency !== undefined);
  return parties.flatMap((publisher) => {
    const published = entries.filter(({ publishers }) => publishers.includes(publisher.kind));
    return parties
      .filter(({ id }) => id !== publisher.id)
      .flatMap((recipient) => rowsOf(publisher, recipient, published, rules));
  });
}

/** The document as it is left when parties have withdrawn: what they shared and received is permitted no more. */
export function withoutParties(document: AgreementDocument, gone: readonly string[]): AgreementDocument {
  const stay = (agencies: readonly string[]) => agencies.filter((agency) => !gone.includes(agency));
  const clauses = document.clauses.map((clause) =>
    clause.effect === 'prohibit'
      ? clause
      : { ...clause, publishers: stay(clause.publishers), recipients: stay(clause.recipients) },
  );
  return { ...document, clauses };
}

function ruleOf(document: AgreementDocument, clause: Clause): Rule {
  const known = new Map<CatalogueEntry, readonly Effect[]>();
  return {
    ref: clauseRef(document, clause),
    clause,
    effectsOf(entry) {
      const before = known.get(entry);
      if (before !== undefined) return before;
      const effects = matchesType(clause, entry.type) ? effectsOf(clause, entry) : [];
      known.set(entry, effects);
      return effects;
    },
  };
}

function rowsOf(
  publisher: Agency,
  recipient: Agency,
  published: readonly CatalogueEntry[],
  all: readonly Rule[],
): readonly CoverageRow[] {
  const rules = all.filter(
    ({ clause }) => clause.publishers.includes(publisher.id) && clause.recipients.includes(recipient.id),
  );
  const held = new Set(published.flatMap((entry) => fieldsOf(entry).map((field) => field.class)));
  return sensitivityClasses
    .filter((each) => held.has(each))
    .map((each) => ({
      publisher: publisher.id,
      recipient: recipient.id,
      class: each,
      ...sum(published, each, rules),
    }));
}

/** What the rules of two agencies add up to for one class. */
function sum(
  published: readonly CatalogueEntry[],
  sensitivity: SensitivityClass,
  rules: readonly Rule[],
): Omit<CoverageRow, 'publisher' | 'recipient' | 'class'> {
  const all = [...new Set(rules.flatMap(({ clause }) => clause.purposes))].sort();
  const purposes = new Set<string>();
  const used = new Set<Rule>();
  const best: (Openness | undefined)[] = [];
  for (const entry of published) {
    fieldsOf(entry).forEach((field, index) => {
      if (field.class !== sensitivity) return;
      const found = all.flatMap((purpose) => {
        const seen = seenFor(purpose, entry, index, rules);
        if (seen === undefined) return [];
        purposes.add(purpose);
        seen.by.forEach((rule) => used.add(rule));
        return [seen.openness];
      });
      best.push(mostOpen(found));
    });
  }
  const clauses = rules.filter((rule) => used.has(rule));
  return {
    extent: extentOf(best),
    purposes: [...purposes].sort(),
    clauses: clauses.map(({ ref }) => ref),
    gateways: [
      ...new Set(clauses.flatMap(({ clause }) => (clause.effect === 'permit' ? [clause.gateway] : []))),
    ],
  };
}

function extentOf(best: readonly (Openness | undefined)[]): Extent {
  if (best.every((each) => each === undefined)) return 'none';
  if (best.every((each) => each === undefined || each === 'conditional')) return 'conditional';
  return best.every((each) => each === 'clear') ? 'full' : 'partial';
}

/** How one field comes out for one purpose, and by which permissions; undefined when it does not. */
function seenFor(
  purpose: string,
  entry: CatalogueEntry,
  field: number,
  rules: readonly Rule[],
): { readonly openness: Openness; readonly by: readonly Rule[] } | undefined {
  const concerned = rules.filter(
    (rule) => rule.clause.purposes.includes(purpose) && rule.effectsOf(entry)[field] !== undefined,
  );
  const against = concerned.filter(({ clause }) => clause.effect === 'prohibit');
  if (against.some(({ clause }) => clause.conditions === undefined)) return undefined;
  const by = concerned.filter(({ clause }) => clause.effect === 'permit');
  const openness = mostOpen(by.map((rule) => opennessOf(rule.clause, rule.effectsOf(entry)[field])));
  if (openness === undefined) return undefined;
  return { openness: against.length > 0 ? 'conditional' : openness, by };
}

function opennessOf({ conditions }: Clause, effect: Effect): Openness {
  if (conditions !== undefined) return 'conditional';
  return effect === 'clear' ? 'clear' : 'coarse';
}

function mostOpen(found: readonly Openness[]): Openness | undefined {
  return (['clear', 'coarse', 'conditional'] as const).find((each) => found.includes(each));
}
