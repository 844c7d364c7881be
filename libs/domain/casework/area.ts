import { Conflict } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import {
  type AcceptBorderHandover,
  type AssignArea,
  type CompleteBorderHandover,
  type OfferBorderHandover,
} from './support-command.js';
import {
  fact,
  instantOf,
  needAgencies,
  needInForce,
  needNew,
  needOrder,
  needPast,
  needText,
} from './deciding.js';
import { type Held } from './held.js';
import { inTurn } from './in-turn.js';
import { idIn, ofType, type Step, textIn, textsIn } from './read-data.js';

const ASSIGNED = 'hub.area.assigned';
const OFFERED = 'hub.crossBorder.handoverOffered';
const ACCEPTED = 'hub.crossBorder.handoverAccepted';
const COMPLETED = 'hub.crossBorder.handoverCompleted';

/** A person who moves: offered by one area, accepted by the next, whose agreements govern from then on (KP 2.5). */
export interface BorderHandover {
  readonly id: string;
  readonly at: number;
  readonly fromArea: string | null;
  readonly toArea: string | null;
  /** Agency id: who may accept. */
  readonly toAgency: string | null;
  /** Of the receiving area, `<reference>/<version>`. */
  readonly agreements: readonly string[];
  readonly acceptedAt: number | null;
  readonly completedAt: number | null;
  readonly by: readonly string[];
}

export function areasOf(steps: readonly Step[]): readonly Held<string>[] {
  const moves = steps.filter(({ type }) => type === ASSIGNED || type === ACCEPTED);
  return inTurn(moves, ({ data }) => textIn(data, 'area'));
}

export function borderHandoversOf(steps: readonly Step[]): readonly BorderHandover[] {
  return ofType(steps, OFFERED).map((offered) => {
    const id = idIn(offered, 'handoverId');
    const isAbout = ({ data }: Step): boolean => data['handoverId'] === id;
    const accepted = ofType(steps, ACCEPTED).find(isAbout);
    const completed = ofType(steps, COMPLETED).find(isAbout);
    return {
      ...{ id, at: offered.at, fromArea: textIn(offered.data, 'fromArea') },
      toArea: textIn(offered.data, 'toArea'),
      toAgency: textIn(offered.data, 'toAgency'),
      agreements: textsIn(offered.data, 'agreements'),
      acceptedAt: accepted?.at ?? null,
      completedAt: completed?.at ?? null,
      by: [offered, accepted, completed].flatMap((step) => step?.id ?? []),
    };
  });
}

interface Known {
  readonly areas: readonly Held<string>[];
  readonly borderHandovers: readonly BorderHandover[];
}

export function assignArea(
  { areas }: Known,
  { area, reason }: AssignArea,
  ground: Ground,
): readonly CaseworkEvent[] {
  needText('area', area);
  if (areas.at(-1)?.value === area) throw new Conflict('area-held', 'the person is managed in this area');
  return [fact(ASSIGNED, ground, { area, reason })];
}

/** A newer offer takes the place of an older one; what was accepted is completed first. */
export function offerBorderHandover(
  { areas, borderHandovers }: Known,
  { handoverId, toArea, toAgency, agreements, reason, by }: OfferBorderHandover,
  ground: Ground,
): readonly CaseworkEvent[] {
  const fromArea = areas.at(-1)?.value;
  if (fromArea === undefined) throw new Conflict('no-area', 'the person is managed in no area yet');
  if (fromArea === needText('toArea', toArea))
    throw new Conflict('area-held', 'the person is managed in this area');
  if (borderHandovers.some(({ acceptedAt, completedAt }) => acceptedAt !== null && completedAt === null))
    throw new Conflict('handover-pending', 'a handover to another area was accepted and is not complete');
  needNew(handoverId, borderHandovers);
  needAgencies([toAgency], ground);
  needInForce(agreements ?? [], ground);
  const offer = { handoverId, fromArea, toArea, toAgency, agreements, reason, offeredBy: by.user };
  return [fact(OFFERED, ground, offer)];
}

/** The area changes at this instant, and with it the agreements that govern. */
export function acceptBorderHandover(
  { areas, borderHandovers }: Known,
  { handoverId, by }: AcceptBorderHandover,
  ground: Ground,
): readonly CaseworkEvent[] {
  const handover = handoverOf(borderHandovers, handoverId);
  const { acceptedAt, fromArea, toArea, agreements } = handover;
  if (acceptedAt !== null) throw new Conflict('handover-accepted', 'the handover was accepted');
  if (handover !== borderHandovers.at(-1) || areas.at(-1)?.value !== fromArea)
    throw new Conflict('handover-lapsed', 'another offer or another area has come since');
  needInForce(agreements, ground);
  const accepted = { acceptedBy: by.user, acceptedByAgency: by.agency, acceptedAt: instantOf(ground.at) };
  return [fact(ACCEPTED, ground, { handoverId, fromArea, area: toArea, agreements, ...accepted })];
}

export function completeBorderHandover(
  { borderHandovers }: Known,
  { handoverId, completedOn, by }: CompleteBorderHandover,
  ground: Ground,
): readonly CaseworkEvent[] {
  const { acceptedAt, completedAt } = handoverOf(borderHandovers, handoverId);
  if (acceptedAt === null) throw new Conflict('handover-open', 'the handover was not accepted yet');
  if (completedAt !== null) throw new Conflict('handover-completed', 'the handover was completed');
  needOrder('completedOn', needPast('completedOn', completedOn, ground), acceptedAt);
  return [fact(COMPLETED, ground, { handoverId, completedOn, completedBy: by.user }, completedOn)];
}

function handoverOf(handovers: readonly BorderHandover[], handoverId: string): BorderHandover {
  const found = handovers.find(({ id }) => id === handoverId);
  if (found === undefined) throw new Conflict('no-handover', 'there is no such handover');
  return found;
}
