/** Who asks, by their token. */
export interface Actor {
  /** Agency id. */
  readonly agency: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** What every command says. */
export interface Asked {
  readonly by: Actor;
}

/** Optional text, as forms leave it out. */
export type Maybe<V> = V | null | undefined;
