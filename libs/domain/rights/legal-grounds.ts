import { type Agency } from '../../contract/agency.js';
import { type AgreementDocument, type PermitClause } from '../agreement/document.js';
import { inForceAt, type Register, versionKey, versions } from '../agreement/register.js';
import { scheduleAt } from '../erasure/retention.js';

/** An agreement that a controller shares or receives under, in the words of the document that its parties signed. */
export interface UnderAgreement {
  /** `<reference>/<version>` */
  readonly agreement: string;
  readonly title: string;
  readonly inForce: boolean;
  readonly purposes: readonly { readonly id: string; readonly description: string }[];
  readonly grounds: readonly LegalGround[];
  readonly retention: readonly string[];
  readonly rights: AgreementDocument['rights'];
  readonly contact: string | null;
  readonly dataProtectionOfficer: string | null;
}

/** What allows a flow: the power that carries it, and the basis under the controller's own regime. */
export interface LegalGround {
  readonly gateway: string;
  readonly lawfulBasis: string | null;
  readonly sensitive: string | null;
  readonly criminalOffence: string | null;
}

/** How long a class of records is kept. */
export interface RetentionWords {
  readonly title: string;
  readonly atEnd: 'review' | 'erase';
  readonly source: string;
}

/** The agreements of a controller that are in force at a moment, and those named as what something was shown under. */
export function agreementsOf(
  register: Register,
  controller: Agency,
  at: number,
  named: ReadonlySet<string>,
): readonly UnderAgreement[] {
  return versions(register).flatMap((version) => {
    const inForce = inForceAt(version, at);
    const { document } = version;
    const clauses = clausesOf(document, controller.id);
    if (clauses.length === 0 || !(inForce || named.has(versionKey(version)))) return [];
    const party = document.parties.find(({ agency }) => agency === controller.id);
    const purposes = new Set(clauses.flatMap((clause) => clause.purposes));
    return {
      agreement: versionKey(version),
      title: document.title,
      inForce,
      purposes: document.purposes
        .filter(({ id }) => purposes.has(id))
        .map(({ id, description }) => ({ id, description })),
      grounds: distinct(clauses.map((clause) => groundOf(clause, controller))),
      retention: distinct([
        document.governance.retention,
        ...clauses.flatMap(({ retention = [] }) => retention),
      ]),
      rights: document.rights,
      contact: party?.contact ?? null,
      dataProtectionOfficer: party?.dataProtectionOfficer ?? null,
    };
  });
}

function clausesOf({ clauses }: AgreementDocument, agency: string): readonly PermitClause[] {
  return clauses
    .filter((clause) => clause.effect === 'permit')
    .filter(({ publishers, recipients }) => publishers.includes(agency) || recipients.includes(agency));
}

function groundOf(clause: PermitClause, { regime }: Agency): LegalGround {
  return {
    gateway: clause.gateway,
    lawfulBasis: clause.lawfulBasis[regime] ?? null,
    sensitive: clause.sensitive?.[regime] ?? null,
    criminalOffence: regime === 'uk-gdpr' ? (clause.criminalOffence ?? null) : null,
  };
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The retention rules that can apply to what an agency of a kind holds, whoever it is about (R10, R50). */
export function retentionOf({ kind }: Agency, at: number): readonly RetentionWords[] {
  const rules = scheduleAt(at)?.rules ?? [];
  return rules
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
    .map(({ title, atEnd, source }) => ({ title, atEnd, source }));
}
