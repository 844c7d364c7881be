/** A look that is taken again and again, by everybody who joins: most silences begin because time passes, with no event. */
export interface Rounds {
  /** Takes part from the next round on; gives what ends that. `look` never rejects. */
  join(look: () => Promise<void>): () => void;
  /** One round: everybody looks, one after the other. */
  step(): Promise<void>;
}

export function openRounds(): Rounds {
  const looks = new Set<() => Promise<void>>();
  return {
    join(look) {
      looks.add(look);
      return () => void looks.delete(look);
    },
    async step() {
      for (const look of looks) await look();
    },
  };
}
