import { type GovernanceEventOf } from '../governance/act.js';
import { type Governance, standing } from '../governance/governance.js';
import { type Held } from '../casework/held.js';
import { cellsOf, inOrder } from './counted-cells.js';
import { endOfDay } from './day.js';
import { textCell } from './table.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';

/** An agency at a site, by the site register. */
export interface Presence {
  readonly agency: string;
  readonly site: string;
  /** Log event ids. */
  readonly by: readonly string[];
}

/** Who was at which registered site at a moment, epoch milliseconds. */
export function presences(governance: Governance, at: number): readonly Presence[] {
  const sites = new Set(standing(governance, 'siteRegistered', at).map(({ value }) => value.site));
  return standing(governance, 'teamMovedIn', at)
    .filter(({ value }) => sites.has(value.site))
    .map(({ value, by }: Held<GovernanceEventOf<'teamMovedIn'>>) => ({
      agency: value.agency,
      site: value.site,
      by,
    }));
}

/** The presences by which all of some agencies share premises, at the sites where they do; none when they do not. */
export function sharingPremises(all: readonly Presence[], agencies: readonly string[]): readonly Presence[] {
  const sites = [...Map.groupBy(all, ({ site }) => site).values()];
  return sites
    .map((here) => here.filter(({ agency }) => agencies.includes(agency)))
    .filter(
      (here) =>
        agencies.length > 1 && agencies.every((agency) => here.some((each) => each.agency === agency)),
    )
    .flat();
}

/** The report `co-location`: who is at which site, and which agencies therefore share premises, at the end of a day. */
export function coLocation(governance: Governance, question: ReportQuestion): Report {
  const at = endOfDay(question.at);
  const all = presences(governance, at);
  const sites = standing(governance, 'siteRegistered', at).map(({ value }) => ({
    key: value.site,
    label: value.name,
  }));
  const agencies = inOrder(all.map(({ agency }) => agency)).map((key) => ({ key, label: key }));
  return {
    name: 'co-location',
    title: 'Co-location',
    question,
    tables: [siteTable(all, sites, agencies), pairTable(all, sites, agencies)],
  };
}

type Headings = Table['rows'];

const form = { sums: [], chart: null, shows: 'aggregate' } as const;

function siteTable(all: readonly Presence[], rows: Headings, columns: Headings): Table {
  const cell = (site: string, agency: string): Cell => {
    const here = all.filter((each) => each.site === site && each.agency === agency);
    return textCell(
      here.length === 0 ? 'no' : 'yes',
      here.flatMap(({ by }) => by),
    );
  };
  return {
    id: 'sites',
    title: 'Who is where',
    note: 'By the register of sites, at the end of the day.',
    of: 'Site',
    columns,
    rows,
    cells: cellsOf(rows, columns, cell),
    ...form,
  };
}

function pairTable(all: readonly Presence[], sites: Headings, agencies: Headings): Table {
  const nameOf = (site: string): string => sites.find(({ key }) => key === site)?.label ?? site;
  const cell = (one: string, other: string): Cell => {
    if (one === other) return textCell('itself');
    const together = sharingPremises(all, [one, other]);
    if (together.length === 0) return textCell('none');
    return textCell(
      inOrder(together.map(({ site }) => nameOf(site))).join(', '),
      together.flatMap(({ by }) => by),
    );
  };
  return {
    id: 'pairs',
    title: 'Which agencies share premises, and where',
    note: 'Worked out from who is at which site, never declared.',
    of: 'Agency',
    columns: agencies,
    rows: agencies,
    cells: cellsOf(agencies, agencies, cell),
    ...form,
  };
}
