import { type Command, Option } from 'commander';
import { demonstration, type DemonstrationOptions } from '../../libs/domain/demonstration/demonstration.js';
import { type Sending, tellDemonstration, wholeNumber } from './demo-events.js';
import { addPublishedCommand } from './demo-published.js';
import { type Terminal } from './session.js';

interface DemoOptions extends Sending {
  readonly people?: string;
  readonly seed: string;
  readonly until?: string;
}

/** `concordat demo`: prints the demonstration partnership's events, one a line, or publishes them to a hub. */
export function addDemoCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program
    .command('demo')
    .enablePositionalOptions()
    .description('print or publish the events of an invented partnership')
    .option('--people <number>', 'how many people (default 380, the size of an area)')
    .option('--seed <number>', 'the same seed gives the same events', '1')
    .option('--until <date>', 'the day on which the two years end (default 2026-03-31)')
    .option('--publish', 'send them to the hub instead, each as its agency, with development tokens')
    .addOption(new Option('--url <address>', 'the hub (default http://localhost:<PORT or 4000>)'))
    .action(async (options: DemoOptions) => {
      end(await tellDemonstration(demonstration(demonstrationOptions(options)), options, terminal));
    });
  addPublishedCommand(family, terminal, end);
}

function demonstrationOptions({ people, seed, until }: DemoOptions): DemonstrationOptions {
  return {
    seed: wholeNumber('--seed', seed),
    ...(people !== undefined && { people: wholeNumber('--people', people) }),
    ...(until !== undefined && { until }),
  };
}
