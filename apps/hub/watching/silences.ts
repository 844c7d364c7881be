import { setImmediate } from 'node:timers/promises';
import { type Grounds } from '../../../libs/adapters/report/grounds.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type FeedSilence, feedSilences } from '../../../libs/domain/silence/feed-silence.js';
import { type SilenceRule, silenceRules } from '../../../libs/domain/silence/silence-rules.js';
import { feedsByAgency, feedsByType } from '../../../libs/domain/performance/feeds.js';
import { type Picture } from '../query/picture.js';
import { type Foresight } from './foresight.js';
import { type KnownSilence, knownSilences } from './silence.js';
import { type Scope } from './sighting.js';

/** What should have happened and did not, as far as somebody may know it. */
export interface Silences {
  /** Of everybody in scope, longest due first. */
  all(picture: Picture, scope: Scope, rules?: readonly SilenceRule[]): Promise<readonly KnownSilence[]>;
  /** One found before, if the caller may still know it and it is silent still. */
  again(picture: Picture, scope: Scope, known: KnownSilence): Promise<KnownSilence | undefined>;
  /** Feeds that tell nothing for longer than they ever do, at a moment (epoch milliseconds). */
  feeds(at: number): Promise<readonly FeedSilence[]>;
}

/** After so many people others get their turn. */
const PEOPLE_AT_ONCE = 50;

export function openSilences(grounds: Grounds, foresight: Foresight): Silences {
  return {
    async all(picture, scope, rules = silenceRules) {
      const found: KnownSilence[] = [];
      const { histories } = await grounds.ground(null);
      for (const [index, history] of histories.entries()) {
        if (index % PEOPLE_AT_ONCE === PEOPLE_AT_ONCE - 1) await setImmediate();
        found.push(...knownSilences(picture, history, scope, foresight, rules));
      }
      return found.sort(inOrder);
    },
    async again(picture, scope, { offender, key }) {
      const history = await grounds.history(offender);
      if (history === undefined) return undefined;
      const found = knownSilences(picture, history, scope, foresight, silenceRules);
      return found.find((each) => each.key === key);
    },
    async feeds(at) {
      const { receipts } = await grounds.ground(null);
      return feedSilences([...feedsByAgency(receipts), ...feedsByType(receipts)], at);
    },
  };
}

/** Where a silence stands in the order of a list. */
export type SilencePlace = Pick<KnownSilence, 'due' | 'key'>;

/** The order of a list: longest due first. */
export function inOrder(one: SilencePlace, other: SilencePlace): number {
  return one.due - other.due || (one.key < other.key ? -1 : Number(one.key > other.key));
}

/** The rules of these names. Throws `Invalid` `silence-rule`. */
export function rulesNamed(names: readonly string[]): readonly SilenceRule[] {
  if (names.some((name) => !silenceRules.some(({ id }) => id === name)))
    throw new Invalid('silence-rule', `rules must be among ${silenceRules.map(({ id }) => id).join(', ')}`);
  return silenceRules.filter(({ id }) => names.includes(id));
}
