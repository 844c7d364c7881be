import { once } from 'node:events';
import { type Command } from 'commander';
import { Invalid, Unavailable } from '../../libs/contract/failure.js';
import {
  openCheckpoint,
  parseHash,
  type SignedCheckpoint,
} from '../../libs/adapters/transparency/checkpoint.js';
import {
  compareHeads,
  type FindProof,
  type HeadComparison,
} from '../../libs/adapters/transparency/compare-heads.js';
import { parseVerifierKey } from '../../libs/adapters/transparency/note-key.js';
import { formatNote } from '../../libs/adapters/transparency/note.js';
import { openWitness } from '../../libs/adapters/transparency/witness.js';
import { serveWitness } from '../../libs/adapters/transparency/witness-server.js';
import { readText } from './import/files.js';
import { readKeyFile } from './note-keys.js';
import { CLEAN, FINDINGS, type Terminal, urlOf } from './session.js';

interface ServeOptions {
  readonly key: string;
  readonly log: string;
  readonly state: string;
  readonly port: string;
  readonly host: string;
}

interface CompareOptions {
  readonly log: string;
  readonly url?: string;
}

/**
 * `concordat witness`: `serve` cosigns, for an agency, heads of the hub's log that continue what it has seen before
 * (C2SP tlog-witness); `compare` finds out whether the log has shown two histories. `compare` ends with 1 when it has,
 * and with 5 when heads of different sizes cannot be linked because no proof is to be had.
 */
export function addWitnessCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program.command('witness').description('watch over the log of a hub, as an agency');
  family
    .command('serve')
    .description('cosign the heads of a log, until stopped')
    .requiredOption('--key <file>', 'key made with `transparency keygen --witness`')
    .requiredOption('--log <key>', "the log's verifier key")
    .requiredOption('--state <file>', 'file for the last head that was cosigned; keep it')
    .option('--port <port>', 'port to listen on', '4100')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action(async (options: ServeOptions) => {
      await serve(options, terminal);
      end(CLEAN);
    });
  family
    .command('compare')
    .description(
      'compare heads that were shown to several; exit 1 and the proof when the log has shown two histories',
    )
    .argument('<heads...>', 'signed heads: files, such as the state of a witness, or addresses')
    .requiredOption('--log <key>', "the log's verifier key")
    .option('--url <address>', 'the hub, which is asked to link heads of different sizes')
    .action(async (places: readonly string[], options: CompareOptions) => {
      const log = parseVerifierKey(options.log);
      const heads = await Promise.all(
        places.map(async (place) => headIn(place, (text) => openCheckpoint(text, log))),
      );
      const compared = await compareHeads(heads, proofsOf(options, terminal));
      for (const each of compared) tell(each, terminal);
      end(verdictOn(compared));
    });
}

async function serve({ key, log, state, port, host }: ServeOptions, terminal: Terminal): Promise<void> {
  const witness = openWitness({
    key: readKeyFile(key),
    log: parseVerifierKey(log),
    file: state,
    clock: () => terminal.now().getTime(),
  });
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new Invalid('port', '--port must be a whole number from 0 to 65535');
  const server = await serveWitness(witness, number, host);
  terminal.err(`the witness listens on ${server.url}; stop it with Ctrl-C`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
}

async function headIn(place: string, open: (text: string) => SignedCheckpoint): Promise<SignedCheckpoint> {
  try {
    return open(/^https?:/.test(place) ? await fetched(place) : readText(place));
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid(error.code, `${place}: ${error.message}`);
    throw error;
  }
}

/** Asks the hub, if one is named, for the proof of consistency. */
function proofsOf(options: CompareOptions, terminal: Terminal): FindProof {
  if (options.url === undefined) return () => Promise.resolve(undefined);
  const url = urlOf(options, terminal.env).replace(/\/$/, '');
  return async (from, to) => {
    const sizes = `from=${String(from)}&to=${String(to)}`;
    try {
      const answer = await fetched(`${url}/transparency/proof/consistency?${sizes}`);
      return (JSON.parse(answer) as { readonly proof: readonly string[] }).proof.map(parseHash);
    } catch {
      return undefined;
    }
  };
}

const TIMEOUT = 10_000;

async function fetched(address: string): Promise<string> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) }).catch(() => undefined);
  if (response?.ok === true) return response.text();
  throw new Unavailable('address', `${address} does not answer`);
}

const words: Readonly<Record<HeadComparison['outcome'], string>> = {
  same: 'are the same head',
  continued: 'are of one history',
  split: 'contradict each other: the log has shown two histories',
  unproven: 'are not linked by a proof that holds',
};

function tell({ outcome, one, other }: HeadComparison, { out, err }: Terminal): void {
  err(`the heads of ${String(one.size)} and ${String(other.size)} events ${words[outcome]}`);
  if (outcome !== 'split') return;
  for (const { note } of [one, other]) out(formatNote(note));
}

const UNAVAILABLE = 5;

function verdictOn(compared: readonly HeadComparison[]): number {
  const outcomes = compared.map(({ outcome }) => outcome);
  if (outcomes.includes('split')) return FINDINGS;
  return outcomes.includes('unproven') ? UNAVAILABLE : CLEAN;
}
