import { type CommittedFact } from '../projector/commits.js';
import { type Follower } from '../projector/follower.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { mayBeSighted, type Scope, sight } from './sighting.js';
import { type Item, itemOf, type Line, type Watch } from './watch.js';

/** The root field of what happens. */
export const CASELOAD = 'caseload';

/** Watches for what happens from now on, in the order in which it came to the hub. */
export function happenings(follower: Pick<Follower, 'facts' | 'position'>, scope: Scope): Watch {
  return (line) => {
    const facts = follower.facts(mayBeSighted);
    const since = follower.position();
    const told = new Set<number>();
    const wasTold = (position: number): boolean => position <= since || told.has(position);

    async function look(fact: CommittedFact): Promise<Item | undefined> {
      const picture = await line.picture();
      const sighting = sight(picture, scope, fact, wasTold);
      return sighting && itemOf(picture, CASELOAD, sighting);
    }

    function offer(fact: CommittedFact): void {
      told.add(fact.position);
      line.offer({
        async look() {
          const item = await look(fact);
          if (item === undefined) told.delete(fact.position);
          return item;
        },
      });
    }

    void follow(line, facts, async (fact) => {
      if ((await look(fact)) !== undefined) offer(fact);
    });
    return () => facts.close();
  };
}

async function follow(
  { end }: Pick<Line, 'end'>,
  facts: AsyncIterable<CommittedFact>,
  take: (fact: CommittedFact) => Promise<void>,
): Promise<void> {
  try {
    for await (const fact of facts) await take(fact);
    end(new Unavailable('closing', 'the hub is closing'));
  } catch (error) {
    end(error);
  }
}
