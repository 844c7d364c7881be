import { correctedQuestion, correctedReceipts } from '../../../libs/adapters/audit/corrected.js';
import { explain } from '../../../libs/adapters/audit/explain.js';
import { knowledge } from '../../../libs/adapters/audit/knowledge.js';
import { positionOf, type Reading } from '../../../libs/adapters/audit/log-window.js';
import { operationsIn } from '../../../libs/adapters/audit/operations.js';
import { patternsIn } from '../../../libs/adapters/audit/patterns.js';
import { personBy } from '../../../libs/adapters/audit/person.js';
import { BEFORE_FIRST } from '../../../libs/adapters/event-log/event-log.js';
import { type LogReader } from '../../../libs/adapters/event-log/log-reader.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { differenceOf } from '../../../libs/domain/audit/knowledge.js';
import { type PatternRules } from '../../../libs/domain/audit/pattern-rules.js';
import { beginningOf, endOf, standingOf } from '../../../libs/domain/audit/questions.js';
import { withKeys } from '../data-folder.js';
import { type Terminal } from '../session.js';
import { type Auditor, identifierIn, type KnowledgeAsked } from './auditor.js';

/** A data folder, opened for one question. */
export interface OpenFolder {
  readonly folder: string;
  readonly log: LogReader;
  readonly reading: Reading;
  readonly rules: PatternRules;
}

/** Answers from the log of a data folder alone; keys are read only to find whom an identifier names. */
export function auditorOf(
  { folder, log, reading, rules }: OpenFolder,
  { env, now }: Pick<Terminal, 'env' | 'now'>,
): Auditor {
  async function hubId(person: string): Promise<string> {
    const identifier = identifierIn(person);
    if (identifier === undefined) return person;
    const year = (): number => now().getUTCFullYear();
    return withKeys(folder, env, (vault) => personBy(log, soughtPseudonym(vault, year), identifier));
  }

  const known = async ({ agency, person, at, clock }: KnowledgeAsked, option = '--at') =>
    knowledge(log, { agency, person: await hubId(person), at: standingOf(option, at), clock }, reading);

  return {
    async *operations({ person, from, to, ...asked }, kinds) {
      const question = {
        ...asked,
        person: person === undefined ? undefined : await hubId(person),
        from: from === undefined ? undefined : beginningOf('--from', from),
        to: to === undefined ? undefined : endOf('--to', to),
        kinds,
      };
      yield* operationsIn(log, question, BEFORE_FIRST, reading);
    },
    explanation({ disclosure, fact, field }) {
      const positions = {
        disclosure: positionOf('--disclosure', disclosure),
        fact: positionOf('--fact', fact),
      };
      return explain(log, { ...positions, field }, reading);
    },
    knowledge: (asked) => known(asked),
    async difference({ and, andAgency, andClock, ...one }) {
      const other = {
        ...one,
        agency: andAgency ?? one.agency,
        clock: andClock ?? one.clock,
        at: and ?? one.at,
      };
      return differenceOf(await known(one), await known(other, '--and'));
    },
    async *corrected({ position, person }) {
      const id = person === undefined ? undefined : await hubId(person);
      yield* correctedReceipts(log, correctedQuestion(position, id), reading);
    },
    patterns({ from, to, agency }) {
      const period = { from: beginningOf('--from', from), to: endOf('--to', to) };
      return patternsIn(log, { ...period, agency }, reading, rules);
    },
  };
}
