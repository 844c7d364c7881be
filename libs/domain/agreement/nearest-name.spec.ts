import { describe, expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.js';

describe('what a wrong name may have meant', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['probaton', ['police', 'probation'], 'probation'],
    ['polcie', ['police'], 'police'],
    ['POLICE', ['police'], 'police'],
    ['polise', ['police', 'polite'], 'police'],
    ['policx', ['police', 'policy'], 'police'],
    ['polixe', ['policex', 'police', 'policy'], 'police'],
    ['police', ['xpolice', 'polixe'], 'xpolice'],
    ['police', ['polixe', 'xpolice'], 'polixe'],
    ['police', ['xpolixe', 'polixe'], 'polixe'],
    ['police', ['polixe', 'xyolice', 'policexx'], 'polixe'],
    ['prison', ['pxxson'], 'pxxson'],
    ['prison', ['pxxxon'], undefined],
    ['prison', ['prisonxx'], 'prisonxx'],
    ['prison', ['xxprison'], 'xxprison'],
    ['prison', ['son'], undefined],
    ['ab', ['ax'], 'ax'],
    ['ab', ['xx'], undefined],
    ['abc', ['axx'], undefined],
    ['', ['a'], 'a'],
    ['', ['ab'], undefined],
    ['police', [], undefined],
  ])('%s among %j: %s', (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });
});
