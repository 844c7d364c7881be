import { commonLawGateways } from './common-law-gateways.js';
import { type GatewayLaw } from './gateway-law.js';
import { type GatewayCitation } from './gateway-names.js';
import { statutoryGateways } from './statutory-gateways.js';

/** The law of gateways, each rule set from the day on which it took effect (R31 to R38). */
export const gatewayLaw: readonly GatewayLaw[] = [...statutoryGateways, ...commonLawGateways];

/** The rule set of a gateway on a calendar date; undefined when there was none. */
export function lawOn(citation: GatewayCitation, date: string): GatewayLaw | undefined {
  return gatewayLaw.find((law) => law.citation === citation && law.from <= date && !hasEnded(law, date));
}

function hasEnded({ until }: GatewayLaw, date: string): boolean {
  return until !== undefined && until <= date;
}
