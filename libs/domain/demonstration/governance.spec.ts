import { expect, it } from '@jest/globals';
import { decide } from '../governance/decide.js';
import { evolve, NO_GOVERNANCE } from '../governance/governance.js';
import { readAct } from '../governance/read-act.js';
import { demonstrationActs } from './governance.js';

it('reports acts that the partnership can record, one after the other', () => {
  const at = Date.parse('2026-03-31T12:00:00Z');
  let governance = NO_GOVERNANCE;
  for (const [nth, { agency, act }] of demonstrationActs().entries()) {
    const by = { agency, user: 'signatory', roles: ['signatory'] as const };
    const events = decide(governance, { act: readAct(act, { agency, on: '2024-04-02' }), by, at });
    for (const [place, event] of events.entries())
      governance = evolve(governance, { id: `${nth}-${place}`, event });
  }
  expect(governance.length).toBeGreaterThanOrEqual(demonstrationActs().length);
});
