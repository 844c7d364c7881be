import { entryOf } from '../../libs/contract/catalogue/catalogue.js';
import { type Field, fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { parseMoment, UNKNOWN_MOMENT } from '../../libs/contract/moment.js';
import { consentScopes } from '../../libs/domain/agreement/compile.js';
import { type Question } from '../../libs/domain/agreement/conditions.js';
import { ageHolds, isRestricted, type OffenderState } from '../../libs/domain/casework/offender-state.js';
import { randomFrom } from '../../libs/domain/demonstration/random.js';
import { cohorts, levels, publishers, purposes, recipients, roles, types } from './decision-clauses.js';

/** A question, and what an engine that knows no agreements is told of it: worked out beforehand, at no cost to it. */
export interface Asked extends Question {
  readonly purpose: string;
  readonly attributes: Attributes;
  readonly fields: readonly { readonly path: string; readonly attributes: Attributes }[];
}

/** Decides one field of the fact in question: `clear`, `generalise`, `mask` or `withhold`. */
export type Engine = (question: Asked, field: Asked['fields'][number]) => string;

export type Attributes = Record<string, string | number | boolean | string[]>;

const NEVER = -1;

/** Questions about facts of people in all kinds of state, always the same. */
export function questions(count: number): readonly Asked[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, () => {
    const { pick, chance, whole } = random;
    const publisher = pick(publishers);
    const type = pick(types[publisher] ?? []);
    const isGraded = type === 'police.intel.submitted';
    const fact = {
      publisher,
      type,
      version: 1,
      received: Date.UTC(whole(2018, 2025), whole(0, 11), 1),
      happened:
        parseMoment(chance(0.9) ? `${whole(2010, 2025)}-0${whole(1, 9)}-15` : undefined) ?? UNKNOWN_MOMENT,
      handling: isGraded || chance(0.1) ? pick(['P', 'C'] as const) : null,
      control: isGraded
        ? { gradingSource: String(whole(1, 3)), gradingInformation: pick(['A', 'B', 'C']) }
        : {},
    };
    const recipient = {
      agency: pick(recipients),
      roles: roles.filter(() => chance(0.4)),
      responsible: chance(0.3),
      emergency: chance(0.1),
    };
    const state = stateFor(random, recipient.agency, publisher);
    const question = { fact, recipient, state, at: Date.UTC(2026, whole(0, 11), 1) };
    return asked(question, pick(purposes));
  });
}

function stateFor(
  { pick, chance, whole }: ReturnType<typeof randomFrom>,
  recipient: string,
  publisher: string,
): OffenderState {
  const born = (): string => `${whole(1980, 2008)}-0${whole(1, 9)}`;
  return {
    cohorts: cohorts.filter(() => chance(0.4)),
    levels: levels.filter(() => chance(0.3)),
    mappaCategory: chance(0.5) ? String(whole(1, 4)) : null,
    management: pick(['statutory', 'voluntary', null]),
    informed: true,
    area: null,
    consents: ['*', 'CJF', 'PERS'].filter(() => chance(0.3)).map((each) => `${recipient}:${each}`),
    born: chance(0.9) ? [born(), ...(chance(0.1) ? [born()] : [])] : [],
    limitedAccess: chance(0.3) ? { [publisher]: pick(['RESTRICTED', 'EXCLUDED'] as const) } : {},
    restrictions: chance(0.2) ? [{ by: publisher, until: null }] : [],
    responsible: [],
    emergencies: [],
    processingRestricted: [],
  };
}

function asked(question: Question, purpose: string): Asked {
  const { fact, recipient, state, at } = question;
  const { from } = fact.happened;
  const ageAtFact =
    from === null ? unknownAge : surely(state.born, from, Math.max(from, fact.happened.to - 1));
  const age = surely(state.born, at, at);
  const entry = entryOf(fact.type, fact.version);
  if (entry === undefined) throw new Error(`${fact.type} is not in the catalogue`);
  const attributes: Attributes = {
    ...{ publisher: fact.publisher, type: fact.type, received: fact.received, at },
    ...{ recipient: recipient.agency, purpose },
    ...{ roles: [...recipient.roles], responsible: recipient.responsible, emergency: recipient.emergency },
    ...{ cohorts: [...state.cohorts], levels: [...state.levels], consents: [...state.consents] },
    ...{ mappaCategory: state.mappaCategory ?? '', management: state.management ?? '' },
    ...{ ageAtFactFrom: ageAtFact.from, ageAtFactTo: ageAtFact.to, ageFrom: age.from, ageTo: age.to },
    limitedAccess: state.limitedAccess[fact.publisher] ?? 'NONE',
    restricted: isRestricted(state, fact.publisher, at),
    handling: fact.handling ?? 'P',
    gradingSource: String(fact.control.gradingSource ?? ''),
    gradingInformation: String(fact.control.gradingInformation ?? ''),
  };
  const about = (field: Field) => attributesOf(recipient.agency, fact.type, field);
  const fields = fieldsOf(entry).map((field) => ({ path: field.path, attributes: about(field) }));
  return { ...question, purpose, attributes, fields };
}

function attributesOf(recipient: string, type: string, field: Field): Attributes {
  const scopes = [...consentScopes(recipient, type, field)];
  return { class: field.class, coarsens: field.generalise !== undefined, scopes };
}

const unknownAge = { from: NEVER, to: 999 };

/** The ages in whole years that somebody surely has reached, and surely not passed. */
function surely(
  born: readonly string[],
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  const ages = Array.from({ length: 100 }, (_, age) => age);
  return {
    from: ages.findLast((age) => ageHolds(born, { from: age }, from, to)) ?? unknownAge.from,
    to: ages.find((age) => ageHolds(born, { to: age }, from, to)) ?? unknownAge.to,
  };
}
