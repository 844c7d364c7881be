import nunjucks from 'nunjucks';
import { type Chart } from './chart.js';
import { svgOf } from './svg.js';
import { figures } from './templates/figures.js';
import { style } from './templates/style.js';

/** A chart that is drawn. */
export interface Figure extends Omit<Chart, 'drawing'> {
  readonly svg: string | null;
}

/** Draws charts one after the other. */
export async function drawn(charts: readonly Chart[]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { drawing, ...chart } of charts) {
    const { id, title, note } = chart;
    const svg = drawing === null ? null : await svgOf(drawing, { id, title, description: note });
    figures.push({ ...chart, svg });
  }
  return figures;
}

const parts: Readonly<Record<string, string>> = { figures, style };

/** Everything that is put into a template is escaped; a name that is not there is an error. */
const environment = new nunjucks.Environment(
  {
    getSource(name: string) {
      const src = parts[name];
      if (src === undefined) throw new Error(`there is no template ${name}`);
      return { src, path: name, noCache: false };
    },
  },
  { autoescape: true, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true },
);

/**
 * Makes an HTML page that stands by itself: it needs no other file and asks no network. A template may include
 * `figures` (of `figures`, as `drawn` gives them) and `style`.
 */
export function pageOf(template: string, content: object): string {
  return environment.renderString(template, content);
}
