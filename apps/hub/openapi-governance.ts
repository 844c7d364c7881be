import { actSchemas } from '../../libs/domain/governance/act-schema.js';
import { reference, type Schema } from './openapi-schemas.js';

const text: Schema = { type: 'string' };
const problem: Schema = { 'application/problem+json': { schema: reference('Problem') } };

/** What has a default need not be given. */
const defaulted: readonly string[] = ['agency', 'on'];

const act: Schema = {
  oneOf: Object.entries(actSchemas).map(([kind, { title, properties, required }]) => ({
    type: 'object',
    title,
    required: [kind],
    additionalProperties: false,
    properties: {
      [kind]: {
        type: 'object',
        properties,
        required: required.filter((each) => !defaulted.includes(each)),
        additionalProperties: false,
      },
    },
  })),
};

const recorded: Schema = {
  type: 'object',
  required: ['recorded'],
  properties: {
    recorded: {
      type: 'array',
      items: {
        type: 'object',
        required: ['event', 'type', 'on'],
        properties: { event: text, type: text, on: text },
      },
    },
  },
};

/** Governance of the partnership, for the systems of those who lead it. */
export const governancePaths: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  '/governance': {
    post: {
      operationId: 'recordGovernance',
      summary: 'Record one act of governance: a document signed, a site registered, a report received',
      description: '`agency` is your own and `on` is today (Europe/London) where you say nothing else.',
      requestBody: { required: true, content: { 'application/json': { schema: act } } },
      responses: {
        201: {
          description: 'On the disk: what was recorded, the act itself last',
          content: { 'application/json': { schema: recorded } },
        },
        400: {
          description: 'The act breaks a rule that its reporter can repair, or the body is not JSON.',
          content: problem,
        },
        401: { description: 'There is no token, or it does not hold.', content: problem },
        403: { description: 'The act is not yours to report.', content: problem },
        409: { description: 'It contradicts what is recorded.', content: problem },
      },
    },
  },
};
