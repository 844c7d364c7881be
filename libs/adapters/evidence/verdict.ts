import { type Manifest } from './manifest.js';

/** Where a bundle is not as it was made: a file, and in it an entry (a line, from 1, or a part of the manifest). */
export interface Fault {
  readonly file: string;
  readonly entry: number | string | null;
  readonly reason: string;
}

export type BundleVerdict =
  | {
      readonly outcome: 'proven';
      readonly manifest: Manifest;
      readonly events: number;
      /** Names of the witnesses whose cosignatures were asked for and hold. */
      readonly witnesses: readonly string[];
      /** Whether the CSV and the report were worked out again; another version of the software may write them otherwise. */
      readonly isDerivedAgain: boolean;
    }
  | ({ readonly outcome: 'altered' } & Fault);

export function faultIn(file: string, entry: Fault['entry'], reason: string): Fault {
  return { file, entry, reason };
}
