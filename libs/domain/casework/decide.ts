import { acceptBorderHandover, assignArea, completeBorderHandover, offerBorderHandover } from './area.js';
import { type Case } from './case.js';
import { type CaseworkCommand, type CaseworkEvent, type Ground } from './command.js';
import { holdConference } from './conference.js';
import { notPermitted } from './deciding.js';
import { completeExit, planExit } from './plan-exit.js';
import { informSubject } from './inform-subject.js';
import {
  completeIntervention,
  planIntervention,
  referIntervention,
  startIntervention,
} from './plan-intervention.js';
import { acceptLeadHandover, appointLead, endLead, offerLeadHandover } from './lead-professional.js';
import { decideManagement } from './management.js';
import { assessNeeds } from './assess-needs.js';
import { isPermitted } from './permission.js';
import { holdReferralMeeting, raiseReferral } from './referral.js';
import { transferResponsibility } from './responsibility.js';
import { deselectCohort, reviewCohort, selectCohort } from './selection.js';

/**
 * The facts that follow from a command, to be appended together or not at all; or a refusal. `Forbidden` in the same words
 * whatever the case holds, `Invalid` for what the caller can put right, `Conflict` where the case is not at the step for it.
 */
export function decide(known: Case, command: CaseworkCommand, ground: Ground): readonly CaseworkEvent[] {
  if (!isPermitted(known, command, ground.at)) throw notPermitted();
  switch (command.type) {
    case 'raise-referral':
      return raiseReferral(known, command, ground);
    case 'hold-referral-meeting':
      return holdReferralMeeting(known, command, ground);
    case 'decide-management':
      return decideManagement(known, command, ground);
    case 'transfer-responsibility':
      return transferResponsibility(known, command, ground);
    case 'hold-conference':
      return holdConference(command, ground);
    case 'select-cohort':
      return selectCohort(known, command, ground);
    case 'review-cohort':
      return reviewCohort(known, command, ground);
    case 'deselect-cohort':
      return deselectCohort(known, command, ground);
    case 'plan-exit':
      return planExit(known, command, ground);
    case 'complete-exit':
      return completeExit(known, command, ground);
    case 'appoint-lead':
      return appointLead(known, command, ground);
    case 'end-lead':
      return endLead(known, command, ground);
    case 'offer-lead-handover':
      return offerLeadHandover(known, command, ground);
    case 'accept-lead-handover':
      return acceptLeadHandover(known, command, ground);
    case 'assign-area':
      return assignArea(known, command, ground);
    case 'offer-border-handover':
      return offerBorderHandover(known, command, ground);
    case 'accept-border-handover':
      return acceptBorderHandover(known, command, ground);
    case 'complete-border-handover':
      return completeBorderHandover(known, command, ground);
    case 'assess-needs':
      return assessNeeds(command, ground);
    case 'plan-intervention':
      return planIntervention(known, command, ground);
    case 'refer-intervention':
      return referIntervention(known, command, ground);
    case 'start-intervention':
      return startIntervention(known, command, ground);
    case 'complete-intervention':
      return completeIntervention(known, command, ground);
    case 'inform-subject':
      return informSubject(command, ground);
  }
}
