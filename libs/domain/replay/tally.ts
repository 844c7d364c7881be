import { type ClearFact } from '../picture/grants.js';
import { type SightChange } from './counterfactual.js';

/** What happens to somebody's sight of a field: shown where nothing was, no longer shown, or shown in another way. */
export type Gain = 'gained' | 'lost' | 'changed';

/** How many facts, and how many different people they are about. */
export interface Count {
  readonly facts: number;
  readonly people: number;
}

/** One field that an agency, or some of it, would be shown otherwise for a purpose, over all facts of a type. */
export interface SightTotal extends SightChange, Count {
  readonly type: string;
  readonly gain: Gain;
}

/** By agency: facts of which at least one field would be gained, lost or changed. */
export interface AgencyTotal extends Record<Gain, Count> {
  readonly recipient: string;
}

export interface Tallied {
  /** In order of recipient, type, purpose, field, gain and audience. */
  readonly sights: readonly SightTotal[];
  readonly agencies: readonly AgencyTotal[];
}

export interface Tally {
  /** Takes in what one fact, which must come once only, would be shown otherwise in. */
  take(fact: ClearFact, changes: readonly SightChange[]): void;
  total(): Tallied;
}

interface Tallying {
  facts: number;
  readonly people: Set<string>;
}

/** Counts differences. People are counted as sets for each field and agency: up to 100,000 people fit in memory well. */
export function openTally(): Tally {
  const sights = new Map<string, Tallying & { readonly sight: Omit<SightTotal, keyof Count> }>();
  const agencies = new Map<string, Record<Gain, Tallying>>();

  function takeSight(type: string, offender: string, change: SightChange): Gain {
    const { recipient, purpose, audience, field, before, after } = change;
    const gain = gainOf(change);
    const key = [recipient, type, purpose, field, gain, audience, before, after].join(' ');
    const found = sights.get(key) ?? { ...nothing(), sight: { ...change, type, gain } };
    sights.set(key, found);
    count(found, offender);
    return gain;
  }

  return {
    take({ type, metadata: { offender } }, changes) {
      const gained = changes.map((each) => [each.recipient, takeSight(type, offender, each)] as const);
      for (const [recipient, gain] of new Map(gained.map((each) => [each.join(' '), each])).values()) {
        const agency = agencies.get(recipient) ?? { gained: nothing(), lost: nothing(), changed: nothing() };
        agencies.set(recipient, agency);
        count(agency[gain], offender);
      }
    },
    total: () => ({
      sights: inOrder(sights).map(({ sight, ...counted }) => ({ ...sight, ...counts(counted) })),
      agencies: [...agencies.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([recipient, { gained, lost, changed }]) => ({
          recipient,
          gained: counts(gained),
          lost: counts(lost),
          changed: counts(changed),
        })),
    }),
  };
}

function gainOf({ before, after }: SightChange): Gain {
  if (before === 'withhold') return 'gained';
  return after === 'withhold' ? 'lost' : 'changed';
}

function nothing(): Tallying {
  return { facts: 0, people: new Set() };
}

function count(tallying: Tallying, offender: string): void {
  tallying.facts += 1;
  tallying.people.add(offender);
}

function counts({ facts, people }: Tallying): Count {
  return { facts, people: people.size };
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): readonly Value[] {
  return [...map.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}
