import { dayOf } from '../../../libs/domain/agreement/time.js';
import { type FactsRead } from '../query/offender-view.js';

export type Tell = FactsRead['tell'];

/** Of every field its value, and the paths at which facts say it. */
type Parts<M> = { readonly [Name in keyof M]: readonly [value: M[Name], ...paths: readonly string[]] };

export type Modeller = <M extends object>(by: readonly string[], parts: Parts<M>) => M;

/** Makes models of what facts say: that there are these facts is told at once, each value when somebody asks for it. */
export function modeller(tell: Tell): Modeller {
  return <M extends object>(by: readonly string[], parts: Parts<M>): M => {
    tell(by, []);
    const model = {} as M;
    for (const name in parts) {
      const [value, ...paths] = parts[name];
      const get = (): unknown => {
        tell(by, paths);
        return value;
      };
      Object.defineProperty(model, name, { get, enumerable: true });
    }
    return model;
  };
}

/** ISO 8601 in UTC. */
export function told(at: number): string {
  return new Date(at).toISOString();
}

/** A calendar date in London, of what is dated by days alone. */
export function maybeDay(at: number | null): string | null {
  return at === null ? null : dayOf(at);
}

/** The last day before a moment. */
export function lastDay(end: number | null): string | null {
  return end === null ? null : dayOf(end - 1);
}

export function maybe(at: number | null): string | null {
  return at === null ? null : told(at);
}
