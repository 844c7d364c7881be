import { agencyOf } from '../../contract/agency.js';
import { Forbidden } from '../../contract/failure.js';

export const roles = [
  'publisher',
  'practitioner',
  'coordinator',
  'signatory',
  'auditor',
  'operator',
] as const;
export type Role = (typeof roles)[number];

/** Who asks: what a verified token says, and nothing that a request says about itself. */
export interface Caller {
  /** Agency id (libs/contract/agency.ts). */
  readonly agency: string;
  /** The issuer's name for the person or system, recorded with every disclosure (R25). */
  readonly user: string;
  /** The team within the agency, whom an overdue review of an emergency blocks; absent: the agency is one team. */
  readonly team?: string;
  readonly roles: readonly Role[];
  /** Purposes the caller may ask for; agreements still decide whether one may be served. */
  readonly purposes: readonly string[];
  /** Epoch seconds after which the token is void. */
  readonly expires: number;
}

/** Throws `Forbidden` `role-required` when the caller holds none of these roles. */
export function requireRole({ roles: held }: Pick<Caller, 'roles'>, ...allowed: readonly Role[]): void {
  if (!allowed.some((role) => held.includes(role)))
    throw new Forbidden('role-required', `this needs one of the roles ${allowed.join(', ')}`);
}

const MOST_PURPOSES = 64;
const NAME = /^[a-z][a-z0-9]{0,63}(-[a-z0-9]{1,63}){0,8}$/;

/**
 * The caller that a verified token's claims describe: `sub` (1 to 128 visible ASCII characters), `agency` (a known
 * id), `team` (kebab-case, where given), `roles` (known ones, at least one), `purposes` (kebab-case, possibly none) and `exp`. One unknown role or
 * agency refuses the whole token. Throws `Forbidden` `token-claims` naming the claim, never its value.
 */
export function callerFromClaims(claims: unknown): Caller {
  const claim = claimsOf(claims);
  return {
    agency: text('agency', claim['agency'], (id) => agencyOf(id) !== undefined),
    user: text('sub', claim['sub'], (user) => /^[!-~]{1,128}$/.test(user)),
    ...(claim['team'] !== undefined && { team: text('team', claim['team'], (team) => NAME.test(team)) }),
    roles: rolesOf(claim['roles']),
    purposes: purposesOf(claim['purposes']),
    expires: expiryOf(claim['exp']),
  };
}

function claimsOf(claims: unknown): Readonly<Record<string, unknown>> {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw refused('set');
  return Object.fromEntries(Object.entries(claims));
}

function text(claim: string, value: unknown, fits: (value: string) => boolean): string {
  if (typeof value !== 'string' || !fits(value)) throw refused(claim);
  return value;
}

function rolesOf(value: unknown): readonly Role[] {
  if (!Array.isArray(value) || value.length === 0) throw refused('roles');
  const known = roles.filter((role) => value.includes(role));
  if (known.length !== value.length) throw refused('roles');
  return known;
}

function purposesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > MOST_PURPOSES) throw refused('purposes');
  return value.map((purpose) => text('purposes', purpose, (name) => NAME.test(name)));
}

function expiryOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw refused('exp');
  return value;
}

function refused(claim: string): Forbidden {
  return new Forbidden('token-claims', `the token's claim ${claim} is missing or not acceptable`);
}
