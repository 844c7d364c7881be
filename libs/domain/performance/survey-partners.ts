import { agencyOf } from '../../contract/agency.js';
import { type Presence, presences, sharingPremises } from './co-location.js';
import { nothing } from './counted-cells.js';
import { agreementsOf, type Ground, toldBy } from './key-principles/ground.js';
import { type Cell, type Table } from './report.js';
import { type PartnerCategory, type SurveyQuestions } from './survey-questions.js';
import { heading, tableOf, textCell } from './table.js';

/** Agencies that the hub knows of, by whatever way. */
function agenciesOf({ partners, receipts }: Ground, at: readonly Presence[]): readonly string[] {
  return [
    ...new Set([...partners, ...receipts.map(({ agency }) => agency), ...at.map(({ agency }) => agency)]),
  ];
}

function isOf({ kinds, agencies }: PartnerCategory, agency: string): boolean {
  return agencies.includes(agency) || kinds.includes(agencyOf(agency)?.kind ?? '');
}

/** Which kinds of partner are involved, and by what that shows. */
export function partnerTable(ground: Ground, { partners, source }: SurveyQuestions): Table {
  const here = presences(ground.governance, ground.moment);
  const agencies = agenciesOf(ground, here);
  return tableOf({
    id: 'partners',
    title: 'Agencies involved',
    note: `Figure 1 of: ${source}. Involved: bound by an agreement in force, published in the year, or at a registered site. Kinds that the hub cannot tell apart stand together.`,
    of: 'Partner',
    columns: [heading('involved', 'Involved'), heading('how', 'How')],
    rows: partners.map(({ key, label }) => heading(key, label)),
    cells: partners.map((category) =>
      involvement(
        ground,
        here,
        agencies.filter((each) => isOf(category, each)),
      ),
    ),
    shows: 'aggregate',
  });
}

function involvement(
  ground: Ground,
  here: readonly Presence[],
  agencies: readonly string[],
): readonly Cell[] {
  const bound = agencies.some((each) => agreementsOf(ground, each).length > 0);
  const told = agencies.flatMap((each) =>
    toldBy(ground, each)
      .slice(0, 1)
      .map(({ id }) => id),
  );
  const moved = here.filter(({ agency }) => agencies.includes(agency)).flatMap(({ by }) => by);
  const how = [bound && 'agreement', told.length > 0 && 'publishes', moved.length > 0 && 'co-located'].filter(
    (each) => each !== false,
  );
  if (how.length === 0) return [textCell('no'), nothing];
  return [textCell('yes', [...told, ...moved]), textCell(how.join(', '), [...told, ...moved])];
}

/** Which kinds of partner share premises. */
export function coLocationTable(ground: Ground, { partners, coLocated }: SurveyQuestions): Table {
  const here = presences(ground.governance, ground.moment);
  const labelOf = (key: string): string => partners.find((each) => each.key === key)?.label ?? key;
  const categoryOf = (agency: string): string => partners.find((each) => isOf(each, agency))?.key ?? agency;
  const categories = here.map((each) => ({ ...each, agency: categoryOf(each.agency) }));
  return tableOf({
    id: 'co-location',
    title: 'On the same premises',
    note: 'Figure 2. Worked out from the register of sites, never declared.',
    of: 'Partners',
    columns: [heading('answer', 'Answer')],
    rows: coLocated.map((keys) => heading(keys.join('-with-'), keys.map(labelOf).join(', '))),
    cells: coLocated.map((keys) => {
      const together = sharingPremises(categories, keys).flatMap(({ by }) => by);
      return [textCell(together.length > 0 ? 'yes' : 'no', together)];
    }),
    shows: 'aggregate',
  });
}
