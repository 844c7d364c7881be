import { type PatternRules } from './pattern-rules.js';
import { robustScore } from './robust-score.js';

export type PatternName =
  'without-responsibility' | 'unusual-volume' | 'out-of-hours' | 'empty-searches' | 'many-people';

/** Something worth a look: which rule, whose doing, the figures that met it, and where in the log it stands. */
export interface PatternFinding {
  readonly rule: PatternName;
  readonly agency: string;
  readonly user: string;
  /** Calendar date of rules that look at one day, null of those that look at the whole period. */
  readonly day: string | null;
  /** Every number of the rule, thresholds among them, in the order of the rule. */
  readonly figures: readonly Figure[];
  /** Log positions of the answers, oldest first, at most `MOST_POSITIONS`. */
  readonly positions: readonly string[];
}

export interface Figure {
  readonly name: string;
  readonly value: number;
}

/** Answers counted for one thing, with where the first of them stand. */
export interface Counted {
  count: number;
  readonly positions: number[];
}

/** What one user did on one day. */
export interface Day {
  readonly date: string;
  isAsked: boolean;
  readonly answers: Counted;
  readonly empty: Counted;
  readonly sought: Set<string>;
  readonly people: Set<string>;
}

/** What is known of one user: the day that runs, the counts of those before, and the whole period. */
export interface Watched {
  readonly agency: string;
  readonly user: string;
  day: Day;
  history: readonly number[];
  asked: number;
  readonly outside: Counted;
  readonly untied: Counted;
  readonly untiedPeople: Set<string>;
  readonly tiedPeople: Set<string>;
  readonly found: PatternFinding[];
}

/** What the rules find in the day that runs, if anything was asked in the period then. */
export function ofDay(rules: PatternRules, user: Watched): readonly PatternFinding[] {
  const { day } = user;
  if (!day.isAsked) return [];
  const { emptySearches, manyPeople } = rules;
  const found = [...volumeOf(rules, user)];
  if (day.empty.count >= emptySearches.searches)
    found.push(
      finding(user, 'empty-searches', day.date, day.empty, [
        ['searches without a result', day.empty.count],
        ['different things sought', day.sought.size],
        ['threshold', emptySearches.searches],
      ]),
    );
  if (day.people.size >= manyPeople.people)
    found.push(
      finding(user, 'many-people', day.date, day.answers, [
        ['people', day.people.size],
        ['answers', day.answers.count],
        ['threshold', manyPeople.people],
      ]),
    );
  return found;
}

function volumeOf({ volume }: PatternRules, user: Watched): readonly PatternFinding[] {
  const { day, history } = user;
  if (history.length < volume.leastDays) return [];
  const { count: answers } = day.answers;
  const { median, deviation, score } = robustScore(answers, history);
  if (score < volume.z || answers < median + volume.excess) return [];
  return [
    finding(user, 'unusual-volume', day.date, day.answers, [
      ['answers', answers],
      ['median of own days', median],
      ['median absolute deviation', deviation],
      ['own days', history.length],
      ['z', Math.round(score * 100) / 100],
      ['threshold of z', volume.z],
      ['least excess', volume.excess],
    ]),
  ];
}

/** What the rules find in the period as a whole. */
export function ofPeriod(rules: PatternRules, user: Watched): readonly PatternFinding[] {
  const { untied, untiedPeople, tiedPeople, outside, asked } = user;
  const { withoutResponsibility, outOfHours } = rules;
  const found: PatternFinding[] = [];
  if (untiedPeople.size >= withoutResponsibility.people)
    found.push(
      finding(user, 'without-responsibility', null, untied, [
        ['people without responsibility', untiedPeople.size],
        ['people with responsibility', tiedPeople.size],
        ['answers without responsibility', untied.count],
        ['answers', asked],
        ['threshold of people', withoutResponsibility.people],
      ]),
    );
  if (outside.count > 0 && outside.count >= outOfHours.answers)
    found.push(
      finding(user, 'out-of-hours', null, outside, [
        ['answers out of hours', outside.count],
        ['answers', asked],
        ['threshold', outOfHours.answers],
      ]),
    );
  return found;
}

function finding(
  { agency, user }: Watched,
  rule: PatternName,
  day: string | null,
  { positions }: Counted,
  figures: readonly (readonly [name: string, value: number])[],
): PatternFinding {
  return {
    rule,
    agency,
    user,
    day,
    figures: figures.map(([name, value]) => ({ name, value })),
    positions: positions.map(String),
  };
}
