import { describe, expect, it } from '@jest/globals';
import { decide, type RightsCommand } from './decide.js';
import { evolve, NO_RIGHTS, openRequest, type RightsEvent } from './rights.js';

const by = { agency: 'police', user: 'officer' };
const at = Date.parse('2026-02-10T12:00:00Z');
const offender = 'P1';
const receive: RightsCommand = { type: 'receive', id: 'request', by, at, receivedOn: '2026-01-31' };
const extend: RightsCommand = { type: 'extend', id: 'request', by, at };
const close: RightsCommand = { type: 'decide', id: 'request', by, at, outcome: 'answered' };
const restrict: RightsCommand = {
  type: 'restrict',
  id: 'restriction',
  request: 'request',
  by,
  at,
  ground: 'b',
  scope: { facts: [3] },
};

/** The events of commands, each decided on those before. */
function given(...commands: readonly RightsCommand[]): readonly RightsEvent[] {
  return commands.reduce<readonly RightsEvent[]>((events, command) => {
    const rights = events.reduce(evolve, NO_RIGHTS);
    return [...events, decide({ offender, facts: new Set([3]), rights }, command)];
  }, []);
}

describe('a request for access', () => {
  it('is due in a month, after an extension three months from the day it came (R22)', () => {
    const due = given(receive, extend).map((event) => ('due' in event ? event.due : null));
    expect(due).toEqual(['2026-02-28', '2026-04-30']);
  });

  it('is extended once, and before it is due', () => {
    expect(() => given(receive, extend, extend)).toThrow('extended before');
    const late = { ...extend, at: Date.parse('2026-03-01T00:00:00Z') };
    expect(() => given(receive, late)).toThrow('before its answer is due');
    expect(given(receive, { ...extend, at: late.at - 1 })).toHaveLength(2);
  });

  it('came on a day that has come', () => {
    for (const receivedOn of ['2026-02-11', '2026-02', '2026-02-30', 'yesterday'])
      expect(() => given({ ...receive, receivedOn })).toThrow('received must be a calendar date');
  });

  it('is open until it is decided, once, by the controller that was asked', () => {
    const open = given(receive).reduce(evolve, NO_RIGHTS);
    expect(openRequest(open, 'police')?.id).toBe('request');
    expect(openRequest(open, 'probation')).toBeUndefined();
    expect(openRequest(given(receive, close).reduce(evolve, NO_RIGHTS), 'police')).toBeUndefined();
    expect(() => given(receive, close, close)).toThrow('is decided');
    expect(() => given(receive, close, restrict)).toThrow('is decided');
    const other = { ...close, by: { agency: 'probation', user: 'officer' } };
    expect(() => given(receive, other)).toThrow('no such request');
  });

  it('is answered short of what a ground of the controller’s own regime covers (R17)', () => {
    expect(given(receive, restrict)).toHaveLength(2);
    const housing = { agency: 'housing', user: 'officer' };
    const asked = { ...receive, by: housing };
    expect(() => given(asked, { ...restrict, by: housing, ground: 'a' })).toThrow('ground a is not there');
    expect(given(asked, { ...restrict, by: housing, ground: 'e' })).toHaveLength(2);
  });

  it('has a restriction until whoever made it lifts it', () => {
    const lift: RightsCommand = { type: 'lift', id: 'restriction', by, at };
    expect(given(receive, restrict).reduce(evolve, NO_RIGHTS).restrictions).toHaveLength(1);
    expect(given(receive, restrict, lift).reduce(evolve, NO_RIGHTS).restrictions).toEqual([]);
    const other = { ...lift, by: { agency: 'probation', user: 'officer' } };
    expect(() => given(receive, restrict, other)).toThrow('no such restriction');
  });
});
