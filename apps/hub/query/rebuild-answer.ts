import 'reflect-metadata';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, parse } from 'graphql';
import {
  type AnswerSources,
  rebuildModel,
  type RebuiltAnswer,
  type RecordedAnswer,
  recordedAnswer,
  registerAt,
} from '../../../libs/adapters/audit/answer.js';
import { type Caller, roles } from '../../../libs/adapters/caller/caller.js';
import { type Position } from '../../../libs/adapters/event-log/event-log.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openEmbeddedReader } from '../../../libs/adapters/read-store/embedded-reader.js';
import { type Register } from '../../../libs/domain/agreement/register.js';
import { answerOf, bodyOf, prepare } from './answering.js';
import { OffenderResolver } from './offender.resolver.js';
import { openPictures, type Pictures } from './pictures.js';
import { PICTURES } from './query.tokens.js';
import { type QueryContext } from './query-context.js';
import { openWitness } from './witness.js';

/** Which answer to make again: the position of its record, and an empty folder for the read model that it came from. */
export interface AnswerToRebuild extends AnswerSources {
  readonly position: Position;
  readonly dir: string;
}

/**
 * Makes a past answer again from the log and the keys alone: the read model and the agreements as they stood, the same
 * question by the same caller at the same moment, and the code that answers now. Nothing is recorded or written but under
 * `dir`, which then holds personal data and is the caller's to remove. Throws as `recordedAnswer` does.
 */
export async function rebuildAnswer({ position, dir, ...sources }: AnswerToRebuild): Promise<RebuiltAnswer> {
  const { log, vault } = sources;
  const recorded = await recordedAnswer(sources, position);
  await rebuildModel(sources, recorded.record, dir);
  const register = await registerAt(log, recorded.record.agreementsAsOf);
  const pictures = picturesThen(recorded.record, { dir, vault, register });
  try {
    const text = await withSchema(pictures, (schema) => bodyFor(schema, recorded));
    return { text, same: vault.pseudonym('answer', text) === recorded.record.answer };
  } finally {
    pictures.close();
  }
}

interface Then {
  readonly dir: string;
  readonly vault: KeyVault;
  readonly register: Register;
}

/** The pictures of that moment, at which time stands still. */
function picturesThen({ at, asOf }: RecordedAnswer['record'], { dir, vault, register }: Then): Pictures {
  const sought = soughtPseudonym(vault, () => new Date(at).getUTCFullYear());
  return openPictures({
    open: (agency) => openEmbeddedReader(dir, agency),
    register: () => register,
    due: () => Number.MAX_SAFE_INTEGER,
    elapse: () => Promise.resolve(),
    progress: { position: () => asOf, lastHeard: () => at, reach: () => Promise.resolve() },
    fence: () => asOf,
    clock: () => at,
    searchPseudonym: (kind, value) => vault.pseudonym(`search:${kind}`, value),
    pseudonym: sought,
  });
}

@Module({})
class RebuiltModule {
  static with(pictures: Pictures): DynamicModule {
    const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      sortSchema: true,
      buildSchemaOptions: { numberScalarMode: 'integer' },
    });
    const providers = [{ provide: PICTURES, useValue: pictures }, OffenderResolver];
    return { module: RebuiltModule, imports: [graphql], providers };
  }
}

async function withSchema<T>(pictures: Pictures, work: (schema: GraphQLSchema) => Promise<T>): Promise<T> {
  const app = await NestFactory.createApplicationContext(RebuiltModule.with(pictures), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    return await work(app.get(GraphQLSchemaHost).schema);
  } finally {
    await app.close();
  }
}

async function bodyFor(schema: GraphQLSchema, { record, question }: RecordedAnswer): Promise<string> {
  const { document, operationName, variables } = question;
  const run = prepare(schema, parse(document), operationName ?? undefined);
  return bodyOf(answerOf(await run(contextThen(record), variables)));
}

function contextThen(record: RecordedAnswer['record']): QueryContext {
  const { agency, user, team, purpose, at, justificationRequired = false } = record;
  const caller: Caller = {
    agency,
    user,
    ...(team !== undefined && { team }),
    roles: roles.filter((role) => record.roles.includes(role)),
    purposes: [purpose],
    expires: Number.MAX_SAFE_INTEGER,
  };
  const witness = openWitness();
  const asking = { caller, purpose, justification: null, justificationRequired, witness, now: at };
  return { asking, pictures: [] };
}
