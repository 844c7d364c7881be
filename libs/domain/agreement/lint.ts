import { agencyOf } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { flowsOf } from './clause-flows.js';
import { type AgreementDocument, type PermitClause } from './document.js';
import { error, type Finding, warning } from './finding.js';
import { lawFindings } from './lint-law.js';
import { listed, ruleFindings } from './lint-rules.js';
import { readAgreement } from './read-agreement.js';

export interface LintOptions {
  readonly entries?: readonly CatalogueEntry[];
  /** Calendar date on which the agreement is looked at; without one nothing is overdue. */
  readonly today?: string;
}

/**
 * Everything that is wrong with an agreement (`error`: it may not be proposed) or worth a thought (`warning`), errors
 * first, each in the order of the document: flows that their gateway cannot carry (R31 to R38), data without the
 * condition that it needs (R1, R3, R41), rules that do nothing, names that nothing uses. A document whose form is
 * wrong is not looked at further.
 */
export function lint(
  document: AgreementDocument,
  { entries = catalogue, today }: LintOptions = {},
): readonly Finding[] {
  const reading = readAgreement(document);
  if (reading.outcome === 'invalid') return reading.errors.map((each) => error({ code: 'form', ...each }));
  const findings = [
    ...document.clauses.flatMap((clause, index) =>
      clause.effect === 'permit'
        ? [
            ...lawFindings(document, clause, `/clauses/${index}`, entries),
            ...audienceFindings(clause, `/clauses/${index}`),
          ]
        : [],
    ),
    ...ruleFindings(document, entries),
    ...unusedFindings(document),
    ...consentForm(document),
    ...overdueReview(document, today),
  ];
  return errorsFirst(findings);
}

function errorsFirst<F extends Finding>(findings: readonly F[]): readonly F[] {
  const isError = ({ severity }: F): boolean => severity === 'error';
  return [...findings.filter(isError), ...findings.filter((each) => !isError(each))];
}

/** What is guarded, or opened in an emergency, is for few people and few fields (R51, R53). */
function audienceFindings({ conditions, fields }: PermitClause, at: string): readonly Finding[] {
  if (conditions === undefined) return [];
  const { limitedAccess = [], handling = [], role, responsibility, emergency } = conditions;
  const isForAnybody = role === undefined && responsibility === undefined && emergency === undefined;
  const guarded = [
    ...(limitedAccess.some((each) => each !== 'NONE')
      ? [['limitedAccess', 'R53', 'cases of limited access'] as const]
      : []),
    ...(handling.includes('C') ? [['handling', 'R51', 'facts with handling conditions'] as const] : []),
  ];
  const broad = Object.entries(fields).flatMap(([treatment, selectors]: [string, readonly string[]]) =>
    selectors.flatMap((selector, index) =>
      emergency !== undefined && selector.startsWith('class:')
        ? [{ pointer: `${at}/fields/${treatment}/${index}`, selector }]
        : [],
    ),
  );
  return [
    ...(isForAnybody ? guarded : []).map(([condition, requirement, what]) =>
      warning({
        code: 'guarded-for-anybody',
        pointer: `${at}/conditions/${condition}`,
        detail: `${what} are open to anybody at the recipient: no role or responsibility is asked for`,
        requirement,
      }),
    ),
    ...broad.map(({ pointer, selector }) =>
      warning({
        code: 'emergency-broad',
        pointer,
        detail: `${selector}: an emergency opens fields that are named one by one`,
        requirement: 'R4',
      }),
    ),
  ];
}

/** Purposes, policy documents and parties, but for the owner, that no clause speaks of. */
function unusedFindings({ clauses, owner, ...document }: AgreementDocument): readonly Finding[] {
  const purposes = new Set(clauses.flatMap((clause) => clause.purposes));
  const agencies = new Set(
    clauses.flatMap((clause) => [
      ...clause.publishers,
      ...clause.recipients,
      ...(clause.effect === 'permit' ? [clause.onBehalfOf] : []),
    ]),
  );
  const policies = new Set(
    clauses.map((clause) => (clause.effect === 'permit' ? clause.sensitive?.policyDocument : undefined)),
  );
  const unused = (at: string, names: readonly string[], isUsed: (name: string) => boolean) =>
    names.flatMap((name, index) =>
      isUsed(name)
        ? []
        : [warning({ code: 'unused', pointer: `${at}/${index}`, detail: `no clause uses ${name}` })],
    );
  return [
    ...unused(
      '/parties',
      document.parties.map(({ agency }) => agency),
      (name) => name === owner.agency || agencies.has(name),
    ),
    ...unused(
      '/purposes',
      document.purposes.map(({ id }) => id),
      (name) => purposes.has(name),
    ),
    ...unused(
      '/policyDocuments',
      document.policyDocuments.map(({ id }) => id),
      (name) => policies.has(name),
    ),
  ];
}

/** Whoever relies on consent agrees on the form that asks for it (ICO Data Sharing Code, requirements §3.3). */
function consentForm({ clauses, forms }: AgreementDocument): readonly Finding[] {
  const relies = clauses.some(
    ({ effect, conditions }) => effect === 'permit' && conditions?.consent === true,
  );
  if (!relies || forms?.consent !== undefined) return [];
  const detail = 'a clause rests on consent, and there is no model form to ask for it';
  return [warning({ code: 'consent-without-form', pointer: '/forms/consent', detail, requirement: 'R38' })];
}

function overdueReview({ reviewDue }: AgreementDocument, today: string | undefined): readonly Finding[] {
  if (today === undefined || today <= reviewDue) return [];
  const detail = `the review was due by ${reviewDue}`;
  return [warning({ code: 'review-overdue', pointer: '/reviewDue', detail, requirement: 'R10' })];
}

/** The fields of the parties of agreements that none of them lets anybody see: a finding for each class. */
export function unseen(
  documents: readonly AgreementDocument[],
  entries: readonly CatalogueEntry[] = catalogue,
): readonly Finding[] {
  const kinds = documents.flatMap(({ parties }) => parties.map(({ agency }) => agencyOf(agency)?.kind));
  const seen = seenFields(documents, entries);
  const byClass = new Map<string, string[]>();
  for (const entry of entries) {
    const { type, publishers } = entry;
    if (!publishers.some((kind) => kinds.includes(kind))) continue;
    for (const { path, class: sensitivity } of fieldsOf(entry)) {
      if (seen.has(`${type} ${path}`)) continue;
      byClass.set(sensitivity, [...(byClass.get(sensitivity) ?? []), `${type} ${path}`]);
    }
  }
  return [...byClass].map(([sensitivity, fields]) =>
    warning({
      code: 'seen-by-nobody',
      pointer: '',
      detail: `${sensitivity}: nobody may see ${listed([...new Set(fields)])}`,
    }),
  );
}

function seenFields(
  documents: readonly AgreementDocument[],
  entries: readonly CatalogueEntry[],
): ReadonlySet<string> {
  const seen = new Set<string>();
  const permissions = documents.flatMap(({ clauses }) => clauses).filter(({ effect }) => effect === 'permit');
  for (const { entry, effects } of permissions.flatMap((clause) => flowsOf(clause, entries))) {
    fieldsOf(entry).forEach(({ path }, index) => {
      if (effects[index] === 'clear' || effects[index] === 'generalise') seen.add(`${entry.type} ${path}`);
    });
  }
  return seen;
}
