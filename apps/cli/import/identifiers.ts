import { parseIdentifier } from '../../../libs/domain/identity/identifiers.js';
import { present } from './tree.js';

/** The identifiers that police and courts write down for a person. */
type PoliceScheme = 'asn' | 'pnc' | 'cro';

/**
 * The identifiers as catalogue fields: those with the right form and check character under their own name, all
 * others under `unverified` (R8), where they reach whoever can put them right but link nobody (requirements §3.6).
 * `receivedYear` is the year of import.
 */
export function identifierFields(
  written: Readonly<Record<PoliceScheme, string | undefined>>,
  receivedYear: number,
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  const unverified: Record<string, string> = {};
  for (const scheme of ['asn', 'pnc', 'cro'] as const) {
    const value = written[scheme];
    if (value === undefined) continue;
    if (parseIdentifier(scheme, value, receivedYear).outcome === 'valid') fields[scheme] = value;
    else unverified[scheme] = value;
  }
  return present({ ...fields, unverified });
}
