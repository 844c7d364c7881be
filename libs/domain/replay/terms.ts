import { type AgreementDocument } from '../agreement/document.js';

/** Something that an agreement says of itself and that is another now; null where it said or says nothing. */
export interface TermChange {
  readonly reference: string;
  /** What of it, in words: `expires`, `party housing`. */
  readonly term: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What two sets of agreements say differently of themselves, in order of reference. Versions do not count: they name. */
export function termChanges(
  before: readonly AgreementDocument[],
  after: readonly AgreementDocument[],
): readonly TermChange[] {
  const references = [...new Set([...before, ...after].map(({ reference }) => reference))].sort();
  return references.flatMap((reference) => {
    const [one, other] = [before, after].map((all) => all.find((each) => each.reference === reference));
    return Object.values(parts).flatMap((part) => {
      const [said, says] = [new Map(one && part(one)), new Map(other && part(other))];
      return [...new Set([...said.keys(), ...says.keys()])].sort().flatMap((term): readonly TermChange[] => {
        const [was, is] = [said.get(term) ?? null, says.get(term) ?? null];
        return was === is ? [] : [{ reference, term, before: was, after: is }];
      });
    });
  });
}

type Term = readonly [term: string, text: string];
type Part = Exclude<keyof AgreementDocument, 'reference' | 'version' | 'clauses'>;

/** Every part of an agreement but what names it and its clauses, in the order in which a reader wants them. */
const parts: Readonly<Record<Part, (document: AgreementDocument) => readonly Term[]>> = {
  inForceFrom: ({ inForceFrom }) => [['in force from', inForceFrom]],
  reviewDue: ({ reviewDue }) => [['review due', reviewDue]],
  expires: ({ expires }) => [['expires', expires]],
  title: ({ title }) => [['title', title]],
  owner: ({ owner }) => [['owner', inOneLine(owner)]],
  parties: ({ parties }) => parties.map(({ agency, ...party }) => [`party ${agency}`, inOneLine(party)]),
  purposes: ({ purposes }) => purposes.map(({ id, ...purpose }) => [`purpose ${id}`, inOneLine(purpose)]),
  rights: ({ rights }) => [['rights', inOneLine(rights)]],
  governance: ({ governance }) => termsIn('governance', governance),
  forms: ({ forms = {} }) => termsIn('form', forms),
  policyDocuments: ({ policyDocuments }) =>
    policyDocuments.map(({ id, ...policy }) => [`policy document ${id}`, inOneLine(policy)]),
};

function termsIn(what: string, rules: object): readonly Term[] {
  return Object.entries(rules).map(([name, text]: [string, string]) => [`${what}: ${name}`, text]);
}

/** Named values as a line of text, the same whatever their order. */
export function inOneLine(values: object): string {
  return Object.entries(values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]: [string, unknown]) => `${name} ${textOf(value)}`)
    .join('; ');
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
