import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type GraphQLError } from 'graphql';
import { refusal } from '../query/graphql-failure.js';
import { sendEvents } from './server-sent.js';
import { requestOf, type Subscriptions } from './subscriptions.js';
import { type Answers } from './subscription.js';
import { SUBSCRIPTIONS } from './watching.tokens.js';

/** Subscriptions as server-sent events: the headers of `/graphql`, and a stream in place of an answer. */
@Controller('graphql')
export class CaseloadController {
  constructor(@Inject(SUBSCRIPTIONS) private readonly subscriptions: Subscriptions) {}

  @Post('stream')
  async stream(@Req() { headers, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    let answers: Answers;
    try {
      const ask = this.subscriptions.asker(headers);
      await ask();
      answers = await this.subscriptions.open(requestOf(body), ask);
    } catch (error) {
      await refuse(reply, refusal(error));
      return;
    }
    reply.hijack();
    await sendEvents(reply.raw, answers);
  }
}

async function refuse(reply: FastifyReply, { message, extensions }: GraphQLError): Promise<void> {
  const { http, ...told } = extensions as { readonly http: { readonly status: number } };
  await reply
    .status(http.status)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions: told }] });
}
