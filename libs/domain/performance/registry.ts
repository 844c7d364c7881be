import { Invalid } from '../../contract/failure.js';
import { type Register } from '../agreement/register.js';
import { type Governance } from '../governance/governance.js';
import { caseload } from './caseload.js';
import { coLocation } from './co-location.js';
import { costOfCrime } from './cost-of-crime.js';
import { dataQualityReport } from './data-quality.js';
import { spanOf } from './day.js';
import { type FeedReceipt } from './feeds.js';
import { type PersonHistory } from './history.js';
import { informedReport } from './informed.js';
import { interventions } from './interventions.js';
import { disclosureFigures, type RecordedAnswer } from './key-principles/disclosures.js';
import { type KeyPrincipleSources } from './key-principles.js';
import { keyPrinciples } from './key-principles-report.js';
import { leadProfessionalsReport } from './lead-professionals.js';
import { needs } from './needs.js';
import { profile } from './profile.js';
import { reassessmentsReport } from './reassessments.js';
import { reoffending } from './reoffending.js';
import { opened, type Report, type ReportQuestion } from './report.js';
import { selectionsReport, type Superseded } from './selections.js';
import { selfAssessment } from './self-assessment.js';
import { silenceReport } from './silence.js';
import { spread } from './spread.js';
import { statutoryShare } from './statutory-share.js';
import { survey } from './survey.js';
import { watchPeriodsReport } from './watch-periods.js';

/** Everything that reports are made from, as known at one moment. */
export interface ReportGround {
  readonly histories: readonly PersonHistory[];
  /** Every publication, as the hub received it. */
  readonly receipts: readonly FeedReceipt[];
  /** What corrects or retracts what, of all facts. */
  readonly superseded: Superseded;
  readonly register: Register;
  readonly governance: Governance;
  readonly answers: readonly RecordedAnswer[];
  /** Within how many milliseconds of its receipt a fact was visible, 95 of 100 times; null where nobody measured. */
  readonly visibleWithin: number | null;
}

export interface ReportMaker {
  /** Letters and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What it tells, in a sentence. */
  readonly description: string;
  /** `people`: besides numbers it lists people one by one, which the board does not see. */
  readonly audience: 'aggregate' | 'people';
  make(ground: ReportGround, question: ReportQuestion): Report;
}

/** Every report, in the order in which they are listed. */
export const reports: readonly ReportMaker[] = [
  {
    name: 'reoffending',
    title: 'Reoffending before and after',
    description: 'Offences in the period and in the same time before it, by level, cohort and age.',
    audience: 'aggregate',
    make: ({ histories }, question) => reoffending(histories, question),
  },
  {
    name: 'caseload',
    title: 'Caseload by level and area',
    description: 'People managed on the first and on the last day, by level and area, with the change.',
    audience: 'aggregate',
    make: ({ histories }, question) => caseload(histories, question),
  },
  {
    name: 'spread',
    title: 'Community and custody',
    description: 'Priority people in the community and in custody, quarter by quarter.',
    audience: 'aggregate',
    make: ({ histories }, question) => spread(histories, question),
  },
  {
    name: 'statutory-share',
    title: 'Community demand by provider',
    description: 'Priority people in the community who are managed by statute, by provider of probation.',
    audience: 'aggregate',
    make: ({ histories }, question) => statutoryShare(histories, question),
  },
  {
    name: 'needs',
    title: 'Needs on entry, and progress',
    description: 'First assessments on the seven pathways: scores, needs identified, progress since.',
    audience: 'aggregate',
    make: ({ histories }, question) => needs(histories, question),
  },
  {
    name: 'interventions',
    title: 'From need to intervention',
    description: 'The gap from a need to a referral and to a start, by pathway.',
    audience: 'aggregate',
    make: ({ histories }, question) => interventions(histories, question),
  },
  {
    name: 'cost-of-crime',
    title: 'Cost of crime',
    description:
      'What the offences of the reoffending sample cost, at the weights of a table with a version.',
    audience: 'aggregate',
    make: ({ histories }, question) => costOfCrime(histories, question),
  },
  {
    name: 'profile',
    title: 'Who is managed',
    description: 'People managed at the end of the day, by level, cohort, age and sex.',
    audience: 'aggregate',
    make: ({ histories }, question) => profile(histories, question),
  },
  {
    name: 'lead-professionals',
    title: 'Lead professionals',
    description: 'Who leads, and the minutes in which nobody or more than one did.',
    audience: 'people',
    make: ({ histories }, question) => leadProfessionalsReport(histories, question),
  },
  {
    name: 'reassessments',
    title: 'Reassessments',
    description: 'Assessments that are due, and how long those overdue have been.',
    audience: 'people',
    make: ({ histories }, question) => reassessmentsReport(histories, question),
  },
  {
    name: 'informed',
    title: 'People informed of sharing',
    description: 'Who was told how agencies share what they know: format, language, version.',
    audience: 'people',
    make: ({ histories }, question) => informedReport(histories, question),
  },
  {
    name: 'selections',
    title: 'Selections for cohorts',
    description: 'Selections of the period, their rule versions, and inputs put right since.',
    audience: 'people',
    make: ({ histories, superseded }, question) => selectionsReport(histories, superseded, question),
  },
  {
    name: 'watch-periods',
    title: 'Watch periods',
    description: 'People who left management and are watched, and what came of it.',
    audience: 'people',
    make: ({ histories }, question) => watchPeriodsReport(histories, question),
  },
  {
    name: 'silence',
    title: 'What should have happened and did not',
    description: 'Releases, assessments, hearings and feeds that nothing was heard of in time.',
    audience: 'people',
    make: ({ histories, receipts }, question) => silenceReport(histories, receipts, question),
  },
  {
    name: 'data-quality',
    title: 'Data quality by agency',
    description: 'What agencies sent that was missing, late or contradictory.',
    audience: 'people',
    make: ({ histories, receipts }, question) => dataQualityReport(histories, receipts, question),
  },
  {
    name: 'co-location',
    title: 'Co-location',
    description: 'Which agencies work on the same premises.',
    audience: 'aggregate',
    make: ({ governance }, question) => coLocation(governance, question),
  },
  {
    name: 'key-principles',
    title: 'Evidence of the Key Principles',
    description: 'The 24 elements: met, not met or outside the system, with the evidence.',
    audience: 'aggregate',
    make: (ground, question) => keyPrinciples(withFigures(ground, question), question),
  },
  {
    name: 'self-assessment',
    title: 'Self-assessment by the Key Principles',
    description: 'The newest two self-assessments, what changed, and what the log suggests.',
    audience: 'aggregate',
    make: (ground, question) => selfAssessment(withFigures(ground, question), question),
  },
  {
    name: 'survey',
    title: 'The survey of 2013, answered from the log',
    description: 'Arrangements, partners, shared premises, caseload, types put first, monitoring and tools.',
    audience: 'aggregate',
    make: (ground, question) => survey(ground, question),
  },
];

function withFigures(ground: ReportGround, question: ReportQuestion): KeyPrincipleSources {
  const { answers, register, visibleWithin } = ground;
  return { ...ground, disclosures: disclosureFigures(answers, register, spanOf(question), visibleWithin) };
}

/** The report of a name, every cell of which opens to what is behind it. Throws `Invalid` `report-name`, naming all there are. */
export function reportNamed(name: string): ReportMaker {
  const maker = reports.find((each) => each.name === name);
  if (maker !== undefined)
    return { ...maker, make: (ground, question) => opened(maker.make(ground, question)) };
  const names = reports.map((each) => each.name).join(', ');
  throw new Invalid('report-name', `there is no such report: it is one of ${names}`);
}
