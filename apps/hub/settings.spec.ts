import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectFolder } from './project-folder.js';
import { hubRoles, readSettings } from './settings.js';

const wrongNames = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return (error as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
  }
};

const messageOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readSettings(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('settings', () => {
  it('have defaults for one machine', () => {
    expect(readSettings({})).toMatchObject({
      port: 4000,
      roles: hubRoles,
      production: false,
      audience: 'concordat',
    });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['CONCORDAT_ROLES', 'intake,coffee'],
    ['CONCORDAT_EVENT_STORE', 'esdb://localhost:2113'],
    ['CONCORDAT_READ_STORE', 'postgres://localhost'],
    ['CONCORDAT_JWKS_URL', 'nowhere'],
  ])('name %s when it is %s, and never its value', (name, value) => {
    expect(wrongNames({ [name]: value })).toContain(name);
    expect(messageOf({ [name]: value })).not.toContain(value);
  });

  it('take an empty one as absent', () => {
    const empty = {
      PORT: '',
      CONCORDAT_DATA: '',
      CONCORDAT_ROLES: '',
      CONCORDAT_ISSUER: '',
      CONCORDAT_AUDIENCE: '',
    };
    expect(readSettings(empty)).toEqual(readSettings({}));
  });

  it('want the rooms that embedded storage cannot do without', () => {
    expect(wrongNames({ CONCORDAT_ROLES: 'query' })).toEqual(['CONCORDAT_ROLES']);
  });

  it('want an issuer in production', () => {
    expect(wrongNames({ NODE_ENV: 'production' })).toEqual(['CONCORDAT_ISSUER']);
  });

  it('name everything that is wrong at once', () => {
    expect(wrongNames({ PORT: 'x', CONCORDAT_READ_STORE: 'y' })).toEqual(['PORT', 'CONCORDAT_READ_STORE']);
  });

  it('are all in .env.example', () => {
    const example = readFileSync(join(projectFolder(), '.env.example'), 'utf8');
    const source = readFileSync(join(projectFolder(), 'apps', 'hub', 'settings.ts'), 'utf8');
    const names = new Set(source.match(/\bCONCORDAT_[A-Z_]+/g));
    expect(names.size).toBeGreaterThan(7);
    for (const name of names) expect(example).toContain(name);
  });
});
