import { describe, expect, it } from '@jest/globals';
import { agencies, agencyOf } from '../../libs/contract/agency.js';
import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../libs/contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { matchesType, selects } from '../../libs/domain/agreement/compile.js';
import { type PermitClause, type Treatment } from '../../libs/domain/agreement/document.js';
import { standingOn, TODAY } from './library.js';
import { type Cell, matrixClasses, startingMatrix } from './starting-matrix.js';

/** One field of one type that a clause in force permits to somebody. */
interface SharedField {
  readonly agreement: string;
  readonly clause: PermitClause;
  readonly publisher: string;
  readonly recipient: string;
  readonly type: string;
  readonly field: Field;
  readonly as: Treatment;
}

const shared: readonly SharedField[] = standingOn(TODAY).flatMap(({ reference: agreement, clauses }) =>
  clauses.flatMap((clause) => (clause.effect === 'permit' ? sharedBy(agreement, clause) : [])),
);

function sharedBy(agreement: string, clause: PermitClause): readonly SharedField[] {
  const { publishers, recipients, fields } = clause;
  return publishers.flatMap((publisher) =>
    catalogue
      .filter(
        (entry) =>
          matchesType(clause, entry.type) &&
          entry.publishers.some((kind) => kind === agencyOf(publisher)?.kind),
      )
      .flatMap((entry) =>
        fieldsOf(entry).flatMap((field) => {
          const as = (['mask', 'generalise', 'clear'] as const).find((each) =>
            fields[each]?.some((selector) => selects(selector, field)),
          );
          if (as === undefined) return [];
          return recipients.map((recipient) => ({
            agreement,
            clause,
            publisher,
            recipient,
            type: entry.type,
            field,
            as,
          }));
        }),
      ),
  );
}

/** What a worker of the voluntary sector needs to lead a case, beyond a name. */
const forLeadsInTheSector = [
  'hub.management.decided levels',
  'prison.releasePlanned releaseDate',
  'prison.released releasedAt',
  'prison.released reason',
  'probation.recall.decided recallType',
  'housing.placement.ended departedOn',
];

/** What goes beyond the matrix on purpose, each by a condition that keeps it narrow. */
const departures: readonly { readonly why: string; readonly holds: (each: SharedField) => boolean }[] = [
  {
    why: 'an emergency, opened for hours and reviewed',
    holds: ({ clause, field }) => clause.conditions?.emergency !== undefined && field.class !== 'VIC',
  },
  {
    why: 'the memorandum about MAPPA offenders tells duty bodies of risk, release and recall',
    holds: ({ agreement, clause }) => agreement === 'mappa' && clause.conditions?.mappa !== undefined,
  },
  {
    why: 'the day of release, so that treatment goes on, with consent',
    holds: ({ clause, recipient, field }) =>
      recipient === 'treatment' && field.path === 'releaseDate' && clause.conditions?.consent === true,
  },
  {
    why: 'whoever leads a case in the voluntary sector learns its level, release, recall and loss of a home',
    holds: ({ clause, recipient, type, field }) =>
      recipient === 'vcse' &&
      clause.conditions?.responsibility === 'case' &&
      forLeadsInTheSector.includes(`${type} ${field.path}`),
  },
];

function isWithin(cell: Cell, { clause, field, as, type }: SharedField): boolean {
  if (cell.lacking !== undefined) return false;
  const isNamed = cell.fields === 'all' || cell.fields.some((selector) => selects(selector, field));
  return isNamed && (cell.as?.includes(as) ?? true) && isAsked(cell.asks, clause, type);
}

function isAsked(asks: Cell['asks'], { conditions, gateway }: PermitClause, type: string): boolean {
  switch (asks) {
    case 'consent':
      return conditions?.consent === true;
    case 'handling':
      return conditions?.handling !== undefined;
    case 'child':
      return (conditions?.age?.atFact ?? conditions?.age?.atQuestion)?.to === 17;
    case 'transition':
      return type === 'youth.transition.completed';
    case 'tested-ends':
      return gateway === 'Police and Criminal Evidence Act 1984 s.63B(7)';
    case undefined:
      return true;
  }
}

const told = ({ agreement, clause, type, field, as }: SharedField): string =>
  `${agreement}#${clause.id} ${type} ${field.path} (${field.class}) ${as}`;

const cells = Object.entries(startingMatrix).flatMap(([recipient, row]) =>
  matrixClasses.map((sensitivity) => ({ recipient, sensitivity, cell: row[sensitivity] })),
);

describe('the agreements in force against the starting matrix (event catalogue §5.12)', () => {
  it('has a row for every agency that receives anything', () => {
    const rows = agencies.map(({ id }) => id).filter((id) => id !== 'auditor');
    expect(Object.keys(startingMatrix).sort()).toEqual(rows.sort());
    expect(shared.length).toBeGreaterThan(1000);
  });

  it.each(cells)(
    '$recipient receives of $sensitivity no more than "$cell.says"',
    ({ recipient, sensitivity, cell }) => {
      const received = shared.filter(
        (each) => each.recipient === recipient && each.field.class === sensitivity,
      );
      const beyond = received.filter(
        (each) => !isWithin(cell, each) && !departures.some(({ holds }) => holds(each)),
      );
      expect(beyond.map(told)).toEqual([]);
    },
  );

  it.each(cells.filter(({ cell }) => cell.fields.length > 0 && cell.lacking === undefined))(
    '$recipient receives of $sensitivity what is "$cell.says", each by a gateway',
    ({ recipient, sensitivity, cell }) => {
      const received = shared.filter(
        (each) => each.recipient === recipient && each.field.class === sensitivity && isWithin(cell, each),
      );
      const named = cell.fields === 'all' ? [] : cell.fields;
      const missing = named.filter((selector) => !received.some(({ field }) => selects(selector, field)));
      expect([received.length > 0, missing]).toEqual([true, []]);
      expect(received.filter(({ clause }) => clause.gateway.length === 0)).toEqual([]);
    },
  );

  it.each(departures)('goes beyond it for $why', ({ holds }) => {
    const beyond = shared.filter((each) => {
      const row: Readonly<Partial<Record<SensitivityClass, Cell>>> = startingMatrix[each.recipient] ?? {};
      const cell = row[each.field.class];
      return cell !== undefined && !isWithin(cell, each) && holds(each);
    });
    expect(beyond.length).toBeGreaterThan(0);
  });

  it('shares ethnicity, limited access and victims with nobody, and no number of the NHS outside care', () => {
    const classes = new Set(shared.map(({ field }) => field.class));
    expect(['EQ', 'LAO', 'VIC'].filter((each) => [...classes].some((known) => known === each))).toEqual([]);
    const numbers = shared.filter(({ field }) => field.path === 'nhs').map(({ recipient }) => recipient);
    expect([...new Set(numbers)].sort()).toEqual(['health', 'treatment']);
  });

  it('tells police no number that predicts and no word of the panel', () => {
    const paths = ['ogrs', 'ogp', 'ovp', 'oasysSections[].score', 'rationale', 'dissent', 'plan'];
    const inFull = shared.filter(
      ({ recipient, field, as }) => recipient === 'police' && as === 'clear' && paths.includes(field.path),
    );
    expect(inFull.map(told)).toEqual([]);
  });
});
