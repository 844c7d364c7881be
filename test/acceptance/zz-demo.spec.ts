import { writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';
import { reports } from '../../libs/domain/performance/registry.js';
import { runHub } from './running-hub.js';
it('demo', async () => {
  const hub = await runHub();
  rmSync('/tmp/demo', { recursive: true, force: true }); mkdirSync('/tmp/demo');
  const groups = new Map<string, object[]>();
  for (const each of demonstration({ people: 150, seed: 1, until: Date.parse('2026-03-31T12:00:00Z') } as never)) {
    const { agency, event } = each as unknown as { agency: string; event: object };
    groups.set(agency, [...(groups.get(agency) ?? []), event]);
  }
  console.log([...groups].map(([a, e]) => `${a} ${e.length}`).join(', '));
  for (const [agency, events] of groups) for (let i = 0; i < events.length; i += 200) await hub.publish(agency, events.slice(i, i + 200));
  await hub.settle();
  const lines: string[] = [];
  for (const { name } of reports) for (const view of ['board', 'team']) for (const format of ['table', 'html']) {
    const out: string[] = []; const t = Date.now();
    let code: number | string = 0;
    try { code = await concordat(['report', name, '--view', view, '--format', format, '--data', hub.dir, '--at', '2026-03-31'], { out: (l) => void out.push(l), err: (l) => void out.push('ERR ' + l), env: {}, now: () => new Date('2026-04-01T12:00:00Z'), interactive: false }); } catch (e) { code = (e as Error).stack ?? ''; }
    lines.push(`${name} ${view} ${format} ${code} ${Date.now() - t} ms ${out.join('\n').length}`);
    writeFileSync(`/tmp/demo/${name}-${view}.${format === 'html' ? 'html' : 'txt'}`, out.join('\n'));
  }
  console.log(lines.join('\n'));
  await hub.close();
}, 300000);
