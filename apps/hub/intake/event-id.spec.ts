import { expect, it } from '@jest/globals';
import { companionIdOf, eventIdOf } from './event-id.js';

it('gives source and id the same UUID of version 8 for ever', () => {
  expect(eventIdOf('/police/custody', 'arrest-1')).toBe('6856be54-7bd7-8617-8249-36a1b484ae9d');
});

it('keeps apart what joins to the same text, and what was added beside an event', () => {
  const ids = [
    eventIdOf('/police/a', 'b'),
    eventIdOf('/police/', 'ab'),
    companionIdOf('/police/a', 'b'),
    companionIdOf(eventIdOf('/police/a', 'b'), 'release'),
    companionIdOf(eventIdOf('/police/a', 'b'), 'quarantine'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
