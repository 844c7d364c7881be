import { startOf } from '../../libs/domain/agreement/decide.js';
import { type Conditions } from '../../libs/domain/agreement/document.js';
import { type ShortClause } from '../../libs/testing/agreements.js';

/** How a policy language asks for an attribute; comparisons and `&&` are written alike in all of them. */
export interface Dialect {
  readonly attribute: (name: string) => string;
  /** Whether an attribute, a list, holds one of these. */
  readonly holds: (name: string, values: readonly string[]) => string;
  /** Whether two attributes, lists, have one value in common. */
  readonly meet: (one: string, other: string) => string;
  /** Whether an attribute is one of these. */
  readonly isOneOf: (name: string, values: readonly string[]) => string;
  readonly begins: (name: string, prefix: string) => string;
}

/** The clause's treatment of what it names: each clause of the benchmark has one. */
export function treatmentOf({ fields }: ShortClause): string {
  return Object.keys(fields)[0] ?? '';
}

/** When a clause applies to a field of a fact, in a policy language: everything but recipient and purpose. */
export function ruleOf(
  clause: ShortClause,
  force: { readonly inForceFrom: string; readonly expires: string },
  dialect: Dialect,
): string {
  const { attribute, isOneOf, begins } = dialect;
  const treatment = treatmentOf(clause);
  const classes = Object.values(clause.fields)
    .flat()
    .map((each) => each.slice('class:'.length));
  const [from, to] = [startOf(force.inForceFrom), startOf(force.expires)];
  const [pattern = ''] = clause.types;
  return [
    isOneOf('publisher', clause.publishers),
    pattern.endsWith('.*') ? begins('type', pattern.slice(0, -1)) : isOneOf('type', clause.types),
    isOneOf('class', classes),
    ...(treatment === 'generalise' ? [attribute('coarsens')] : []),
    `${attribute('at')} >= ${from}`,
    `${attribute('at')} < ${to}`,
    ...(clause.reach === 'prospective' ? [`${attribute('received')} >= ${from}`] : []),
    ...named(clause.conditions ?? {}, dialect),
    ...(treatment === 'withhold' ? [] : silent(clause.conditions ?? {}, dialect)),
  ].join(' && ');
}

function named(conditions: Conditions, { attribute, holds, meet, isOneOf }: Dialect): readonly string[] {
  const { cohort, level, mappa, management, age, consent, grading } = conditions;
  const { role, responsibility, emergency } = conditions;
  const within = (name: string, range: { readonly from?: number; readonly to?: number } = {}) => [
    ...(range.from === undefined ? [] : [`${attribute(`${name}From`)} >= ${range.from}`]),
    ...(range.to === undefined ? [] : [`${attribute(`${name}To`)} <= ${range.to}`]),
  ];
  return [
    ...(cohort ? [holds('cohorts', cohort)] : []),
    ...(level ? [holds('levels', level)] : []),
    ...(mappa?.levels
      ? [
          holds(
            'levels',
            mappa.levels.map((each) => `MAPPA-${each}`),
          ),
        ]
      : []),
    ...(mappa?.categories ? [isOneOf('mappaCategory', mappa.categories.map(String))] : []),
    ...(management ? [isOneOf('management', [management])] : []),
    ...within('ageAtFact', age?.atFact),
    ...within('age', age?.atQuestion),
    ...(consent ? [meet('consents', 'scopes')] : []),
    ...(grading?.source ? [isOneOf('gradingSource', grading.source.map(String))] : []),
    ...(grading?.information ? [isOneOf('gradingInformation', grading.information)] : []),
    ...(role ? [holds('roles', role)] : []),
    ...(responsibility ? [attribute('responsible')] : []),
    ...(emergency ? [attribute('emergency')] : []),
  ];
}

/** What a permission needs although it does not say so. */
function silent(conditions: Conditions, { attribute, isOneOf }: Dialect): readonly string[] {
  const { limitedAccess = ['NONE'], handling = ['P'], reportingRestrictions } = conditions;
  return [
    isOneOf('limitedAccess', limitedAccess),
    isOneOf('handling', handling),
    ...(reportingRestrictions === undefined ? [`!${attribute('restricted')}`] : []),
  ];
}
