import { type OffenceLookup } from '../../../libs/contract/offence-codes/offence-code.js';
import { type Delivery } from './delivery.js';
import { type Publication } from './publication.js';
import { type ImportSummary } from './summary.js';
import { listAt, textAt, type Tree } from './tree.js';

/**
 * Fills in, on the way to the hub, the Home Office code of each offence whose CJS code the reference data resolves
 * (requirements §3.7). Messages give CJS codes alone. A code that does not resolve stays as it is, and is counted.
 */
export function resolvingOffences(
  delivery: Delivery,
  lookUp: OffenceLookup,
  summary: ImportSummary,
): Delivery {
  return {
    send: (file, thread, event) => delivery.send(file, thread, resolved(event, lookUp, summary)),
    finish: () => delivery.finish(),
  };
}

function resolved(event: Publication, lookUp: OffenceLookup, summary: ImportSummary): Publication {
  const offences = listAt(event.data, 'offences');
  if (offences.length === 0) return event;
  return {
    ...event,
    data: { ...event.data, offences: offences.map((each) => offenceOf(each, lookUp, summary)) },
  };
}

function offenceOf(offence: Tree, lookUp: OffenceLookup, { offences }: ImportSummary): Tree {
  const cjsCode = textAt(offence, 'cjsCode');
  if (cjsCode === undefined || typeof offence !== 'object') return offence;
  const hoCode = lookUp(cjsCode)?.hoCode;
  if (hoCode === undefined) {
    offences.unresolved[cjsCode] = (offences.unresolved[cjsCode] ?? 0) + 1;
    return offence;
  }
  offences.resolved += 1;
  return { ...offence, hoCode };
}
