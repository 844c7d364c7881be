/** One offence of the person's, however many facts speak of it (arrest, charge, import, outcome). */
export interface Offence {
  /** Tells it from every other of the same person. */
  readonly key: string;
  readonly cjsCode: string | null;
  readonly hoCode: string | null;
  /** The furthest it has come. */
  readonly stage: 'arrested' | 'charged' | 'proven' | 'not-proven' | 'withdrawn';
  /** When it was committed, as far as anybody says; else when it was first recorded. Epoch milliseconds. */
  readonly committed: number;
  /** Log event ids. */
  readonly by: readonly string[];
}
