import { type AuditedLog, checkedLog, type Reading } from '../../../libs/adapters/audit/log-window.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../../libs/contract/catalogue/fields.js';
import { Forbidden } from '../../../libs/contract/failure.js';
import { type IdentifierScheme } from '../../../libs/contract/catalogue/entry.js';
import { personBy } from '../../../libs/adapters/audit/person.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import { requirePerson } from '../../../libs/domain/audit/questions.js';
import { requireRole } from '../query/asking.js';
import { type Pictures } from '../query/pictures.js';
import { openPicture, type QueryContext } from '../query/query-context.js';

/** The log as auditors ask it, each question of theirs recorded like any other. */
export interface Auditing {
  /** Every event of it is checked as it is read: what was altered ends the answer (`Unavailable` `log-altered`). */
  readonly log: AuditedLog;
  /**
   * Begins a question of an auditor, before anything else of it is read: what was sought goes into the record, and the
   * answer reads the log up to the position that the record names. Throws `Forbidden` `role-required` for anybody but an
   * auditor of the auditing agency.
   */
  begin(context: QueryContext, sought: Sought): Promise<Reading>;
  /** The hub id that a question that was begun names, directly or by an identifier; undefined when it names nobody. */
  person(context: QueryContext, named: NamedPerson): Promise<string | undefined>;
}

/** What a question is about, by name; absent things are left out of the record. */
export type Sought = Readonly<Record<string, string | null | undefined>>;

export interface NamedPerson {
  readonly person?: string | null | undefined;
  readonly identifier?: { readonly scheme: IdentifierScheme; readonly value: string } | null | undefined;
}

export function openAuditing(
  stored: EventLog,
  pictures: Pictures,
  vault: Pick<KeyVault, 'open'>,
  pseudonym: (scheme: IdentifierScheme, value: string) => string,
): Auditing {
  const log = checkedLog(stored);
  return {
    log,
    async begin(context, sought) {
      const { asOf } = await openPicture(pictures, context);
      requireAuditor(context);
      note(context, withoutWords(sought));
      return { upTo: asOf, vault };
    },
    async person(context, { person, identifier }) {
      if (identifier != null) {
        const { scheme, value } = identifier;
        note(context, { [scheme]: pseudonym(scheme, value) });
        return personBy(log, pseudonym, identifier);
      }
      if (person != null) requirePerson(person);
      note(context, { offender: person });
      return person ?? undefined;
    },
  };
}

const paths: ReadonlySet<string> = new Set(
  catalogue.flatMap((entry) => fieldsOf(entry).map(({ path }) => path)),
);

/** What each name that an auditor may give looks like. */
const forms: Readonly<Record<string, (value: string) => boolean>> = {
  agency: (value) => agencyOf(value) !== undefined,
  user: (value) => /^[!-~]{1,128}$/.test(value),
  clause: (value) => /^[a-z0-9-]+\/\d+#[a-z0-9-]+$/.test(value),
  disclosure: (value) => /^\d{1,15}$/.test(value),
  fact: (value) => /^\d{1,15}$/.test(value),
  field: (value) => paths.has(value),
};

/** What an auditor mistyped may name somebody, and the record stays: it says only that there was something. */
function withoutWords(sought: Sought): Sought {
  const told = ([what, value]: [string, string | null | undefined]) =>
    [what, value == null || (forms[what]?.(value) ?? true) ? value : '?'] as const;
  return Object.fromEntries(Object.entries(sought).map(told));
}

function note({ asking }: QueryContext, sought: Sought): void {
  for (const [what, value] of Object.entries(sought))
    if (value != null) asking.witness.sought(`${what}:${value}`);
}

function requireAuditor({ asking }: QueryContext): void {
  requireRole(asking, 'auditor');
  if (!isAuditor(asking.caller))
    throw new Forbidden('role-required', 'this is for auditors of the auditing agency');
}
