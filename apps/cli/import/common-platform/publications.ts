import { type Publication, publication } from '../publication.js';
import { present } from '../tree.js';
import { type MessageHead } from './message.js';
import { type CourtResults, type DefendantResults } from './results.js';

const SOURCE = '/courts/common-platform';

/**
 * Where a message stands among those of the same hearing day, defendant and case. Its publications are named after
 * that: the first share has the plain id, so that a re-share can name it whether or not it was ever seen here; a
 * re-share adds a mark (its moment of sharing) and corrects the publication before it.
 */
export type Share =
  | { readonly outcome: 'first' }
  | { readonly outcome: 'reshare'; readonly mark: string; readonly previous: string | null };

/** What all publications about one defendant in one case at one hearing day have in common. */
function shareKey(head: MessageHead, { defendantId, caseId }: DefendantResults): string {
  return `${head.hearingId}:${head.hearingDay}:${defendantId}:${caseId}`;
}

/**
 * The publications of a message: `court.outcome.recorded` for each defendant and case, and, when the message says
 * when it was shared, `court.hearing.resulted`. The first holds what was decided, the second that and how the hearing
 * took place; no result stands in both. Ids depend on the message alone, so to import it again is harmless.
 */
export function publicationsOf(
  head: MessageHead,
  results: CourtResults,
  shareOf: (key: string) => Share,
): readonly Publication[] {
  return results.defendants.flatMap((defendant) => {
    const share = shareOf(shareKey(head, defendant));
    const outcome = publish('court.outcome.recorded', head, defendant, share, outcomeData(defendant));
    if (head.sharedTime === undefined) return [outcome];
    return [publish('court.hearing.resulted', head, defendant, share, hearingData(defendant)), outcome];
  });
}

function publish(
  type: keyof typeof idPrefix,
  head: MessageHead,
  defendant: DefendantResults,
  share: Share,
  data: Publication['data'],
): Publication {
  const id = `${idPrefix[type]}:${shareKey(head, defendant)}`;
  const isReshare = share.outcome === 'reshare';
  return publication({
    id: isReshare ? `${id}@${share.mark}` : id,
    source: SOURCE,
    type,
    subject: `ref:${defendant.masterDefendantId ?? defendant.defendantId}`,
    time: head.hearingDay,
    recordedtime: head.sharedTime,
    corrects: isReshare ? (share.previous === null ? id : `${id}@${share.previous}`) : undefined,
    data: { ...defendant.details, ...sharing(head, isReshare), ...data },
  });
}

const idPrefix = { 'court.hearing.resulted': 'hearing', 'court.outcome.recorded': 'outcome' } as const;

function sharing({ sharedTime }: MessageHead, isReshare: boolean): Publication['data'] {
  return sharedTime === undefined ? {} : { sharedTime, isReshare };
}

function hearingData({ attended, bail }: DefendantResults): Publication['data'] {
  return present({ attended, ...bail });
}

function outcomeData({ outcome }: DefendantResults): Publication['data'] {
  return { offences: outcome.offences, ...present({ disposals: outcome.disposals }) };
}
