import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** A file that breaks one rule, and the rule that must say so. */
interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

const plants: readonly Plant[] = [
  {
    rule: 'domain-imports-only-domain-and-contract',
    file: 'libs/domain/picture/planted-adapter.ts',
    imports: '../../adapters/event-log/event-log.js',
  },
  {
    rule: 'domain-is-pure',
    file: 'libs/domain/picture/planted-file-system.ts',
    imports: 'node:fs',
  },
  {
    rule: 'domain-knows-no-nest',
    file: 'libs/domain/picture/planted-nest.ts',
    imports: '@nestjs/common',
  },
  {
    rule: 'contract-imports-nothing-of-ours',
    file: 'libs/contract/planted-domain.ts',
    imports: '../domain/agreement/decision.js',
  },
  {
    rule: 'adapters-import-no-apps',
    file: 'libs/adapters/event-log/planted-app.ts',
    imports: '../../../apps/hub/fence.js',
  },
  {
    rule: 'apps-never-import-apps',
    file: 'apps/cli/planted-hub.ts',
    imports: '../hub/fence.js',
  },
  {
    rule: 'testing-only-in-tests',
    file: 'apps/hub/planted-fixture.ts',
    imports: '../../libs/testing/samples.js',
  },
  {
    rule: 'no-cycles',
    file: 'libs/domain/picture/planted-cycle-a.ts',
    imports: './planted-cycle-b.js',
  },
  {
    rule: 'never-into-dist',
    file: 'apps/hub/planted-built.ts',
    imports: '../../dist/built.js',
  },
  {
    rule: 'resolvable',
    file: 'apps/hub/planted-nothing.ts',
    imports: './there-is-no-such-file.js',
  },
  {
    rule: 'no-empty-names',
    file: 'libs/domain/picture/utils.ts',
    imports: './minimise.js',
  },
];

const config = '.dependency-cruiser.cjs';
const cruiser = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const copy = mkdtempSync(join(tmpdir(), 'concordat-boundaries-'));

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** What the same check as in `npm run check:boundaries` finds in the copy. */
function violations(): readonly string[] {
  const parameters = [cruiser, '--config', config, '--output-type', 'json', 'apps', 'libs', 'test'];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error(`dependency-cruiser said nothing but: ${stderr}`);
  const { summary } = JSON.parse(stdout) as {
    readonly summary: { readonly violations: readonly Violation[] };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

let untouched: readonly string[];

beforeAll(() => {
  for (const name of ['apps', 'libs', 'test', config, 'tsconfig.json', 'package.json']) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  untouched = violations();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the import boundaries', () => {
  it('hold in the tree as it is', () => {
    expect(untouched).toEqual([]);
  });

  it('report every planted violation by the name of its rule, and nothing else', () => {
    plant('dist/built.js', 'export const built = 1;\n');
    plant('libs/domain/picture/planted-cycle-b.ts', "export * from './planted-cycle-a.js';\n");
    for (const { file, imports } of plants) plant(file, `export * from '${imports}';\n`);
    const found = violations().filter((each) => !untouched.includes(each));
    expect(found.sort()).toEqual(plants.map(({ rule, file }) => `${rule}: ${file}`).sort());
  });

  it('have no rule that was never seen to bite', () => {
    const { forbidden } = createRequire(import.meta.url)(join(process.cwd(), config)) as {
      readonly forbidden: readonly { readonly name: string }[];
    };
    expect(plants.map(({ rule }) => rule).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });
});
