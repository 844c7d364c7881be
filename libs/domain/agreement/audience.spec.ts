import { describe, expect, it } from '@jest/globals';
import { attention, audienceKey, audiencesOf, NOTHING_PERSONAL } from './audience.js';

const EMERGENCY = { hours: 24, reviewWithin: 72 };
const everything = { roles: ['coordinator', 'practitioner'], responsibility: true, emergency: true };
const somebody = { roles: ['practitioner'], responsible: true, emergency: true };

describe('what clauses look at', () => {
  it('is nothing personal while no condition does', () => {
    expect(attention(NOTHING_PERSONAL, undefined)).toEqual(NOTHING_PERSONAL);
    expect(attention(NOTHING_PERSONAL, { cohort: ['Fixed'], consent: true })).toEqual(NOTHING_PERSONAL);
  });

  it('adds up clause by clause, each role once and in order', () => {
    const roles = attention(NOTHING_PERSONAL, { role: ['practitioner', 'coordinator'] });
    expect(roles).toEqual({ ...NOTHING_PERSONAL, roles: ['coordinator', 'practitioner'] });
    expect(attention(roles, { role: ['practitioner'] })).toEqual(roles);
    const responsible = attention(roles, { responsibility: 'case' });
    expect(responsible).toEqual({ ...roles, responsibility: true });
    expect(attention(responsible, { emergency: EMERGENCY })).toEqual(everything);
    expect(attention(everything, undefined)).toEqual(everything);
  });
});

describe('the key of an audience', () => {
  it('is empty for everybody when nothing personal is looked at', () => {
    expect(audienceKey(NOTHING_PERSONAL, somebody)).toBe('');
  });

  it('names what is looked at and is so, whatever else is', () => {
    expect(audienceKey(everything, somebody)).toBe('practitioner+responsible+emergency');
    expect(audienceKey({ ...everything, emergency: false }, somebody)).toBe('practitioner+responsible');
    expect(audienceKey({ ...everything, responsibility: false }, somebody)).toBe('practitioner+emergency');
    expect(audienceKey({ ...everything, roles: ['coordinator'] }, somebody)).toBe('responsible+emergency');
    expect(audienceKey(everything, { roles: ['auditor'], responsible: false, emergency: false })).toBe('');
  });

  it('does not depend on the order in which somebody has their roles', () => {
    const calm = { responsible: false, emergency: false };
    const keys = [
      ['practitioner', 'coordinator'],
      ['coordinator', 'signatory', 'practitioner'],
    ].map((roles) => audienceKey(everything, { ...calm, roles }));
    expect(keys).toEqual(['coordinator+practitioner', 'coordinator+practitioner']);
  });
});

describe('the audiences of an agency', () => {
  it('are one, anybody, when nothing personal is looked at', () => {
    expect(audiencesOf('police', NOTHING_PERSONAL, true)).toEqual([
      { key: '', recipient: { agency: 'police', roles: [], responsible: false, emergency: false } },
    ]);
  });

  it('are every combination of what is looked at, each with somebody who belongs to it', () => {
    const audiences = audiencesOf('police', everything, true);
    expect(audiences).toHaveLength(16);
    expect(new Set(audiences.map(({ key }) => key)).size).toBe(16);
    for (const { key, recipient } of audiences) {
      expect(recipient.agency).toBe('police');
      expect(audienceKey(everything, recipient)).toBe(key);
    }
  });

  it('are only those without an emergency while there is none', () => {
    const audiences = audiencesOf('police', everything, false);
    expect(audiences).toHaveLength(8);
    expect(audiences.filter(({ recipient }) => recipient.emergency)).toEqual([]);
  });

  it('are no more in an emergency when no clause looks at one', () => {
    const looksAt = { ...everything, emergency: false };
    expect(audiencesOf('police', looksAt, true)).toEqual(audiencesOf('police', looksAt, false));
  });
});
