/* Appends to the log file named as its argument for as long as it lives, and prints what was acknowledged. */
import { randomUUID } from 'node:crypto';
import { registerHooks } from 'node:module';
import process from 'node:process';

registerHooks({
  resolve: (specifier, context, next) =>
    next(/^\.{1,2}\/.*\.js$/.test(specifier) ? specifier.replace(/\.js$/, '.ts') : specifier, context),
});
const { openEmbeddedLog } = await import('./embedded-event-log.ts');
const log = await openEmbeddedLog(process.argv[2]);

async function appendForEver(stream) {
  for (;;) {
    const size = 1 + Math.floor(Math.random() * 4);
    const metadata = JSON.stringify({ append: randomUUID(), size });
    const event = () => ({
      id: randomUUID(),
      type: 'police.arrest.recorded',
      metadata,
      data: Buffer.alloc(400, stream),
    });
    const events = Array.from({ length: size }, event);
    const { positions } = await log.append(stream, events, 'any');
    process.stdout.write(events.map(({ id }, index) => `${positions[index]} ${id}\n`).join(''));
  }
}

await Promise.all(Array.from({ length: 12 }, (_, index) => appendForEver(`offender-${index % 5}`)));
