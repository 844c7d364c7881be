import { join } from 'node:path';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { createHub } from '../../apps/hub/server.js';
import { readSettings } from '../../apps/hub/settings.js';

/** A hub with the demonstration's agreements and no people, in a process of its own: the one that is measured. */
const settings = readSettings(process.env);
const app = await createHub({ settings });
await app.init();
const folder = join(process.cwd(), 'deploy', 'agreements');
await loadAgreements(app.get<Agreements>(AGREEMENTS), settings.dataDir, folder);
await app.listen(0, '127.0.0.1');
process.send?.({ url: await app.getUrl() });
process.on('message', () => process.send?.(process.memoryUsage()));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
