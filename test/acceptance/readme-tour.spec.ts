import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '../../libs/adapters/caller/caller.js';
import { agencies } from '../../libs/contract/agency.js';

const readme = readFileSync('README.md', 'utf8');
const STARTS_WITHIN = 600_000;

/** Commands of the tour, and what the page shows below them. */
interface Step {
  readonly commands: string;
  readonly expected: { readonly language: string; readonly text: string } | undefined;
}

/** The `sh` blocks of the tour; a `json` or `text` block right after one shows its output. */
function stepsOf(markdown: string): readonly Step[] {
  const [, tour = ''] = /^## A five-minute tour$(.*?)^## /ms.exec(markdown) ?? [];
  const block = /^```sh\n(.*?)^```$(?:\n\n```(json|text)\n(.*?)^```$)?/gms;
  return [...tour.matchAll(block)].map(([, commands = '', language, text]) => ({
    commands,
    expected: language === undefined || text === undefined ? undefined : { language, text },
  }));
}

const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

/** JSON as lines, however it was laid out. */
function laidOut(language: string, text: string): readonly string[] {
  return lines(language === 'json' ? JSON.stringify(JSON.parse(text), null, 2) : text);
}

/** Whether output is what the page shows, line by line; `…` stands for anything within a line, `"…"` for any value. */
function fits(shown: readonly string[], output: readonly string[]): boolean {
  const patterns = shown.map((line) => new RegExp(`^${escaped(line).replace(/"…"|…/g, '.*')}$`));
  return output.length === shown.length && patterns.every((pattern, at) => pattern.test(output[at] ?? ''));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const MARK = '@@ end of step @@';
const data = mkdtempSync(join(tmpdir(), 'concordat-tour-'));
let hub: ChildProcess;
let env: NodeJS.ProcessEnv;

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Resolves once the hub says that it listens; rejects with what it said when it does not start. */
async function listening({ stdout, stderr }: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Concordat listens on')) resolve();
      if (said.includes('did not start')) reject(new Error(said));
    };
    stdout?.on('data', hear).on('end', () => reject(new Error(`the hub ended: ${said}`)));
    stderr?.on('data', hear);
  });
}

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/prepare.mjs', '--quiet']);
  env = { ...process.env, PORT: String(await freePort()), CONCORDAT_DATA: data };
  hub = spawn(process.execPath, ['dist/apps/hub/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await listening(hub);
}, STARTS_WITHIN);

afterAll(async () => {
  const ended = hub.exitCode === null ? once(hub, 'exit') : undefined;
  hub.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
});

describe('the tour of the README', () => {
  const steps = stepsOf(readme);
  let outputs: readonly string[] = [];

  it('runs from end to end', () => {
    expect(steps.length).toBeGreaterThan(8);
    const script = steps.map(({ commands }) => `${commands}echo\necho '${MARK}'\n`).join('');
    const run = spawnSync('bash', ['-c', `set -euo pipefail\n${script}`], { env, encoding: 'utf8' });
    outputs = run.stdout.split(`${MARK}\n`);
    expect({
      status: run.status,
      outputs: outputs.length,
      errors: run.status === 0 ? '' : run.stderr,
    }).toEqual({
      status: 0,
      outputs: steps.length + 1,
      errors: '',
    });
  }, 120_000);

  it.each(steps.flatMap(({ expected }, at) => (expected === undefined ? [] : [{ at, ...expected }])))(
    'shows what step $at prints',
    ({ at, language, text }) => {
      const [shown, output] = [laidOut(language, text), laidOut(language, outputs[at] ?? '')];
      if (!fits(shown, output)) expect(output).toEqual(shown);
    },
  );
});

describe('the fixed points of the README', () => {
  const settings = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map(
    ([, name]) => name,
  );

  it('name every setting, agency and role', () => {
    expect(settings.length).toBeGreaterThan(8);
    for (const name of [...settings, ...agencies.map(({ id }) => id), ...roles]) {
      expect(readme).toContain(`\`${name}\``);
    }
  });
});

describe('the comparison', () => {
  it('takes … for anything, and nothing else for anything else', () => {
    expect(fits(['a … c', '"id": "…"'], ['a b c', '"id": 3'])).toBe(true);
    expect(fits(['a … c'], ['a b d'])).toBe(false);
    expect(fits(['a.c'], ['abc'])).toBe(false);
    expect(fits(['a'], ['a', 'b'])).toBe(false);
  });
});
