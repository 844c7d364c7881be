import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { type Metrics } from '../../libs/adapters/telemetry/metrics.js';
import { Invalid, isFailure } from '../../libs/contract/failure.js';
import { HubModule } from './hub.module.js';
import { eventText } from './intake/event-text.js';
import { ProblemFilter } from './problem.filter.js';
import { type Start } from './storage.module.js';
import { LOGGER, METRICS } from './telemetry.module.js';

/** Largest request body: a full batch of events. */
const BODY_LIMIT = 32 * 1024 * 1024;
/** Largest GraphQL request: parsing costs more than reading. */
const QUESTION_LIMIT = 100_000;
const eventTypes = ['application/cloudevents+json', 'application/cloudevents-batch+json'];

/** Makes the hub, ready to listen. */
export async function createHub(start: Start): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(HubModule.with(start), adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  acceptBodies(app);
  measure(app);
  app.useGlobalFilters(new ProblemFilter(app.get<Logger>(LOGGER)));
  return app;
}

/** Events reach intake as the very text that was sent; other JSON is parsed. */
function acceptBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const types = [...eventTypes, 'application/json'];
  fastify.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      if (!takesText(request) && body.length > QUESTION_LIMIT)
        throw new Invalid('too-large', 'the question is too large');
      const text = eventText(body);
      done(null, takesText(request) ? text : JSON.parse(text));
    } catch (error) {
      done(isFailure(error) ? error : new Invalid('not-json', 'the request body is not JSON'));
    }
  });
}

function takesText({ url }: FastifyRequest): boolean {
  return ['/events', '/quarantine', '/casework'].some((room) => url.startsWith(room));
}

function measure(app: INestApplicationContext & Pick<NestFastifyApplication, 'getHttpAdapter'>): void {
  const { requests } = app.get<Metrics>(METRICS);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook(
      'onResponse',
      (request: FastifyRequest, reply: { statusCode: number; elapsedTime: number }, done: () => void) => {
        requests.observe(
          { route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
          reply.elapsedTime / 1000,
        );
        done();
      },
    );
}
