import { restsOnPictures } from '../disclosure/disclosure.js';
import { factFindings, isAuditors } from './compliance-fact.js';
import { type Finding, finding } from './compliance-finding.js';
import { type Ground, type RecordedAnswer } from './compliance-grants.js';
import { confirmedWithout, peopleWithout } from './compliance-people.js';

/**
 * Judges one recorded answer by what the log held at its moment (design §9, R26): every field, fact and person in it
 * must have been granted to its asker as the log stood when it was recorded, so that what was acknowledged as ended
 * before counts. What was granted both then and where the read models had followed to, and yet was shown less openly,
 * told as absent or left out among its like, was withheld. What nobody asked for, a record cannot tell. People whom an
 * answer names without showing their picture (a correction to answer, a hold) are named by law and not by a clause.
 */
export function complianceOf(ground: Ground, answer: RecordedAnswer): readonly Finding[] {
  const { disclosure } = answer;
  const facts = disclosure.facts.flatMap((each) => factFindings(ground, answer, each));
  const judged = new Set(disclosure.facts.map(({ offender }) => offender));
  const isJudged = restsOnPictures(disclosure) && !isAuditors(disclosure);
  const others = isJudged ? disclosure.offenders.filter((each) => !judged.has(each)) : [];
  return [
    ...facts,
    ...peopleWithout(ground, answer, others).map(({ offender, reason }) =>
      finding(answer, { kind: 'not-permitted', reason, offender, shown: 'exists' }),
    ),
    ...confirmedWithout(ground, answer).map(({ offender, path, clause, reason }) =>
      finding(answer, { kind: 'not-permitted', reason, offender, field: path, shown: 'confirmed', clause }),
    ),
  ];
}
