import { parseMoment } from '../../contract/moment.js';
import { type StateFact, stateOf } from './offender-history.js';
import { remaining, type Step } from './precedence.js';
import { standingOf } from './read-fact.js';

const SET = 'police.iom.flag.set';
const CLEARED = 'police.iom.flag.cleared';

/**
 * Whether a person is one about whom records may be taken in bulk (R4): a flag of the police stands, neither cleared
 * nor past its last day, or a cohort holds them. `facts` are the person's in log order; `at` is epoch milliseconds.
 */
export function isFlagged(facts: readonly StateFact[], at: number): boolean {
  const flags = remaining(standingOf(facts).map(stepOf));
  return flags.some((each) => holds(each, at)) || stateOf(facts).cohorts.length > 0;
}

/** `<flag> <last day>`, the day empty where the flag has none; clearing a flag ends it whatever its last day. */
function stepOf({ type, happened, control: { flag, flagEnds } }: StateFact): Step {
  const name = typeof flag === 'string' ? flag : '';
  const day = typeof flagEnds === 'string' ? flagEnds : '';
  const isSet = type === SET && name !== '';
  const isCleared = type === CLEARED;
  return {
    happened,
    adds: isSet ? [`${name} ${day}`] : [],
    ends: (value) => isCleared && value.startsWith(`${name} `),
  };
}

/** In Europe/London; a last day that is none is over. */
function holds(flag: string, at: number): boolean {
  const day = flag.slice(flag.indexOf(' ') + 1);
  return day === '' || at < (parseMoment(day)?.to ?? 0);
}
