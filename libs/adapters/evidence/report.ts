import { agencyOf } from '../../contract/agency.js';
import { type Operation } from '../../domain/audit/operations.js';
import { drawn, pageOf } from '../charts/pages.js';
import { type Derived, MOST_LISTED } from './derive.js';
import { type About, type AskedOf } from './manifest.js';
import { report } from './templates/report.js';

/** `report.html` of a bundle: a page that stands by itself, the same for the same events wherever it is made. */
export async function reportOf(about: About, derived: Derived): Promise<string> {
  const { charts, listed, agreements, counts } = derived;
  return pageOf(report, {
    about,
    asked: inWords(about.question),
    counts,
    agreements,
    listed: listed.map(rowOf),
    unlisted: Math.max(0, counts.answers - MOST_LISTED),
    figures: await drawn(charts),
  });
}

const words: Readonly<Record<keyof AskedOf, string>> = {
  person: 'about the person with the hub id',
  agency: 'by the agency',
  user: 'by the user',
  clause: 'under the clause',
  from: 'from',
  to: 'before',
};

function inWords(question: AskedOf): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([name, text]) => {
    const value = question[name as keyof AskedOf];
    return value === undefined ? [] : [[text, value] as const];
  });
}

function rowOf({ position, at, agency, user, purpose, facts }: Operation) {
  const shown = facts.filter((fact) => fact.position !== null);
  return {
    position,
    at,
    agency: agencyOf(agency)?.name ?? agency,
    user: user ?? '',
    purpose: purpose ?? '',
    facts: new Set(shown.map((fact) => fact.position)).size,
    fields: shown.reduce((sum, { fields }) => sum + fields.length, 0),
    clauses: [...new Set(facts.flatMap(({ clause }) => clause ?? []))].sort().join(' '),
  };
}
