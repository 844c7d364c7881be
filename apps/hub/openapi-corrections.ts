import { reference, type Schema } from './openapi-schemas.js';

const text: Schema = { type: 'string' };
const maybe: Schema = { type: ['string', 'null'] };
const problem: Schema = { 'application/problem+json': { schema: reference('Problem') } };

/** Corrections, for the systems of the agency that must answer them. */
export const correctionPaths: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  '/corrections': {
    get: {
      operationId: 'corrections',
      summary: 'What your agency was told that has since been put right, in the order in which it was opened',
      parameters: [
        {
          name: 'after',
          in: 'query',
          description: '`next` of the page before',
          schema: { type: 'integer', minimum: 0 },
        },
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      responses: {
        200: {
          description: 'A page; `next` is null when it was the last for now',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['corrections', 'next'],
                properties: {
                  corrections: {
                    type: 'array',
                    items: { type: 'object', required: ['id'], properties: { id: text } },
                  },
                  next: maybe,
                },
              },
            },
          },
        },
        400: { description: 'A parameter is not a whole number.', content: problem },
        401: { description: 'There is no token, or it does not hold.', content: problem },
        403: { description: 'This needs the role publisher or coordinator.', content: problem },
      },
    },
  },
};
