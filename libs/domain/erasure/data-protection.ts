import { type MopiGroup } from './retention-rules.js';

/** Who acts for which agency. */
export interface Actor {
  readonly agency: string;
  readonly user: string;
}

/** Something that is done about the data held of a person. */
export interface Step {
  /** Of the hold, restriction, review, request, pack or erasure that it is about. */
  readonly id: string;
  readonly by: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface PersonStep extends Step {
  /** Hub id of the person. */
  readonly offender: string;
}

/** Why data must not be erased for now. */
export const holdGrounds = {
  'legal-proceedings': 'DPA 2018 s.47(2), R18',
  'independent-inquiry': 'R10',
  'complaint-or-appeal': 'R18',
  'missing-or-wanted': 'R10',
} as const;
export type HoldGround = keyof typeof holdGrounds;

/** Why data are kept and shown to nobody but whoever published them. */
export const restrictionGrounds = {
  'accuracy-contested': 'DPA 2018 s.47(3), R18',
  'needed-as-evidence': 'DPA 2018 s.47(2), R18',
  'retention-ended': 'DPA 2018 s.39, R10',
} as const;
export type RestrictionGround = keyof typeof restrictionGrounds;

/** Why a person is erased: what stands in the record, and in the law. Free text could name whom it is about. */
export const erasureGrounds = {
  'retention-ended': { reason: 'kept as long as necessary', requirement: 'DPA 2018 s.39, R10' },
  unlawful: { reason: 'processing would be unlawful', requirement: 'DPA 2018 s.47(1)(a), R18' },
  'legal-obligation': { reason: 'a legal obligation to erase', requirement: 'DPA 2018 s.47(1)(b), R18' },
} as const;
export type ErasureGround = keyof typeof erasureGrounds;

export const reviewOutcomes = ['keep', 'erase', 'restrict'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export const rectificationOutcomes = ['corrected', 'restricted', 'refused'] as const;
export type RectificationOutcome = (typeof rectificationOutcomes)[number];

/**
 * What is done about the data held of people, in the one stream `data-protection`; the log event's metadata, JSON. What
 * somebody wrote to explain it is sealed under the person's key beside it, and goes with the person: see `sealed-reason.ts`.
 */
export type DataProtectionEvent =
  | (PersonStep & { readonly type: 'hold.placed'; readonly ground: HoldGround; readonly requirement: string })
  | (PersonStep & { readonly type: 'hold.lifted' })
  | (PersonStep & {
      readonly type: 'processing.restricted';
      readonly ground: RestrictionGround;
      readonly requirement: string;
      /** Log positions of the facts, and which publications they are (`<source> <id>`); absent: the whole person. */
      readonly facts?: readonly number[];
      readonly publications?: readonly string[];
    })
  | (PersonStep & {
      readonly type: 'processing.restrictionLifted';
      /** Calendar date on which the person was told beforehand (R20). */
      readonly subjectInformed: string;
    })
  | (PersonStep & {
      /** A review of whether to keep the data (MoPI, R50): who, when, outcome; the reason is sealed. */
      readonly type: 'retention.reviewed';
      readonly outcome: ReviewOutcome;
      /** The group that the reviewer found, null when it stays as it was. */
      readonly group: MopiGroup | null;
      /** Calendar date, null when the data are to go. */
      readonly nextReview: string | null;
    })
  | (PersonStep & {
      readonly type: 'rectification.requested';
      readonly facts: readonly number[];
      /** Agencies whose facts they are: they are to hear of it (R19). */
      readonly publishers: readonly string[];
    })
  | (PersonStep & { readonly type: 'rectification.decided'; readonly outcome: RectificationOutcome })
  | (PersonStep & {
      readonly type: 'erasure.made';
      readonly ground: ErasureGround;
      readonly reason: string;
      readonly requirement: string;
      readonly counts: { readonly facts: number; readonly quarantined: number };
      /** Publications in quarantine, or released from it, that went too: their log event ids. */
      readonly quarantined: readonly string[];
    });

export type Of<Type extends DataProtectionEvent['type']> = Extract<DataProtectionEvent, { type: Type }>;
export type Hold = Of<'hold.placed'>;
export type Restriction = Of<'processing.restricted'>;
export type Reviewed = Of<'retention.reviewed'>;
export type Erased = Of<'erasure.made'>;
export interface Rectification extends Of<'rectification.requested'> {
  readonly decided: Pick<Of<'rectification.decided'>, 'by' | 'at' | 'outcome'> | null;
}

/** How the data of one person stand. */
export interface Protection {
  readonly holds: readonly Hold[];
  readonly restrictions: readonly Restriction[];
  /** The newest one. */
  readonly review: Reviewed | null;
  /** The newest that a reviewer found. */
  readonly group: MopiGroup | null;
  readonly rectifications: readonly Rectification[];
  readonly erased: Erased | null;
}

export const UNPROTECTED: Protection = {
  holds: [],
  restrictions: [],
  review: null,
  group: null,
  rectifications: [],
  erased: null,
};

/** How a person's data stand after an event about that person. */
export function evolve(protection: Protection, event: DataProtectionEvent): Protection {
  const { holds, restrictions, rectifications } = protection;
  switch (event.type) {
    case 'hold.placed':
      return { ...protection, holds: [...holds, event] };
    case 'hold.lifted':
      return { ...protection, holds: holds.filter(({ id }) => id !== event.id) };
    case 'processing.restricted':
      return { ...protection, restrictions: [...restrictions, event] };
    case 'processing.restrictionLifted':
      return { ...protection, restrictions: restrictions.filter(({ id }) => id !== event.id) };
    case 'retention.reviewed':
      return { ...protection, review: event, group: event.group ?? protection.group };
    case 'rectification.requested':
      return { ...protection, rectifications: [...rectifications, { ...event, decided: null }] };
    case 'rectification.decided':
      return { ...protection, rectifications: rectifications.map((each) => decidedBy(each, event)) };
    case 'erasure.made':
      return { ...protection, erased: protection.erased ?? event };
  }
}

function decidedBy(request: Rectification, event: Of<'rectification.decided'>): Rectification {
  const { by, at, outcome } = event;
  return request.id === event.id ? { ...request, decided: { by, at, outcome } } : request;
}

/** Which facts nobody but their publisher may be shown: all, or these publications. */
export function restrictedIn({ restrictions }: Protection): 'all' | readonly string[] {
  if (restrictions.some(({ publications }) => publications === undefined)) return 'all';
  return [...new Set(restrictions.flatMap(({ publications = [] }) => publications))].sort();
}
