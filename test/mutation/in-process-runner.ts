import { globSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { addEventHandler, type Event, resetState, run } from 'jest-circus';

/** The tests that bear on `libs/domain/agreement`. */
const SPECS = [
  'libs/domain/agreement/**/*.spec.ts',
  'libs/domain/picture/*.spec.ts',
  'test/conformance/decisions.spec.ts',
];

/** What specs get in place of these packages. */
const SUBSTITUTES: Readonly<Record<string, string>> = {
  '@jest/globals': new URL('jest-globals.ts', import.meta.url).href,
  'fast-check': new URL('fast-check.ts', import.meta.url).href,
};

/** Whatever may keep what a mutant made of it is loaded anew for every mutant; packages and the contract can't. */
const CHANGING = /\/libs\/(domain|testing)\/|\.spec\.ts$/;

type Test = Extract<Event, { name: 'test_start' }>['test'];

interface ActiveMutant {
  readonly id: string;
  /** The file that it changes. */
  readonly fileName: string;
  readonly whileLoading: boolean;
}

/** One run over the specs. */
interface Session {
  /** Ids of the tests to run; undefined: all. */
  readonly wanted: ReadonlySet<string> | undefined;
  readonly stopsAtFailure: boolean;
  readonly results: TestResult[];
  /** How many tests have been called so, by file and names. */
  readonly namesakes: Map<string, number>;
}

const context = ((globalThis as Record<string, unknown>)[INSTRUMENTER_CONSTANTS.NAMESPACE] ??=
  {}) as InstrumenterContext;
const sources = new Map<string, string>();
let generation = 0;
let session: Session | null = null;
let file = '';

/**
 * Runs specs in Stryker's own process, on jest's `describe`, `it` and `expect`, and stops at the first test that a
 * mutant fails: many times as fast as starting jest for each mutant.
 */
function inProcessRunner(): TestRunner {
  registerHooks({ resolve: resolveModule, load: loadModule });
  addEventHandler(follow);
  return { capabilities: () => ({ reloadEnvironment: true }), dryRun, mutantRun };
}
inProcessRunner.inject = [] as const;

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', inProcessRunner)];

/** `x.js` in an import stands for `x.ts`. */
function resolveModule(
  ...[specifier, from, next]: Parameters<NonNullable<Parameters<typeof registerHooks>[0]['resolve']>>
): ReturnType<typeof next> {
  const substitute = SUBSTITUTES[specifier];
  if (substitute !== undefined && substitute !== from.parentURL) return next(substitute, from);
  const isOurs = specifier.startsWith('.') && /\.ts(\?|$)/.test(from.parentURL ?? '');
  const found = next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, from);
  return CHANGING.test(found.url) ? { ...found, url: `${found.url}?${generation}` } : found;
}

function loadModule(
  ...[url, from, next]: Parameters<NonNullable<Parameters<typeof registerHooks>[0]['load']>>
): ReturnType<typeof next> {
  const { pathname } = new URL(url);
  if (!pathname.endsWith('.ts')) return next(url, from);
  const source =
    sources.get(pathname) ?? stripTypeScriptTypes(readFileSync(pathname, 'utf8'), { mode: 'transform' });
  sources.set(pathname, source);
  return { format: 'module', source, shortCircuit: true };
}

async function dryRun(): Promise<DryRunResult> {
  const result = await runSpecs(undefined, false);
  if (result.status !== DryRunStatus.Complete) return result;
  return { ...result, mutantCoverage: context.mutantCoverage ?? { perTest: {}, static: {} } };
}

async function mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
  const { activeMutant, mutantActivation, testFilter, hitLimit, disableBail } = options;
  context.hitCount = 0;
  if (hitLimit === undefined) delete context.hitLimit;
  else context.hitLimit = hitLimit;
  const result = await runSpecs(testFilter, !disableBail, {
    id: activeMutant.id,
    fileName: activeMutant.fileName,
    whileLoading: mutantActivation === 'static',
  });
  return toMutantRunResult(determineHitLimitReached(context.hitCount, hitLimit) ?? result, disableBail);
}

async function runSpecs(
  wanted: readonly string[] | undefined,
  stopsAtFailure: boolean,
  mutant?: ActiveMutant,
): Promise<DryRunResult> {
  generation += 1;
  session = { wanted: wanted && new Set(wanted), stopsAtFailure, results: [], namesakes: new Map() };
  for (file of specs(mutant)) {
    const first = wanted?.find((id) => id.startsWith(`${file} `));
    if (wanted !== undefined && first === undefined) continue;
    try {
      await runSpec(mutant);
    } catch (error) {
      if (mutant === undefined) return { status: DryRunStatus.Error, errorMessage: String(error) };
      session.results.push(unloadable(first ?? file, error));
    }
    if (isOver(session)) break;
  }
  return { status: DryRunStatus.Complete, tests: session.results };
}

async function runSpec(mutant: ActiveMutant | undefined): Promise<void> {
  resetState();
  try {
    if (mutant?.whileLoading === true) context.activeMutant = mutant.id;
    await import(pathToFileURL(resolve(file)).href);
    if (mutant !== undefined) context.activeMutant = mutant.id;
    await run();
  } finally {
    delete context.activeMutant;
  }
}

/** A spec that cannot even be loaded has failed. */
function unloadable(id: string, error: unknown): TestResult {
  return { id, name: id, timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) };
}

/** The spec of the file that a mutant changes first, then examples before properties: so most mutants fall soon. */
function specs(mutant: ActiveMutant | undefined): readonly string[] {
  const own = mutant && basename(mutant.fileName, '.ts');
  const turn = (path: string): number => {
    if (own !== undefined && basename(path).startsWith(own)) return 0;
    return readFileSync(path, 'utf8').includes(`from 'fast-check'`) ? 2 : 1;
  };
  return globSync(SPECS)
    .sort()
    .toSorted((one, other) => turn(one) - turn(other));
}

function isOver({ stopsAtFailure, results }: Session): boolean {
  return stopsAtFailure && results.some(({ status }) => status === TestStatus.Failed);
}

/** Skips what is not to run, and keeps what came of what did. */
function follow(event: Event): void {
  if (session === null) return;
  if (event.name === 'test_start') {
    const id = idOf(event.test, session.namesakes);
    if (session.wanted?.has(id) === false || isOver(session)) event.test.mode = 'skip';
    context.currentTestId = id;
  }
  if (event.name === 'test_done') {
    session.results.push(resultOf(event.test, context.currentTestId ?? ''));
    delete context.currentTestId;
  }
}

/** File and names, with a number where another test is called the same. */
function idOf(test: Test, namesakes: Map<string, number>): string {
  const names = [test.name];
  for (let block = test.parent; block.parent !== undefined; block = block.parent) names.unshift(block.name);
  const name = `${file} ${names.join(' ')}`;
  const same = namesakes.get(name) ?? 0;
  namesakes.set(name, same + 1);
  return same === 0 ? name : `${name} #${same}`;
}

function resultOf(test: Test, id: string): TestResult {
  const result = { id, name: id, fileName: file, timeSpentMs: test.duration ?? 0 };
  const error: unknown = test.errors.flat()[0];
  if (error === undefined) return { ...result, status: TestStatus.Success };
  return { ...result, status: TestStatus.Failed, failureMessage: String(error) };
}
