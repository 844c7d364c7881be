import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Chart } from './chart.js';
import { openEmptyAnswers } from './empty-answers.js';
import { openFreshness } from './freshness.js';
import { openOutstanding } from './outstanding.js';
import { drawn, type Figure, pageOf } from './pages.js';
import { openRecipientWeeks } from './recipient-weeks.js';
import { weekOf, weeksBetween } from './week.js';

const at = (text: string): number => Date.parse(text);

async function figureOf(chart: Chart): Promise<Figure> {
  const [figure] = await drawn([chart]);
  if (figure === undefined) throw new Error('nothing was drawn');
  return figure;
}

/** The text that can be read in a drawing. */
function wordsIn({ svg }: Figure): string {
  expect(XMLValidator.validate(svg ?? '')).toBe(true);
  return JSON.stringify(new XMLParser({ ignoreAttributes: true }).parse(svg ?? ''));
}

describe('weeks', () => {
  it('begin on Monday in London, on both sides of a change of the clocks', () => {
    expect(
      [at('2026-03-29T22:59:59Z'), at('2026-03-29T23:00:00Z'), at('2026-01-05T00:00:00Z')].map(weekOf),
    ).toEqual(['2026-03-23', '2026-03-30', '2026-01-05']);
  });

  it('run on where nothing happened', () => {
    expect(weeksBetween('2026-03-16', '2026-04-06')).toEqual([
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
      '2026-04-06',
    ]);
  });
});

describe('disclosures by recipient and week', () => {
  it('are counted, with zeros', async () => {
    const weeks = openRecipientWeeks();
    weeks.add('probation', at('2026-03-16T10:00:00Z'));
    weeks.add('probation', at('2026-03-17T10:00:00Z'));
    weeks.add('housing', at('2026-03-30T10:00:00Z'));
    const figure = await figureOf(weeks.chart());
    expect(figure.headings).toEqual(['week from', 'housing', 'probation']);
    expect(figure.rows).toEqual([
      ['2026-03-16', 0, 2],
      ['2026-03-23', 0, 0],
      ['2026-03-30', 1, 0],
    ]);
    for (const word of ['housing', 'probation', '2026-03-16', '2026-03-30'])
      expect(wordsIn(figure)).toContain(word);
  });

  it('draw nothing when there are none', async () => {
    const figure = await figureOf(openRecipientWeeks().chart());
    expect([figure.rows, figure.svg]).toEqual([[], null]);
  });
});

describe('freshness', () => {
  it('is the whole days since the newest fact of each agency, oldest first', async () => {
    const freshness = openFreshness();
    freshness.add('police', at('2026-03-10T12:00:00Z'));
    freshness.add('police', at('2026-03-01T12:00:00Z'));
    freshness.add('housing', at('2026-01-10T12:00:00Z'));
    const { rows, svg } = await figureOf(freshness.chart(at('2026-03-12T11:00:00Z'), 'every fact'));
    expect(rows).toEqual([
      ['housing', '2026-01-10T12:00:00.000Z', 60, 1],
      ['police', '2026-03-10T12:00:00.000Z', 1, 2],
    ]);
    expect(svg).toContain('>60</text>');
  });
});

describe('corrections outstanding', () => {
  const opened = (id: string, recipient: string, due: string) =>
    ({
      type: 'correction.opened',
      id,
      cause: { kind: 'corrected', event: 'e', position: 9, emergency: null, at: 0 },
      offender: 'o',
      recipient,
      passedOn: null,
      publishers: ['police'],
      shown: [],
      users: [],
      due: at(due),
      rule: 1,
      at: 0,
    }) as const;

  it('are those that nobody has acknowledged, and which of them are late', async () => {
    const outstanding = openOutstanding();
    outstanding.take(opened('1', 'housing', '2026-03-03T12:00:00Z'));
    outstanding.take(opened('2', 'housing', '2026-03-20T12:00:00Z'));
    outstanding.take(opened('3', 'probation', '2026-03-20T12:00:00Z'));
    const by = { agency: 'probation', user: 'u' };
    outstanding.take({
      type: 'correction.acknowledged',
      id: '3',
      by,
      action: 'corrected',
      reason: '',
      onward: [],
      at: 1,
    });
    const figure = await figureOf(outstanding.chart(at('2026-03-10T00:00:00Z')));
    expect(figure.rows).toEqual([['housing', 2, 1, '2026-03-03']]);
    expect(wordsIn(figure)).toContain('overdue');
  });
});

describe('a drawing', () => {
  const hostile = `"><script>alert('x')</script>&`;

  async function hostileFigure(): Promise<Figure> {
    const empty = openEmptyAnswers();
    empty.add(hostile, 'p');
    return figureOf({ ...empty.chart(), title: hostile });
  }

  it('escapes everything, in itself and on its page', async () => {
    const figure = await hostileFigure();
    const page = pageOf('{% include "figures" %}', { figures: [figure] });
    for (const text of [figure.svg, page]) expect(text).not.toContain('<script');
    expect(XMLValidator.validate(figure.svg ?? '')).toBe(true);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(3);
  });

  it('says what it is to who cannot see it, and asks nothing of the network', async () => {
    const { svg } = await hostileFigure();
    expect(svg).toMatch(/^<svg role="img" aria-labelledby="empty-answers-title empty-answers-description" /);
    expect(svg).toMatch(/<title id="empty-answers-title">.*<desc id="empty-answers-description">/);
    expect(svg?.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:|href|url\(/);
  });

  it('is the same every time', async () => {
    expect(await hostileFigure()).toEqual(await hostileFigure());
  });

  it('has no other ids than those of its names', async () => {
    const { svg } = await hostileFigure();
    expect(svg?.match(/ id="[^"]*"/g)).toEqual([
      ' id="empty-answers-title"',
      ' id="empty-answers-description"',
    ]);
  });
});

describe('a page', () => {
  it('refuses a template that names what is not there', () => {
    expect(() => pageOf('{{ missing }}', {})).toThrow('undefined value');
  });
});
