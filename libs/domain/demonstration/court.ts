import { type Case } from './arrest.js';
import { DAY, dateOf, HOUR, instantOf, type Minute, onDay } from './calendar.js';
import { type Data, type Story, tell } from './story.js';

/** What the court orders; durations in days. */
export type Sentence =
  | { readonly kind: 'custody' | 'community-order' | 'youth-order'; readonly days: number }
  | { readonly kind: 'fine' };

export const COURT = {
  courtCode: 'B00ZZ00',
  courtName: "Examplebury Magistrates' Court",
  jurisdiction: 'magistrates',
} as const;

/** The court lists the case for a day. */
export function list(story: Story, made: Case, listedAt: Minute, hearing: Minute, hearingType: string): void {
  tell(story, 'court.hearing.listed', listedAt, { ...about(made, hearing), hearingType });
}

/** The court sentences; the outcome is recorded on the next day. */
export function sentence(story: Story, made: Case, hearing: Minute, ordered: Sentence): void {
  const results = resultsOf(story, made, hearing, ordered);
  const shared = { sharedTime: instantOf(hearing + HOUR), isReshare: false };
  const attended = story.random.chance(0.97);
  tell(story, 'court.hearing.resulted', hearing + HOUR, {
    ...about(made, hearing),
    ...shared,
    attended,
    ...results,
  });
  const recordedAt = onDay(hearing + DAY, 9 * HOUR);
  tell(story, 'court.outcome.recorded', recordedAt, { ...about(made, hearing), ...results });
}

/** The person did not come, so the court issues a warrant. */
export function warrant(story: Story, made: Case, hearing: Minute): void {
  tell(story, 'court.warrant.issued', hearing + HOUR, {
    ...about(made, hearing),
    resultCode: '4575',
    issuedOn: dateOf(hearing),
    backedForBail: story.random.chance(0.3),
    reason: 'Failed to appear',
  });
}

function about({ asn, ptiUrn, hearingId }: Case, hearing: Minute): Data {
  return { asn, hearingId, ptiUrn, ...COURT, hearingDay: dateOf(hearing) };
}

function resultsOf(
  { random }: Story,
  { offence, hearingId }: Case,
  hearing: Minute,
  ordered: Sentence,
): Data {
  const { cjsCode, hoCode, title } = offence;
  const plea = random.chance(0.8) ? 'Guilty' : 'Not Guilty';
  const day = dateOf(hearing);
  const disposal = {
    resultId: `${hearingId}-1`,
    category: 'final',
    orderedDate: day,
    ...disposalOf(ordered),
  };
  const decided = { plea, pleaDate: day, finding: 'G', adjudication: 'Guilty', convictionDate: day };
  return {
    bailStatus: ordered.kind === 'custody' ? 'C' : 'A',
    offences: [{ sequence: 1, cjsCode, hoCode, title, ...decided, isDisposed: true, disposals: [disposal] }],
  };
}

function disposalOf(ordered: Sentence): Data {
  switch (ordered.kind) {
    case 'custody':
      return {
        disposalCode: '1002',
        label: 'Imprisonment',
        duration: { count: ordered.days, units: 'days' },
      };
    case 'community-order':
      return {
        disposalCode: '1116',
        label: 'Community order',
        duration: { count: ordered.days, units: 'days' },
      };
    case 'youth-order':
      return { label: 'Youth rehabilitation order', duration: { count: ordered.days, units: 'days' } };
    case 'fine':
      return { disposalCode: '1015', label: 'Fine', fine: 120 };
  }
}
