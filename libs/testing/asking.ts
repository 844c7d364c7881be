import fc from 'fast-check';
import { catalogue } from '../contract/catalogue/catalogue.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { compile, type Table } from '../domain/agreement/compile.js';
import { type Decision, type FieldDecision } from '../domain/agreement/decision.js';
import { type AgreementDocument, type Clause } from '../domain/agreement/document.js';
import { evaluate } from '../domain/agreement/evaluate.js';
import { registerOf } from './agreements.js';
import { arbitraryWorld, type Question, type World } from './arbitrary-questions.js';

export function tableOf(events: readonly AgreementEvent[]): Table {
  return compile(registerOf(events), catalogue);
}

export function ask(table: Table, { fact, recipient, purpose, state, at }: Question): Decision {
  return evaluate(table, fact, recipient, purpose, state, at);
}

/** Holds of every question in some hundreds of worlds. */
export function always(
  property: (world: World, question: Question, decision: Decision, table: Table) => void,
  numRuns = 100,
): void {
  const check = (world: World): void => {
    const table = tableOf(world.events);
    world.questions.forEach((question) => property(world, question, ask(table, question), table));
  };
  fc.assert(fc.property(arbitraryWorld, check), { numRuns });
}

/** How much of a field comes out: 0 nothing, 1 that it is there, 2 a coarser value, 3 all. */
function openness(field: FieldDecision | undefined): number {
  return ['withhold', 'mask', 'generalise', 'clear'].indexOf(field?.outcome ?? 'withhold');
}

/** Paths of the fields that come out more openly in one decision than in another. */
export function moreOpen(one: Decision, other: Decision): readonly string[] {
  const opened = one.fields.filter((field, index) => openness(field) > openness(other.fields[index]));
  return opened.map(({ path }) => path);
}

/** Whether somebody else than the fact's publisher asks. */
export function isDisclosure({ fact, recipient }: Question): boolean {
  return recipient.agency !== fact.publisher;
}

/** The clause that a decision names, undefined when it names none of these documents. */
export function clauseNamed(documents: readonly AgreementDocument[], ref: string | null): Clause | undefined {
  const [agreement, id] = (ref ?? '').split('#');
  const document = documents.find(({ reference, version }) => `${reference}/${version}` === agreement);
  return document?.clauses.find((clause) => clause.id === id);
}
