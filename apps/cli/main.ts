#!/usr/bin/env node
import { concordat } from './program.js';

// The reader of our output may have seen enough (`| head`).
process.stdout.on('error', () => process.exit());

process.exitCode = await concordat(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  now: () => new Date(),
  interactive: process.stderr.isTTY,
});
