import { expect, it } from '@jest/globals';
import { anybodyOf } from './recipient.js';

it('anybody of an agency has no role, no case and no emergency', () => {
  expect(anybodyOf('housing')).toEqual({
    agency: 'housing',
    roles: [],
    responsible: false,
    emergency: false,
  });
});
