// Makes `npm start` and `npm test` work on a fresh clone: installs when the lock file changed, builds when
// the sources changed. Built-ins only, because its first run may be on whatever Node is there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes('--quiet');
const lock = join(root, '.prepare.lock');
const say = (text) => process.stderr.write(`${text}\n`);
const sleep = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Takes the lock, waiting for another prepare (npm start and npm test may begin together). */
function takeLock() {
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!ownerAlive()) rmSync(lock, { force: true });
      else sleep(200);
    }
  }
}

function ownerAlive() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (!pid) return Date.now() - statSync(lock).mtimeMs < 5000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow).sort())
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesBelow(join(path, entry.name)));
}

/** Runs `work` when the stamp file does not hold `hash`, then writes the stamp. */
function once(stamp, hash, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

function run(command, ...parameters) {
  execFileSync(command, parameters, {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : ['ignore', 2, 2],
  });
}

takeLock();
try {
  once(join(root, 'node_modules', '.concordat-stamp'), hashOf([join(root, 'package-lock.json')]), () => {
    say('concordat: installing dependencies');
    run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  });
  const sources = ['apps', 'libs', 'test/benchmark', 'tsconfig.json', 'nest-cli.json', 'package-lock.json'];
  once(join(root, 'dist', '.concordat-stamp'), hashOf(sources.map((name) => join(root, name))), () => {
    say('concordat: building');
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    run('npm', 'run', '--silent', 'build');
  });
} finally {
  rmSync(lock, { force: true });
}
