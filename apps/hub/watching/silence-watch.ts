import { type Rounds } from './rounds.js';
import { type KnownSilence, silenceViewOf } from './silence.js';
import { type Silences } from './silences.js';
import { type Scope } from './sighting.js';
import { type Item, itemOf, type Line, type Watch } from './watch.js';

/** The root field of what did not happen. */
export const SILENCES = 'silences';

/** So many wait to be sent at most: the others once these were taken. */
const MOST_WAITING = 100;

/** Watches for silences: first for those that there are, then, in every round, for those that are new since. */
export function silenceWatch(silences: Silences, rounds: Rounds, scope: Scope): Watch {
  return (line) => {
    const told = new Set<string>();
    let waiting = 0;
    let isMore = false;
    let looking = Promise.resolve();

    async function look(): Promise<void> {
      const found = await silences.all(await line.picture(), scope);
      const keys = new Set(found.map(({ key }) => key));
      told.forEach((key) => keys.has(key) || told.delete(key));
      const news = found.filter(({ key }) => !told.has(key));
      const room = MOST_WAITING - waiting;
      isMore = news.length > room;
      news.slice(0, room).forEach(offer);
    }

    function offer(silence: KnownSilence): void {
      told.add(silence.key);
      waiting += 1;
      let isTaken = false;
      line.offer({
        async look() {
          if (!isTaken) taken();
          isTaken = true;
          const item = await itemAgain(line, silences, scope, silence);
          if (item === undefined) told.delete(silence.key);
          return item;
        },
      });
    }

    function taken(): void {
      waiting -= 1;
      if (waiting === 0 && isMore) void next();
    }

    const next = (): Promise<void> => (looking = looking.then(look).catch(line.end));
    void next();
    return rounds.join(next);
  };
}

/** What is to be sent of a silence as things stand now. */
async function itemAgain(
  line: Line,
  silences: Silences,
  scope: Scope,
  silence: KnownSilence,
): Promise<Item | undefined> {
  const picture = await line.picture();
  const still = await silences.again(picture, scope, silence);
  return still && itemOf(picture, SILENCES, silenceViewOf(picture, still));
}
