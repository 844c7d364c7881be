import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decide } from './decide.js';
import { NO_GOVERNANCE } from './governance.js';
import { readAct } from './read-act.js';

const guide = readFileSync(new URL('../../../docs/guides/governance.md', import.meta.url), 'utf8');
const at = Date.parse('2026-02-01T12:00:00Z');

/** Acts as the guide records them on the command line. */
const examples = [...guide.matchAll(/^record '([^']*)'/gm)].map(
  ([, text = '']) => JSON.parse(text) as object,
);

describe('the guide to governance', () => {
  it('shows acts that are recorded as they stand there', () => {
    const by = { agency: 'hub', user: 'chair', roles: ['coordinator'] };
    const types = examples.flatMap((example) => {
      const act = readAct(example, { agency: 'hub', on: '2026-02-01' });
      return decide(NO_GOVERNANCE, { act, by, at }).map(({ type }) => type);
    });
    expect(types).toEqual([
      'governance.reportReceived',
      'governance.linkOfficerAssigned',
      'governance.selfAssessed',
    ]);
  });
});
