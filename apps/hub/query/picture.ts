import { type PictureReader } from '../../../libs/adapters/read-store/read-store.js';
import { type Asking } from './asking.js';
import { type Sight } from './sight.js';

/** One agency's picture, for one question. */
export interface Picture {
  readonly asking: Asking;
  readonly reader: PictureReader;
  readonly sight: Sight;
  /** The moment of the answer, epoch milliseconds. */
  readonly now: number;
  /** Log position up to which the read models had followed when the answer began. */
  readonly asOf: number;
  /** Whether nothing was acknowledged or fell due since that could take away what the answer shows. */
  stands(): boolean;
  /** Whether any agreement in force, or the caller's own record, could tell it anything of a type about a person. */
  mayTell(type: string, offender: string): boolean;
  /** Whom to ask about what a publisher does not share. */
  contact(publisher: string): string | null;
}
