import nunjucks from 'nunjucks';
import { type TopLevelSpec } from 'vega-lite';

const escaping = new nunjucks.Environment(null, { autoescape: true });
const NAMES =
  '<title id="{{ id }}-title">{{ title }}</title><desc id="{{ id }}-description">{{ description }}</desc>';
const LOOK = {
  background: 'white',
  font: 'sans-serif',
  aria: false,
  view: { stroke: '#ccc' },
  axis: { labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal' },
} as const;

/** Loaded with the first chart: most commands draw none, and should not wait for it. */
const libraries = async () => ({ ...(await import('vega')), compile: (await import('vega-lite')).compile });

/**
 * Draws a chart as SVG, with no canvas, clock, network or locale in it: the same chart gives the same text everywhere.
 * `id` is unique on the page; title and description are what a screen reader says.
 */
export async function svgOf(
  drawing: TopLevelSpec,
  names: { readonly id: string; readonly title: string; readonly description: string },
): Promise<string> {
  const { compile, parse, resetSVGDefIds, View } = await libraries();
  resetSVGDefIds();
  const { spec } = compile({ ...drawing, config: LOOK });
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const labelled = `role="img" aria-labelledby="${names.id}-title ${names.id}-description"`;
  const told = escaping.renderString(NAMES, names);
  return svg.replace(/^<svg ([^>]*)>/, (_, attributes: string) => `<svg ${labelled} ${attributes}>${told}`);
}
