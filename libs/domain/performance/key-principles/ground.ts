import { agencyOf } from '../../../contract/agency.js';
import { type AgreementVersion } from '../../agreement/agreement.js';
import { startOf } from '../../agreement/decide.js';
import { type Register, versionKey, versions } from '../../agreement/register.js';
import { managedSpells } from '../../casework/managed.js';
import { type Governance } from '../../governance/governance.js';
import { endOfDay, isWithin, momentAsked, type Span, spanAsked, spanOf } from '../day.js';
import { type FeedReceipt } from '../feeds.js';
import { type PersonHistory } from '../history.js';
import { type Item } from './result.js';
import { type Spans, spansOf } from './spans.js';
import { type KeyPrincipleThresholds, thresholdsOn } from './thresholds.js';

/** What the answers given in the period rested on; null where nobody counted. */
export interface DisclosureFigures {
  readonly total: number;
  readonly withoutAgreement: number;
  /** From publication to being visible at the 95th percentile, milliseconds; null when not known. */
  readonly p95: number | null;
}

/** Everything that the Key Principles are measured by. Days are calendar dates, both ends included. */
export interface KeyPrincipleGround {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** As in `ReportQuestion`. */
  readonly askedAt?: number;
  readonly histories: readonly PersonHistory[];
  readonly register: Register;
  readonly governance: Governance;
  /** Every publication, as the hub received it. */
  readonly receipts: readonly FeedReceipt[];
  readonly disclosures: DisclosureFigures | null;
}

/** The ground with what several elements need of it. */
export interface Ground extends KeyPrincipleGround {
  /** The last moment of the day `at`, epoch milliseconds. */
  readonly moment: number;
  /** The moment, or that of asking where it is earlier: ages count until then. */
  readonly asked: number;
  readonly span: Span;
  /** The period as far as it was over then. */
  readonly past: Span;
  readonly thresholds: KeyPrincipleThresholds;
  /** In force at the moment. */
  readonly agreements: readonly AgreementVersion[];
  /** Agencies bound by an agreement then, in order; nobody who only audits. */
  readonly partners: readonly string[];
}

export function groundOf(given: KeyPrincipleGround): Ground {
  const moment = endOfDay(given.at);
  const agreements = versions(given.register).filter((version) => isInForce(version, moment));
  const bound = agreements.flatMap((version) => partiesAt(version, moment));
  return {
    ...given,
    moment,
    asked: momentAsked(given),
    span: spanOf(given),
    past: spanAsked(given),
    thresholds: thresholdsOn(given.at),
    agreements,
    partners: [...new Set(bound)].filter((agency) => agencyOf(agency)?.kind !== 'auditor').sort(),
  };
}

/** Whether a version permitted anything at a moment of the past or now. */
export function isInForce({ force, document }: AgreementVersion, moment: number): boolean {
  return (
    force.some(({ from, to }) => from <= moment && (to === null || moment < to)) &&
    moment < startOf(document.expires)
  );
}

function partiesAt({ document, withdrawn }: AgreementVersion, moment: number): readonly string[] {
  const left = withdrawn.filter(({ at }) => at <= moment).map(({ party }) => party);
  return document.parties.map(({ agency }) => agency).filter((agency) => !left.includes(agency));
}

/** The agreements in force that bind an agency. */
export function agreementsOf({ agreements, moment }: Ground, agency: string): Item {
  return agreements
    .filter((version) => partiesAt(version, moment).includes(agency))
    .map((version) => ({ kind: 'agreement', ref: versionKey(version) }));
}

/** What an agency told the hub in the period. */
export function toldBy({ receipts, span }: Ground, agency: string): readonly FeedReceipt[] {
  return receipts.filter(
    (each) => each.agency === agency && each.kind === 'told' && isWithin(span, each.received),
  );
}

/** When a person was managed: at any level, or selected for any cohort. */
export function managedSpans({ case: known }: PersonHistory): Spans {
  return spansOf(managedSpells(known));
}

export function isManaged(history: PersonHistory, moment: number): boolean {
  return managedSpans(history).some((span) => isWithin(span, moment));
}

/** Log event ids of what says that a person is or was managed. */
export function managedBy({ case: { levels, selections } }: PersonHistory): readonly string[] {
  return [...levels, ...selections].flatMap(({ by }) => by);
}

/** Who was managed at the moment. */
export function managedPeople({ histories, moment }: Ground): readonly PersonHistory[] {
  return histories.filter((history) => isManaged(history, moment));
}

/** Names in order, `none` when there are none. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}

export const DAY = 86_400_000;
