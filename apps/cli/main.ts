#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22) {
  process.stderr.write('concordat needs Node 22 or later; use `npm run concordat -- …`\n');
  process.exit(2);
}
const { concordat } = await import('./program.js');

// The reader of our output may have seen enough (`| head`).
process.stdout.on('error', () => process.exit());

process.exitCode = await concordat(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  now: () => new Date(),
  interactive: process.stderr.isTTY,
});
