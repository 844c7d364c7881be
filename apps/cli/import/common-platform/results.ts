import { type Outcome } from './offence.js';

type Fields = Readonly<Record<string, unknown>>;

/** What one message says about one defendant in one case: the shape that all kinds of message are read into. */
export interface DefendantResults {
  readonly defendantId: string;
  /** The person across cases; only hearing-results messages know it. */
  readonly masterDefendantId: string | undefined;
  readonly caseId: string;
  /** Who it is about and which hearing it was, as catalogue fields. */
  readonly details: Fields;
  readonly attended: boolean | undefined;
  /** Bail at the end of the hearing, as catalogue fields. */
  readonly bail: Fields;
  readonly outcome: Outcome;
}

/** The results that a message holds, and how many of its defendants were organisations, which have none here. */
export interface CourtResults {
  readonly defendants: readonly DefendantResults[];
  readonly organisations: number;
}
