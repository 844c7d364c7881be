import { type Command, Option } from 'commander';
import { publishedYear } from '../../libs/domain/performance/published/llr.js';
import { type Sending, tellDemonstration, wholeNumber } from './demo-events.js';
import { printedDocumentIn } from './report/printed-file.js';
import { type Terminal } from './session.js';

interface PublishedOptions extends Sending {
  readonly seed: string;
}

const help = `
The people are invented; their events add up to the printed tables, so that the reports make those tables again. The file holds
the tables as printed: deploy/published/llr-2016.yaml. Exit codes: 0 as expected, 1 not, 2 wrong usage, 5 the hub is not there.`;

/** `concordat demo published <file>`: events from which the reports regenerate a published report's tables. */
export function addPublishedCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  family
    .command('published')
    .description('print or publish events that add up to the tables of a published report')
    .argument('<file>', 'YAML or JSON: the tables as printed')
    .option('--seed <number>', 'the same seed gives the same events', '1')
    .option('--publish', 'send them to the hub instead, each as its agency, with development tokens')
    .addOption(new Option('--url <address>', 'the hub (default http://localhost:<PORT or 4000>)'))
    .addHelpText('after', help)
    .action(async (file: string, options: PublishedOptions) => {
      const events = publishedYear(printedDocumentIn(file), wholeNumber('--seed', options.seed));
      end(await tellDemonstration(events, options, terminal));
    });
}
