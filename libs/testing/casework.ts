import { isFailure } from '../contract/failure.js';
import { parseMoment, UNKNOWN_MOMENT } from '../contract/moment.js';
import { type Case, caseOf } from '../domain/casework/case.js';
import { cohortRulesAt } from '../domain/casework/cohort-rules.js';
import { type Actor } from '../domain/casework/asked.js';
import { type CaseworkCommand, type CaseworkEvent, type Ground } from '../domain/casework/command.js';
import { decide } from '../domain/casework/decide.js';
import { type ReadFact } from '../domain/casework/read-fact.js';

export const chair: Actor = { agency: 'hub', user: 'chair', roles: ['coordinator'] };
export const worker: Actor = { agency: 'hub', user: 'worker', roles: ['practitioner'] };

export function practitionerOf(agency: string, user = `${agency}-worker`): Actor {
  return { agency, user, roles: ['practitioner'] };
}

/** A fact as casework reads it, received when it happened. */
export function readFact(
  id: string,
  type: string,
  happened: string,
  data: ReadFact['data'] = {},
  rest: Partial<ReadFact> = {},
): ReadFact {
  const moment = parseMoment(happened) ?? UNKNOWN_MOMENT;
  return {
    ...{ id, type, data, happened: moment, publisher: type.split('.')[0] ?? '', position: 0 },
    ...{ recorded: null, received: moment.from ?? 0, corrects: null, retracts: null },
    ...rest,
  };
}

type Unsigned<C> = C extends CaseworkCommand ? Omit<C, 'by'> : never;
export type Asked = Unsigned<CaseworkCommand>;

/** An agreement in force that binds the agencies of these stories. */
export function bindingAll(key: string): Ground['agreementsInForce'][number] {
  return { key, parties: ['hub', 'police', 'probation', 'vcse'] };
}

/** One person's casework as it unfolds: time passes, commands are decided on what was recorded, and recorded. */
export function unfolding(start: string, ground: Partial<Ground> = {}) {
  let at = Date.parse(start);
  const facts: ReadFact[] = [];
  const groundNow = (): Ground => ({
    ...{ at, born: ['1990-04'], rules: cohortRulesAt(at), facts, homeOfficeCodeOf: () => undefined },
    ...{
      agreementsInForce: [bindingAll('core/1')],
      agencies: ['hub', 'police', 'probation', 'vcse', 'next-door'],
    },
    ...ground,
  });
  const record = ({ type, data, happened }: CaseworkEvent): void => {
    const received = { received: at, position: facts.length };
    facts.push(readFact(`fact-${facts.length}`, type, happened, data, received));
  };
  return {
    facts,
    now: (): number => at,
    case: (): Case => caseOf(facts),
    pass(milliseconds: number): void {
      at += milliseconds;
    },
    /** Something that somebody else publishes. */
    publish(...published: readonly ReadFact[]): void {
      facts.push(...published);
    },
    /** What follows; throws the refusal. */
    ask(command: Asked, by: Actor = chair): readonly CaseworkEvent[] {
      const events = decide(caseOf(facts), { ...command, by }, groundNow());
      events.forEach(record);
      return events;
    },
    /** The code of the refusal; `taken` where there is none. */
    answer(command: Asked, by: Actor = chair): string {
      try {
        this.ask(command, by);
        return 'taken';
      } catch (error) {
        if (isFailure(error)) return error.code;
        throw error;
      }
    },
  };
}

export type Unfolding = ReturnType<typeof unfolding>;

/** Referred, and discussed in the single referral meeting. */
export function discussed(story: Unfolding, day: string, referralId = 'referral'): void {
  story.ask(
    { type: 'raise-referral', referralId, reason: 'Five burglaries', requestedLevels: ['Priority'] },
    practitionerOf('police'),
  );
  story.ask({
    ...{ type: 'hold-referral-meeting', meetingId: `meeting on ${referralId}`, referralId, heldOn: day },
    ...{
      attendees: [{ agency: 'police' }, { agency: 'probation', name: 'Anna Lee' }],
      agreements: ['core/1'],
    },
  });
}
