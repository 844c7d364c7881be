import { type Held, heldAt } from './held.js';
import { type Lead } from './lead.js';
import { managedBy, managedSpells } from './managed.js';

/** A stretch, half open, in which a managed person had no lead, or several. */
export interface LeadFault {
  readonly from: number;
  readonly to: number;
  /** Whole minutes, rounded half up. */
  readonly minutes: number;
  /** Log event ids of the facts that say so. */
  readonly by: readonly string[];
}

export interface Continuity {
  readonly gaps: readonly LeadFault[];
  readonly overlaps: readonly LeadFault[];
  /** The minutes of all gaps, and of all overlaps. */
  readonly gapMinutes: number;
  readonly overlapMinutes: number;
}

type Known = Parameters<typeof managedSpells>[0] & { readonly leads: readonly Held<Lead>[] };

/** Where, up to a moment, a managed person had not exactly one lead professional (KP 4.2). */
export function continuity(known: Known, until: number): Continuity {
  const stretches = stretchesOf(known, until);
  const gaps = faults(stretches, ({ leads }) => leads.length === 0);
  const overlaps = faults(stretches, ({ leads }) => leads.length > 1);
  return { gaps, overlaps, gapMinutes: minutesOf(gaps), overlapMinutes: minutesOf(overlaps) };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly managed: readonly string[];
  readonly leads: readonly Held<Lead>[];
}

/** Managed time, cut wherever a lead begins or ends. */
function stretchesOf(known: Known, until: number): readonly Stretch[] {
  const spells = managedSpells(known);
  const edges = [...spells, ...known.leads].flatMap(({ from, to }) => [from, to ?? until]);
  const moments = [...new Set([...edges, until])].filter((each) => each <= until).sort((a, b) => a - b);
  return moments.slice(0, -1).flatMap((from, index) => {
    const managed = managedBy(known, from);
    if (managed.length === 0) return [];
    return [{ from, to: moments[index + 1] ?? until, managed, leads: heldAt(known.leads, from) }];
  });
}

function faults(stretches: readonly Stretch[], isFault: (stretch: Stretch) => boolean): readonly LeadFault[] {
  const found: LeadFault[] = [];
  for (const { from, to, managed, leads } of stretches.filter(isFault)) {
    const last = found.at(-1);
    const by = leads.length === 0 ? managed : leads.flatMap((lead) => lead.by);
    if (last?.to === from) found.splice(-1, 1, fault(last.from, to, [...last.by, ...by]));
    else found.push(fault(from, to, by));
  }
  return found;
}

function fault(from: number, to: number, by: readonly string[]): LeadFault {
  return { from, to, minutes: Math.round((to - from) / 60_000), by: [...new Set(by)] };
}

function minutesOf(found: readonly LeadFault[]): number {
  return found.reduce((total, { minutes }) => total + minutes, 0);
}
