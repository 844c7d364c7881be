import { type CaseworkCommand } from '../../../libs/domain/casework/command.js';
import {
  CompleteExitInput,
  DecideManagementInput,
  DeselectCohortInput,
  HoldConferenceInput,
  HoldReferralMeetingInput,
  PlanExitInput,
  RaiseReferralInput,
  ReviewCohortInput,
  SelectCohortInput,
  TransferResponsibilityInput,
} from './management-inputs.js';
import {
  AcceptHandoverInput,
  AppointLeadInput,
  AssessNeedsInput,
  AssignAreaInput,
  CompleteBorderHandoverInput,
  CompleteInterventionInput,
  EndLeadInput,
  InformSubjectInput,
  OfferBorderHandoverInput,
  OfferLeadHandoverInput,
  PlanInterventionInput,
  ReferInterventionInput,
  StartInterventionInput,
} from './support-inputs.js';

/** One thing that can be asked of a case: `POST /casework/<name>`, and the mutation of the same name in camel case. */
export interface CommandForm {
  readonly input: new () => object;
  readonly description: string;
  /** The id that the hub makes for what the command begins. */
  readonly begins?: 'referralId' | 'meetingId' | 'exitPlanId' | 'handoverId' | 'interventionId';
  /** A rule judges it, by what the caller may see of the person. */
  readonly judged?: true;
  /** Whoever is named to accept something need not see the person yet. */
  readonly bySight?: false;
}

export type CommandName = CaseworkCommand['type'];

/** Every command of casework; who may give it, and when, its decider says (`libs/domain/casework/`). */
export const commandForms: Readonly<Record<CommandName, CommandForm>> = {
  'raise-referral': {
    input: RaiseReferralInput,
    begins: 'referralId',
    description: 'Refers a person to the IOM team, asking for levels of management.',
  },
  'hold-referral-meeting': {
    input: HoldReferralMeetingInput,
    begins: 'meetingId',
    description: 'Records the single referral meeting: who attended, and the agreements relied on.',
  },
  'decide-management': {
    input: DecideManagementInput,
    description: 'Records what was decided: any set of levels, with rationale and dissent. You decide (R21).',
  },
  'transfer-responsibility': {
    input: TransferResponsibilityInput,
    description: 'Transfers responsibility for management to a co-located team.',
  },
  'hold-conference': {
    input: HoldConferenceInput,
    description: 'Records a case conference and its actions.',
  },
  'select-cohort': {
    input: SelectCohortInput,
    judged: true,
    description: 'Selects the person for a cohort; the rule and what it was told are recorded with it.',
  },
  'review-cohort': {
    input: ReviewCohortInput,
    judged: true,
    description: 'Keeps the person in a cohort after review.',
  },
  'deselect-cohort': {
    input: DeselectCohortInput,
    description: 'Deselects the person; needs a planned exit, and begins the watch.',
  },
  'plan-exit': { input: PlanExitInput, begins: 'exitPlanId', description: 'Plans an exit.' },
  'complete-exit': {
    input: CompleteExitInput,
    description: 'Ends or extends the watch after an exit, or records the return.',
  },
  'appoint-lead': {
    input: AppointLeadInput,
    description: 'Appoints the lead professional where there is none.',
  },
  'end-lead': { input: EndLeadInput, description: 'Ends the lead of somebody who is managed no more.' },
  'offer-lead-handover': {
    input: OfferLeadHandoverInput,
    begins: 'handoverId',
    description: 'Offers the lead to another professional.',
  },
  'accept-lead-handover': {
    input: AcceptHandoverInput,
    bySight: false,
    description: 'Accepts the lead: at this instant it passes on.',
  },
  'assign-area': { input: AssignAreaInput, description: 'Says which area manages the person.' },
  'offer-border-handover': {
    input: OfferBorderHandoverInput,
    begins: 'handoverId',
    description: 'Offers the person to another area.',
  },
  'accept-border-handover': {
    input: AcceptHandoverInput,
    bySight: false,
    description: 'Accepts a person from another area, whose agreements govern from this instant.',
  },
  'complete-border-handover': {
    input: CompleteBorderHandoverInput,
    description: 'Records that a handover between areas is complete.',
  },
  'assess-needs': {
    input: AssessNeedsInput,
    description: 'Records an assessment of needs, by one instrument.',
  },
  'plan-intervention': {
    input: PlanInterventionInput,
    begins: 'interventionId',
    description: 'Plans an intervention in its place.',
  },
  'refer-intervention': { input: ReferInterventionInput, description: 'Refers to a planned intervention.' },
  'start-intervention': { input: StartInterventionInput, description: 'Starts a planned intervention.' },
  'complete-intervention': { input: CompleteInterventionInput, description: 'Ends an intervention.' },
  'inform-subject': {
    input: InformSubjectInput,
    description: 'Records what the person was told, how, and in which language.',
  },
};

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commandForms, name);
}

/** `raise-referral` as GraphQL names it: `raiseReferral`. */
export function mutationName(name: CommandName): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
