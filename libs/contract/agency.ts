/** What an agency is; the first word of the event types it may publish. */
export type AgencyKind =
  | 'police'
  | 'probation'
  | 'prison'
  | 'court'
  | 'housing'
  | 'treatment'
  | 'youth'
  | 'vcse'
  | 'health'
  | 'hub'
  | 'auditor';

/** Which law governs the agency's processing: DPA 2018 Part 3 (Schedule 7) or UK GDPR (requirements §3.1). */
export type Regime = 'part-3' | 'uk-gdpr';

export interface Agency {
  readonly id: string;
  readonly kind: AgencyKind;
  readonly name: string;
  readonly regime: Regime;
}

/** The agencies of the demonstration partnership (design §10); the id is the one in tokens and agreements. */
export const agencies: readonly Agency[] = [
  { id: 'police', kind: 'police', name: 'Police', regime: 'part-3' },
  { id: 'probation', kind: 'probation', name: 'Probation Service', regime: 'part-3' },
  { id: 'prison', kind: 'prison', name: 'Prison Service', regime: 'part-3' },
  { id: 'courts', kind: 'court', name: 'Courts', regime: 'part-3' },
  { id: 'housing', kind: 'housing', name: 'Council housing', regime: 'uk-gdpr' },
  { id: 'treatment', kind: 'treatment', name: 'Drug and alcohol service', regime: 'uk-gdpr' },
  { id: 'youth', kind: 'youth', name: 'Youth offending service', regime: 'part-3' },
  { id: 'vcse', kind: 'vcse', name: 'Voluntary sector', regime: 'uk-gdpr' },
  { id: 'health', kind: 'health', name: 'Health', regime: 'uk-gdpr' },
  { id: 'hub', kind: 'hub', name: 'IOM team', regime: 'part-3' },
  { id: 'auditor', kind: 'auditor', name: 'Auditor', regime: 'part-3' },
];

const byId = new Map(agencies.map((agency) => [agency.id, agency]));

export function agencyOf(id: string): Agency | undefined {
  return byId.get(id);
}

/** The `source` prefix an agency's systems publish under: `/police` itself, or anything below it. */
export function ownsSource(agency: string, source: string): boolean {
  return source === `/${agency}` || source.startsWith(`/${agency}/`);
}
