import { Controller, Get, Header, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { formatNote } from '../../../libs/adapters/transparency/note.js';
import { parseTilePath } from '../../../libs/adapters/transparency/tile.js';
import { type TransparencyLog } from '../../../libs/adapters/transparency/transparency-log.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { TRANSPARENCY } from './transparency.tokens.js';

/** The part of Fastify's reply that is used here: a tile that is not there yet must not be kept as such. */
interface CachedReply {
  header(name: string, value: string): unknown;
}

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The transparency log (design §10), for anybody without a token: its checkpoint and tiles (C2SP tlog-tiles), and proofs.
 * All of it is hashes and counts; what an event says cannot be told from its hash, which covers a random id. The entries
 * themselves are not published.
 */
@Controller('transparency')
export class TransparencyController {
  constructor(@Inject(TRANSPARENCY) private readonly log: TransparencyLog) {}

  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  checkpoint(): string {
    return formatNote(this.log.checkpoint().note);
  }

  @Get('tile/*')
  tile(@Param('*') path: string, @Res({ passthrough: true }) reply: CachedReply): StreamableFile {
    const tile = parseTilePath(path);
    const bytes = tile && this.log.tile(tile);
    if (bytes === undefined) throw new Invalid('not-found', 'there is no such tile in the signed tree');
    reply.header('cache-control', IMMUTABLE);
    return new StreamableFile(bytes);
  }

  @Get('proof/inclusion')
  @Header('cache-control', 'no-cache')
  inclusion(@Query('position') position: unknown, @Query('size') size: unknown) {
    const found = this.log.inclusion(numberOf('position', position), sizeOf('size', size));
    const { root, leafHash, proof, ...places } = found;
    return { ...places, root: base64(root), leafHash: base64(leafHash), proof: proof.map(base64) };
  }

  @Get('proof/consistency')
  @Header('cache-control', 'no-cache')
  consistency(@Query('from') from: unknown, @Query('to') to: unknown) {
    const found = this.log.consistency(numberOf('from', from), sizeOf('to', to));
    const { fromRoot, toRoot, proof, ...sizes } = found;
    return { ...sizes, fromRoot: base64(fromRoot), toRoot: base64(toRoot), proof: proof.map(base64) };
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A query parameter that may be left out, which stands for the size of the last checkpoint. */
function sizeOf(name: string, value: unknown): number | undefined {
  return value === undefined ? undefined : numberOf(name, value);
}

function numberOf(name: string, value: unknown): number {
  const number = typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new Invalid('proof-range', `${name} must be a whole number from 1`);
}
