import { agencyOf } from '../../contract/agency.js';
import { Invalid } from '../../contract/failure.js';
import { type PatternFinding } from '../../domain/audit/pattern-findings.js';
import { patternRules, type PatternRules } from '../../domain/audit/pattern-rules.js';
import { type PatternsQuestion, watchPatterns } from '../../domain/audit/patterns.js';
import { MOST_DAYS, requireAgency } from '../../domain/audit/questions.js';
import { type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { BEFORE_FIRST } from '../event-log/event-log.js';
import { emptyStanding } from '../projection/standing.js';
import { type AuditedLog, eventsWithin, type Reading } from './log-window.js';

const DAY = 86_400_000;

/**
 * What is worth a look in a period, from the log alone: each finding with its rule, its figures and its positions. Auditors'
 * own readings are left out. Memory is bounded by users and by people under management, not by answers. Throws `Invalid`
 * `audit-unbounded` for a period of more than `MOST_DAYS` days, `period` and `agency`.
 */
export async function patternsIn(
  log: AuditedLog,
  question: PatternsQuestion,
  reading: Reading,
  rules: PatternRules = patternRules,
): Promise<readonly PatternFinding[]> {
  requirePeriod(question);
  const watch = watchPatterns(rules, question);
  const standing = emptyStanding();
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading)) {
    if (!isDisclosure(event.type)) {
      standing.apply(event);
      continue;
    }
    const disclosure = JSON.parse(event.metadata) as Disclosure;
    if (agencyOf(disclosure.agency)?.kind !== 'auditor')
      watch.take({ position: event.position, disclosure }, standing.state);
  }
  return watch.findings();
}

function requirePeriod({ from, to, agency }: PatternsQuestion): void {
  if (agency !== undefined) requireAgency(agency);
  if (to <= from) throw new Invalid('period', 'the period must end after it begins');
  if (to - from > MOST_DAYS * DAY + DAY / 24)
    throw new Invalid('audit-unbounded', `the period must have at most ${MOST_DAYS} days`);
}
