import { commandForms, isCommandName, mutationName } from './casework/commands.js';
import { schemaOf } from './casework/given.js';
import { reference, type Schema } from './openapi-schemas.js';

const problem: Schema = { 'application/problem+json': { schema: reference('Problem') } };

const receipt: Schema = {
  type: 'object',
  required: ['id', 'facts', 'publications'],
  properties: {
    id: { type: ['string', 'null'], description: 'Of the referral, meeting, plan or handover that began.' },
    facts: { type: 'array', items: { type: 'string' }, description: 'Log event ids of what was recorded.' },
    publications: {
      type: 'array',
      items: { type: 'string' },
      description: 'CloudEvents ids under the source /hub/casework: what a correction or retraction names.',
    },
  },
};

const responses: Schema = {
  201: { description: 'Recorded: on the disk.', content: { 'application/json': { schema: receipt } } },
  400: { description: 'The command breaks a rule that its sender can repair.', content: problem },
  401: { description: 'The bearer token is missing or not accepted.', content: problem },
  403: { description: 'There is nobody of this id about whom the caller may do this.', content: problem },
  409: { description: 'What the case holds does not allow it.', content: problem },
  503: { description: 'The hub cannot do this now.', content: problem },
};

const headers: readonly Schema[] = [
  { name: 'X-Purpose', in: 'header', required: true, schema: { type: 'string' } },
  { name: 'X-Justification', in: 'header', required: false, schema: { type: 'string' } },
];

/** Whom a command is about, beside what its input holds. */
function bodyOf(name: keyof typeof commandForms): Schema {
  const { properties, required, ...form } = schemaOf(commandForms[name].input) as {
    readonly properties: Schema;
    readonly required: readonly string[];
  };
  const offender = { type: 'string', description: "The hub's id of the person." };
  const identifier = {
    type: 'object',
    required: ['scheme', 'value'],
    properties: { scheme: { type: 'string' }, value: { type: 'string' } },
    description: 'Instead of the id.',
  };
  const isReferral = name === 'raise-referral';
  return {
    ...form,
    properties: { offender, ...(isReferral && { identifier }), ...properties },
    required: [...(isReferral ? [] : ['offender']), ...required],
  };
}

/** The commands of casework, each by its form. */
export const caseworkPaths: Readonly<Record<string, Readonly<Record<string, Schema>>>> = Object.fromEntries(
  Object.keys(commandForms)
    .filter(isCommandName)
    .map((name) => [
      `/casework/${name}`,
      {
        post: {
          operationId: mutationName(name),
          summary: commandForms[name].description,
          parameters: headers,
          requestBody: { required: true, content: { 'application/json': { schema: bodyOf(name) } } },
          responses,
        },
      },
    ]),
);
