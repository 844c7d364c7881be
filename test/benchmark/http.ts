import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asking } from './http-asking.js';
import { startHub } from './http-hub.js';
import { publishing } from './http-publishing.js';
import { type Figure } from './measure.js';

/** Publishing, asking, and the time between, over HTTP with everything on. */
export async function measureHttp(floor: { readonly append: number }): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const hub = await startHub(dir);
  try {
    return [...(await publishing(hub, floor.append)), ...(await asking(hub))];
  } finally {
    hub.process.kill('SIGTERM');
    await once(hub.process, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
}
