import { agencies, type AgencyKind } from '../contract/agency.js';
import { type Flow } from '../domain/agreement/flow.js';
import { type GatewayCitation } from '../domain/agreement/gateway-names.js';

function endOf(kind: AgencyKind): Flow['discloser'] {
  const agency = agencies.find((each) => each.kind === kind);
  if (agency === undefined) throw new Error(`no agency is of kind ${kind}`);
  return agency;
}

/** What of a flow a test says beside who, to whom and through which gateway. */
export type More = Partial<Omit<Flow, 'discloser' | 'recipient' | 'gateway'>>;

/** Facts of an arrest's kind, for managing offenders, in 2026, unless more is said. */
export function flowOf(from: AgencyKind, to: AgencyKind, gateway: GatewayCitation, more: More = {}): Flow {
  return {
    gateway,
    discloser: endOf(from),
    recipient: endOf(to),
    type: `${from}.thing.happened`,
    class: 'CJF',
    aims: ['offender-management'],
    at: '2026-01-01',
    ...more,
  };
}
