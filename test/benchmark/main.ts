import { measureCompliance } from './compliance.js';
import { measureDecisions } from './decisions.js';
import { measureHttp } from './http.js';
import { measureRebuild, rawAppend } from './in-process.js';
import { type Figure } from './measure.js';
import { measureRecord } from './record.js';
import { measureTree } from './tree.js';
import { measureWatching } from './watching.js';

/** Prints every figure beside its floor, as a table on stderr and as JSON on stdout. */
const append = rawAppend();
const figures: Figure[] = [
  { name: 'raw SQLite append, one fsync each', value: append, unit: 'events/s' },
  ...(await measureDecisions()),
  ...(await measureRebuild(10_000)),
  ...(await measureRebuild(100_000)),
  ...(await measureTree()),
  ...(await measureRecord()),
  ...(await measureCompliance(20_000)),
  ...(await measureHttp({ append })),
  ...(await measureWatching()),
];
console.log(JSON.stringify(figures, null, 2));
const pad = (text: string, width: number): string => text.padEnd(width);
for (const { name, value, unit, aim, floor } of figures) {
  const shown = value.toLocaleString('en-GB', { maximumFractionDigits: value < 100 ? 2 : 0 });
  const aimed = aim === undefined ? '' : `aim ${aim.toLocaleString('en-GB')}`;
  const ratio = floor === undefined ? '' : `${(value / floor.value).toFixed(2)} × ${floor.name}`;
  console.error(`${pad(name, 46)} ${pad(`${shown} ${unit}`, 22)} ${pad(aimed, 12)} ${ratio}`);
}
