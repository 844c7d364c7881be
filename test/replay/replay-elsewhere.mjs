/* Replays the data folder named as its argument under another clock; time zone and locale are the environment's. */
import { registerHooks } from 'node:module';
import process from 'node:process';

const isOurs = ({ parentURL = '' }) => !parentURL.includes('/node_modules/');
registerHooks({
  resolve: (specifier, context, next) => {
    const isSource = isOurs(context) && /^\.{1,2}\/.*\.js$/.test(specifier);
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
const [folder, now, ...more] = process.argv.slice(2);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.parse(now)] : given));
  }
  static now() {
    return RealDate.parse(now);
  }
};
const { Command } = await import('commander');
const { addReplayCommand } = await import('../../apps/cli/audit/replay.ts');
const terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: () => undefined,
  env: {},
  now: () => new Date(),
  interactive: false,
};
const program = new Command();
addReplayCommand(program, terminal, (code) => (process.exitCode = code));
await program.parseAsync(['replay', '--data', folder, ...more], { from: 'user' });
process.stderr.write(
  `${new Date().toString()} ${(1234.5).toLocaleString()} ${new Date(0).toLocaleDateString()}`,
);
