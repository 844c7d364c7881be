/* Verifies the bundle named as its first argument as nothing but the place allows; prints what the command does. */
import { registerHooks } from 'node:module';
import process from 'node:process';

const isOurs = ({ parentURL = '' }) => !parentURL.includes('/node_modules/');
registerHooks({
  resolve: (specifier, context, next) => {
    const isSource = isOurs(context) && /^\.{1,2}\/.*\.js$/.test(specifier);
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
globalThis.fetch = () => {
  throw new Error('the network was asked');
};
const { Command } = await import('commander');
const { addVerifyBundleCommand } = await import('../../apps/cli/audit/verify-bundle.ts');
const terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  get env() {
    throw new Error('the environment was read');
  },
  now: () => {
    throw new Error('the clock was read');
  },
  interactive: false,
};
const program = new Command();
addVerifyBundleCommand(program, terminal, (code) => (process.exitCode = code));
await program.parseAsync(['verify', ...process.argv.slice(2)], { from: 'user' });
process.stderr.write(`${new Date(0).toString()} ${(1234.5).toLocaleString()}`);
