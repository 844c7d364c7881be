import { type Type } from '@nestjs/common';
import { Field, Float, ID, InputType, Int, ObjectType, type ReturnTypeFuncValue } from '@nestjs/graphql';
import { type PropertySchema } from '../../../libs/contract/catalogue/entry.js';
import { type ActKind } from '../../../libs/domain/governance/act.js';
import { type ActSchema, actSchemas } from '../../../libs/domain/governance/act-schema.js';

type Properties = Readonly<Record<string, PropertySchema>>;
type Direction = 'in' | 'out';

/** A class for GraphQL whose fields are those of a JSON Schema. */
function classFor(name: string, properties: Properties, required: readonly string[], direction: Direction) {
  const made = named(name);
  for (const [property, schema] of Object.entries(properties)) {
    const type = typeOf(`${name}${capital(property)}`, schema, direction);
    const options = { nullable: !required.includes(property), description: descriptionOf(schema) };
    Field(() => type, options)(made.prototype as object, property);
  }
  return made;
}

function named(name: string): Type<unknown> {
  return { [name]: class {} }[name] as Type<unknown>;
}

function typeOf(name: string, schema: PropertySchema, direction: Direction): ReturnTypeFuncValue {
  if (schema.type === 'array') return [typeOf(name, schema.items ?? {}, direction) as Type<unknown>];
  if (schema.type === 'object') return nested(name, schema, direction);
  if (schema.type === 'integer') return Int;
  return schema.type === 'number' ? Float : String;
}

function nested(name: string, schema: PropertySchema, direction: Direction): Type<unknown> {
  const made = classFor(name, schema.properties ?? {}, schema.required ?? [], direction);
  if (direction === 'in') InputType(name)(made);
  else ObjectType(name)(made);
  return made;
}

function descriptionOf({ enum: words, format, items }: PropertySchema): string {
  const choices = words ?? items?.enum;
  if (choices !== undefined) return `Of ${choices.join(', ')}.`;
  return format === 'date' ? 'A calendar date.' : '';
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What has a default need not be given. */
const defaulted: readonly string[] = ['agency', 'on'];

function inputFor(kind: ActKind, { title, properties, required }: ActSchema): Type<unknown> {
  const name = `${capital(kind)}Input`;
  const needed = required.filter((each) => !defaulted.includes(each));
  const made = classFor(name, properties, needed, 'in');
  InputType(name, { description: `${title}. ${defaultsOf(properties)}` })(made);
  return made;
}

function defaultsOf(properties: Properties): string {
  const agency = 'agency' in properties ? '`agency` is your own, and ' : '';
  return `Unless given, ${agency}\`on\` is today.`;
}

/** One act: exactly one of its kinds. */
export const GovernanceActInput = (() => {
  const made = named('GovernanceActInput');
  for (const [kind, schema] of Object.entries(actSchemas) as [ActKind, ActSchema][]) {
    const input = inputFor(kind, schema);
    Field(() => input, { nullable: true, description: schema.title })(made.prototype as object, kind);
  }
  InputType('GovernanceActInput', { isOneOf: true, description: 'Exactly one kind of act.' })(made);
  return made;
})();

/** What stands of one kind, with how long and on whose word. */
function standingFor(name: string, { title, properties, required }: ActSchema): Type<unknown> {
  const made = classFor(name, properties, required, 'out');
  const own = made.prototype as object;
  Field(() => ID, { description: 'The log event that says so.' })(own, 'event');
  Field(() => String, { nullable: true, description: 'The day from which it no longer held.' })(own, 'ended');
  Field(() => String, { description: 'The agency that reported it.' })(own, 'reportedBy');
  Field(() => String, { description: 'When the hub recorded it.' })(own, 'recorded');
  ObjectType(name, { description: `${title}.` })(made);
  return made;
}

/** The lists that governance answers, each of one kind of act. */
export const governanceLists = {
  documents: 'documentSigned',
  measures: 'measureAgreed',
  roles: 'roleAssigned',
  priorities: 'priorityAdopted',
  arrangements: 'arrangementDeclared',
  sites: 'siteRegistered',
  teams: 'teamMovedIn',
  reports: 'reportReceived',
  ruleReviews: 'cohortRulesReviewed',
  selfAssessments: 'selfAssessed',
  learning: 'learningCompleted',
  monitoring: 'monitoringDeclared',
  linkOfficers: 'linkOfficerAssigned',
} as const satisfies Readonly<Record<string, ActKind>>;

/** The governance of the partnership as it stood on a day. */
export const GovernanceModel = (() => {
  const made = named('Governance');
  for (const [list, kind] of Object.entries(governanceLists)) {
    const type = standingFor(capital(kind), actSchemas[kind]);
    Field(() => [type])(made.prototype as object, list);
  }
  ObjectType('Governance', {
    description: 'What stood on the day asked for; nothing about a managed person.',
  })(made);
  return made;
})();
