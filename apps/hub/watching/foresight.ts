import { agencies } from '../../../libs/contract/agency.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { type FactInQuestion } from '../../../libs/domain/agreement/conditions.js';
import { evaluate } from '../../../libs/domain/agreement/evaluate.js';
import { type Recipient } from '../../../libs/domain/agreement/recipient.js';
import { type Follower } from '../projector/follower.js';

/** Whom a fact that nobody has published yet would be about, who asks for it, why and when (epoch milliseconds). */
export interface Prospect {
  readonly offender: string;
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly at: number;
}

/** What agreements would share of facts that do not exist. */
export interface Foresight {
  /**
   * Whether a fact of this type would be shown, to some extent, as agreements and what is known of the person stand,
   * whoever published it, unless its publisher marked it. Says nothing of any fact that there is.
   */
  wouldShow(type: string, prospect: Prospect): boolean;
}

/** Looks ahead from what the read models rest on: as long as nothing is known, nothing would be shown. */
export function openForesight({ standing }: Pick<Follower, 'standing'>): Foresight {
  return {
    wouldShow(type, { offender, recipient, purpose, at }) {
      const facts = unpublished(type, at);
      const state = standing().state(offender);
      return (
        facts.length > 0 &&
        facts.every((fact) => evaluate(standing().table(), fact, recipient, purpose, state, at).shares)
      );
    },
  };
}

/** A fact of a type that happens and is received at a moment, from each agency that could publish it. */
function unpublished(type: string, at: number): readonly FactInQuestion[] {
  const entry = entryOf(type);
  if (entry === undefined) return [];
  const { version } = entry;
  const happened = { precision: 'instant', verbatim: new Date(at).toISOString(), from: at, to: at } as const;
  return agencies
    .filter(({ kind }) => kind === type.split('.')[0])
    .map(({ id: publisher }) => {
      const source = { source: `/${publisher}`, sourceId: 'none' };
      return { type, version, publisher, received: at, happened, handling: null, control: {}, ...source };
    });
}
