import { type Ground, groundOf, type KeyPrincipleGround } from './key-principles/ground.js';
import {
  realTimeSharing,
  rolesAssigned,
  sharedMeasures,
  sharedVision,
  signedUp,
  voluntarySector,
} from './key-principles/principle-1.js';
import {
  crossBorder,
  leadersInvolved,
  localPriorities,
  localProfile,
  relevantToCommunity,
} from './key-principles/principle-2.js';
import { focusReviewed, onTheRadar, withoutDuplication } from './key-principles/principle-3.js';
import {
  certainConsequences,
  informedPeople,
  leadProfessional,
  timelyInterventions,
  voluntaryServices,
} from './key-principles/principle-4.js';
import { addedValue, idiomUsed, ppoEmbedded } from './key-principles/principle-5.js';
import { exitStrategies, sequencedInterventions } from './key-principles/principle-6.js';
import { type ElementResult } from './key-principles/result.js';
import { type ReportQuestion } from './report.js';
import { type ElementNumber } from '../governance/key-elements.js';

export type { DisclosureFigures, KeyPrincipleGround } from './key-principles/ground.js';
export type { ElementResult, Evidence, Measure, Outcome } from './key-principles/result.js';

/** How each of the 24 elements is measured. */
const elements: Readonly<Record<ElementNumber, (ground: Ground) => ElementResult>> = {
  '1.1': signedUp,
  '1.2': voluntarySector,
  '1.3': sharedVision,
  '1.4': sharedMeasures,
  '1.5': rolesAssigned,
  '1.6': realTimeSharing,
  '2.1': localProfile,
  '2.2': localPriorities,
  '2.3': leadersInvolved,
  '2.4': relevantToCommunity,
  '2.5': crossBorder,
  '3.1': withoutDuplication,
  '3.2': focusReviewed,
  '3.3': onTheRadar,
  '4.1': timelyInterventions,
  '4.2': leadProfessional,
  '4.3': informedPeople,
  '4.4': certainConsequences,
  '4.5': voluntaryServices,
  '5.1': addedValue,
  '5.2': ppoEmbedded,
  '5.3': idiomUsed,
  '6.1': exitStrategies,
  '6.2': sequencedInterventions,
};

/** What reports are made from, as far as the Key Principles need it; figures of answers where somebody counted them. */
export type KeyPrincipleSources = Omit<
  KeyPrincipleGround,
  'at' | 'from' | 'to' | 'askedAt' | 'disclosures'
> & {
  readonly disclosures?: KeyPrincipleGround['disclosures'];
};

/** The ground for the question that a report is asked. */
export function groundFor(
  sources: KeyPrincipleSources,
  { at, from, to, askedAt }: ReportQuestion,
): KeyPrincipleGround {
  return { disclosures: null, ...sources, at, from, to, ...(askedAt !== undefined && { askedAt }) };
}

/**
 * What the log says of each of the 24 key delivery elements, in their order: met, not met, or outside the system, with
 * what was measured and by which evidence. An empty log meets nothing.
 */
export function keyPrincipleResults(given: KeyPrincipleGround): readonly ElementResult[] {
  const ground = groundOf(given);
  return Object.values(elements).map((element) => element(ground));
}
