import { reference, type Schema } from './openapi-schemas.js';

const hash: Schema = { type: 'string', contentEncoding: 'base64', minLength: 44, maxLength: 44 };
const count: Schema = { type: 'integer', minimum: 1 };
const problem: Schema = { 'application/problem+json': { schema: reference('Problem') } };

/** The transparency log: hashes and counts alone, for anybody without a token. */
export const transparencyPaths: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  '/transparency/checkpoint': {
    get: {
      operationId: 'checkpoint',
      summary: 'The last signed head of the log with its cosignatures (C2SP tlog-checkpoint)',
      security: [],
      responses: {
        200: { description: 'A signed note', content: { 'text/plain': { schema: { type: 'string' } } } },
      },
    },
  },
  '/transparency/tile/{path}': {
    get: {
      operationId: 'tile',
      summary: 'A tile of the Merkle tree (C2SP tlog-tiles); the entries themselves are not published',
      security: [],
      parameters: [
        {
          name: 'path',
          in: 'path',
          required: true,
          description: '`<L>/<N>`, and `.p/<W>` when it is partial, slashes as they are: `0/x001/234.p/7`',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: { description: 'Hashes of 32 bytes, one after the other', content: bytes() },
        404: { description: 'There is no such tile in the signed tree.', content: problem },
      },
    },
  },
  '/transparency/proof/inclusion': {
    get: proof(
      'inclusionProof',
      'Proof that an event stands at a position of the log (RFC 6962 §2.1.1)',
      { position: 'required', size: 'optional' },
      { position: count, size: count, root: hash, leafHash: hash, proof: list() },
    ),
  },
  '/transparency/proof/consistency': {
    get: proof(
      'consistencyProof',
      'Proof that the log of `to` events begins with that of `from` (RFC 6962 §2.1.2)',
      { from: 'required', to: 'optional' },
      { from: count, to: count, fromRoot: hash, toRoot: hash, proof: list() },
    ),
  },
};

function proof(
  operationId: string,
  summary: string,
  parameters: Readonly<Record<string, 'required' | 'optional'>>,
  properties: Schema,
): Schema {
  const schema = { type: 'object', properties, required: Object.keys(properties) };
  return {
    operationId,
    summary,
    description: 'A size that is left out is that of the last checkpoint.',
    security: [],
    parameters: Object.entries(parameters).map(([name, need]) => ({
      name,
      in: 'query',
      required: need === 'required',
      schema: count,
    })),
    responses: {
      200: { description: 'The proof, lowest hash first', content: { 'application/json': { schema } } },
      400: { description: 'There is no such proof in the signed tree.', content: problem },
      503: { description: 'The tiles on the disk are damaged.', content: problem },
    },
  };
}

function list(): Schema {
  return { type: 'array', items: hash };
}

function bytes(): Schema {
  return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
}
