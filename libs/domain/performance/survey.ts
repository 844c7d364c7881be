import { DateTime } from 'luxon';
import { type Register } from '../agreement/register.js';
import { type Governance, happening, standing } from '../governance/governance.js';
import { monitoringTypes, supportTools } from '../governance/words.js';
import { count } from './counted-cells.js';
import { type Span, spanOf } from './day.js';
import { type FeedReceipt } from './feeds.js';
import { type PersonHistory } from './history.js';
import { groundOf, type Ground, managedBy, managedSpans } from './key-principles/ground.js';
import { lengthOf, within } from './key-principles/spans.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';
import { coLocationTable, partnerTable } from './survey-partners.js';
import { type SurveyQuestions, surveyOn } from './survey-questions.js';
import { typesPrioritised } from './survey-types.js';
import { heading, tableOf, textCell } from './table.js';

export interface SurveySources {
  readonly histories: readonly PersonHistory[];
  readonly receipts: readonly FeedReceipt[];
  readonly register: Register;
  readonly governance: Governance;
}

const NOT_KNOWN = 'not known';

/**
 * The report `survey`: the questions of the Home Office's survey of 2013, answered from the log: arrangements, partners,
 * shared premises, caseload of the year that ends on the day `at`, types of offender put first, monitoring and tools.
 */
export function survey(sources: SurveySources, question: ReportQuestion): Report {
  const questions = surveyOn(question.at);
  const year = { from: yearUntil(question.at), to: question.at };
  const ground = groundOf({ ...sources, ...year, at: question.at, disclosures: null });
  const dealtWith = dealtWithIn(sources.histories, spanOf(year));
  return {
    name: 'survey',
    title: 'The survey of 2013, answered from the log',
    question,
    tables: [
      arrangementTable(ground, dealtWith.length > 0),
      partnerTable(ground, questions),
      coLocationTable(ground, questions),
      caseloadTable(dealtWith, questions),
      typeTable(ground, dealtWith),
      monitoringTable(ground),
      toolTable(ground),
    ],
  };
}

function dealtWithIn(histories: readonly PersonHistory[], year: Span): readonly PersonHistory[] {
  return histories.filter((history) => lengthOf(within(managedSpans(history), year)) > 0);
}

/** The first day of the year that ends on a day. */
function yearUntil(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).minus({ years: 1 }).toFormat('yyyy-MM-dd');
}

const answer = [heading('answer', 'Answer')];

function arrangementTable({ governance, moment, agreements }: Ground, isManaging: boolean): Table {
  const declared = standing(governance, 'arrangementDeclared', moment);
  const running = declared.filter(({ value }) => value.established !== 'planned');
  const by = declared.flatMap((each) => each.by);
  const isInPlace = running.length > 0 || (agreements.length > 0 && isManaging);
  const states = [...new Set(declared.map(({ value }) => value.established))];
  return tableOf({
    id: 'arrangements',
    title: 'Arrangements',
    note: 'In place: declared, or at least an agreement in force and people managed. How far established, and how many: as declared.',
    of: 'Question',
    columns: answer,
    rows: [
      heading('in-place', 'Arrangements in place'),
      heading('established', 'Considered established'),
      heading('number', 'Number of arrangements'),
    ],
    cells: [
      [textCell(isInPlace ? 'yes' : 'no', by)],
      [textCell(states.length === 0 ? NOT_KNOWN : states.join(', '), by)],
      [textCell(declared.length === 0 ? NOT_KNOWN : String(running.length), by)],
    ],
    shows: 'aggregate',
  });
}

function caseloadTable(dealtWith: readonly PersonHistory[], { bands, bandNote }: SurveyQuestions): Table {
  const events = dealtWith.flatMap(managedBy);
  const band = bands.find(({ from, to }) => from <= dealtWith.length && dealtWith.length <= to);
  return tableOf({
    id: 'caseload',
    title: 'People dealt with in the last year',
    note: `Figure 3. Managed at any level or in any cohort at some time of the year that ends on the day. ${bandNote}`,
    of: 'Question',
    columns: answer,
    rows: [heading('people', 'People dealt with'), heading('band', 'Band')],
    cells: [[count(dealtWith.length, events)], [textCell(band?.label ?? NOT_KNOWN)]],
    shows: 'aggregate',
  });
}

function typeTable({ governance, at }: Ground, dealtWith: readonly PersonHistory[]): Table {
  const answers = typesPrioritised(governance, dealtWith, at);
  return tableOf({
    id: 'types',
    title: 'Types of offender put first',
    note: 'Figure 4. Adopted: a priority in place names the type. Where none names any: by selection, when there are people of the type among those dealt with in the year. Young: under 25. Dangerous: under MAPPA, or of high or very high risk of serious harm. What facts cannot tell is not known.',
    of: 'Type',
    columns: [heading('prioritised', 'Prioritised'), heading('people', 'People of the type')],
    rows: answers.map(({ type }) => heading(type)),
    cells: answers.map(({ prioritised, priorities, people }) => [
      textCell(prioritised, priorities),
      people === null ? textCell(NOT_KNOWN) : count(people.length, people.flat()),
    ]),
    shows: 'aggregate',
  });
}

const IMPORT = 'police.pncOutcome.imported';

function monitoringTable({ governance, moment, receipts, span }: Ground): Table {
  const declared = standing(governance, 'monitoringDeclared', moment).at(-1);
  const imported = receipts.filter(
    ({ type, received }) => type === IMPORT && span.from <= received && received < span.to,
  );
  const cells = monitoringTypes.map((type) => {
    if (type === 'IDIOM' && imported.length > 0)
      return [
        textCell(
          'yes',
          imported.slice(-1).map(({ id }) => id),
        ),
      ];
    return [declaredCell(declared, declared?.value.monitoring.includes(type))];
  });
  return tableOf({
    id: 'monitoring',
    title: 'How outcomes are monitored',
    note: 'Figure 5. As declared; IDIOM also by its imports of the year.',
    of: 'Way',
    columns: answer,
    rows: monitoringTypes.map((type) => heading(type)),
    cells,
    shows: 'aggregate',
  });
}

function toolTable({ governance, moment, span }: Ground): Table {
  const declared = standing(governance, 'monitoringDeclared', moment).at(-1);
  const used = {
    'key-principles-self-assessment': happening(governance, 'selfAssessed', span.from, span.to),
    'e-learning': happening(governance, 'learningCompleted', span.from, span.to),
  };
  return tableOf({
    id: 'tools',
    title: 'Support tools used',
    note: 'Figure 6. As declared; the self-assessment and the learning also by those recorded in the year.',
    of: 'Tool',
    columns: answer,
    rows: supportTools.map((tool) => heading(tool)),
    cells: supportTools.map((tool) => {
      const by = tool in used ? used[tool as keyof typeof used].flatMap((each) => each.by) : [];
      if (by.length > 0) return [textCell('yes', by)];
      return [declaredCell(declared, declared?.value.tools.includes(tool))];
    }),
    shows: 'aggregate',
  });
}

function declaredCell(
  declared: { readonly by: readonly string[] } | undefined,
  isSo: boolean | undefined,
): Cell {
  if (declared === undefined) return textCell(NOT_KNOWN);
  return textCell(isSo === true ? 'yes' : 'no', declared.by);
}
