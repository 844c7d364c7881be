import { describe, expect, it } from '@jest/globals';
import { type OffenderState, UNMANAGED } from '../casework/offender-state.js';
import { type Disclosure } from '../disclosure/disclosure.js';
import { type PatternFinding } from './pattern-findings.js';
import { patternRules } from './pattern-rules.js';
import { watchPatterns } from './patterns.js';

const DAY = 86_400_000;
/** A Monday in March, nine o'clock in London. */
const MONDAY = Date.parse('2026-03-02T09:00:00Z');

type Answer = Partial<Disclosure> & { readonly times?: number };

const about = (...offenders: readonly string[]): Answer => ({ offenders });
const inVain = (what: string): Answer => ({ offenders: [], sought: [`pnc:${what}`] });
const at = (moment: number, answer: Answer): Answer => ({ ...answer, at: moment });

/** What is found after these answers of a probation officer, whose own case is `mine`. */
function found(answers: readonly Answer[], days = 1): readonly PatternFinding[] {
  const watch = watchPatterns(patternRules, { from: MONDAY - 9 * 3_600_000, to: MONDAY + days * DAY });
  const state = (offender: string): OffenderState =>
    offender === 'mine' ? { ...UNMANAGED, responsible: ['probation:officer'] } : UNMANAGED;
  answers.forEach(({ times = 1, ...answer }, index) => {
    for (let time = 0; time < times; time += 1)
      watch.take({ position: index + 1, disclosure: { ...plain, ...answer } }, state);
  });
  return watch.findings();
}

const plain: Disclosure = {
  agency: 'probation',
  user: 'officer',
  purpose: 'reducing-reoffending',
  justification: null,
  at: MONDAY,
  asOf: 0,
  query: '',
  asked: [],
  sought: [],
  confirmed: [],
  offenders: [],
  facts: [],
};

const figuresOf = (rule: string, findings: readonly PatternFinding[]) =>
  findings
    .filter((finding) => finding.rule === rule)
    .map(({ figures }) => Object.fromEntries(figures.map(({ name, value }) => [name, value])));

describe('patterns worth a look', () => {
  it('are none when somebody looks at their own case at work', () => {
    expect(found([about('mine'), about('mine')])).toEqual([]);
  });

  it('name who looked at people whose case is not theirs, with how many are', () => {
    const findings = found([about('mine', 'other'), about('another'), about('mine')]);
    expect(findings).toEqual([
      {
        rule: 'without-responsibility',
        agency: 'probation',
        user: 'officer',
        day: null,
        figures: [
          { name: 'people without responsibility', value: 2 },
          { name: 'people with responsibility', value: 1 },
          { name: 'answers without responsibility', value: 2 },
          { name: 'answers', value: 3 },
          { name: 'threshold of people', value: 1 },
        ],
        positions: ['1', '2'],
      },
    ]);
  });

  it('take no notice of an emergency that was open', () => {
    const watch = watchPatterns(patternRules, { from: MONDAY - DAY, to: MONDAY + DAY });
    const emergency = { agency: 'probation', user: 'officer', purpose: plain.purpose, until: MONDAY + 1 };
    const state = (): OffenderState => ({ ...UNMANAGED, emergencies: [emergency] });
    watch.take({ position: 1, disclosure: { ...plain, ...about('other') } }, state);
    expect(watch.findings()).toEqual([]);
    watch.take({ position: 2, disclosure: { ...plain, ...at(MONDAY + 1, about('other')) } }, state);
    expect(watch.findings().map(({ positions }) => positions)).toEqual([['2']]);
  });

  it.each([
    ['before seven', '2026-03-02T06:59:59Z', 1],
    ['at seven', '2026-03-02T07:00:00Z', 0],
    ['before nineteen', '2026-03-02T18:59:59Z', 0],
    ['at nineteen', '2026-03-02T19:00:00Z', 1],
    ['on a Saturday', '2026-03-07T12:00:00Z', 1],
    ['at half past seven in summer time', '2026-03-30T06:30:00Z', 0],
  ])('tell out of hours in London: %s', (_, moment, count) => {
    expect(figuresOf('out-of-hours', found([at(Date.parse(moment), about('mine'))], 40))).toHaveLength(count);
  });

  it('know that some agencies work at night', () => {
    const night = at(Date.parse('2026-03-02T03:00:00Z'), { agency: 'police', offenders: [] });
    expect(found([night])).toEqual([]);
  });

  it('count searches without a result of one day, not those with one', () => {
    const four = ['a', 'b', 'b', 'b'].map(inVain);
    expect(figuresOf('empty-searches', found([...four, at(MONDAY + DAY, inVain('c'))], 2))).toEqual([]);
    expect(figuresOf('empty-searches', found([...four, about('mine')]))).toEqual([]);
    expect(figuresOf('empty-searches', found([...four, inVain('c')]))).toEqual([
      { 'searches without a result': 5, 'different things sought': 3, threshold: 5 },
    ]);
  });

  it('count different people of one day', () => {
    const people = Array.from({ length: 30 }, (_, index) => `person ${index}`);
    expect(figuresOf('many-people', found([about(...people.slice(1)), about('person 1')]))).toEqual([]);
    expect(figuresOf('many-people', found([about(...people), about('person 1')]))).toEqual([
      { people: 30, answers: 2, threshold: 30 },
    ]);
  });

  const history = [5, 4, 6, 5, 5, 7, 4].map((times, index) => ({
    ...at(MONDAY - (7 - index) * DAY, about('mine')),
    times,
  }));
  it("compare a day's answers with the person's own days before the period", () => {
    const busy = { ...about('mine'), times: 20 };
    const findings = found([...history, busy]);
    expect(figuresOf('unusual-volume', findings)).toEqual([
      {
        answers: 20,
        'median of own days': 5,
        'median absolute deviation': 1,
        'own days': 7,
        z: 10.12,
        'threshold of z': 3.5,
        'least excess': 10,
      },
    ]);
    expect(findings.map(({ day }) => day)).toEqual(['2026-03-02']);
  });

  it.each([
    ['too few days to compare with', [...history.slice(1), { ...about('mine'), times: 20 }]],
    ['little more than usual', [...history, { ...about('mine'), times: 14 }]],
    ['the same of every day', [...history, { ...about('mine'), times: 5 }]],
  ])('are no unusual volume with %s', (_, answers) => {
    expect(figuresOf('unusual-volume', found(answers))).toEqual([]);
  });

  it('name at most fifty positions, and the whole count', () => {
    const [finding] = found(Array.from({ length: 80 }, (_, index) => about(`person ${index % 20}`)));
    expect(finding?.positions).toHaveLength(50);
    expect(figuresOf('without-responsibility', finding === undefined ? [] : [finding])).toMatchObject([
      { 'answers without responsibility': 80 },
    ]);
  });
});
