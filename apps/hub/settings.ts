import { resolve } from 'node:path';
import { Invalid, type InputError } from '../../libs/contract/failure.js';

export const hubRoles = ['intake', 'agreements', 'projector', 'query'] as const;
export type HubRole = (typeof hubRoles)[number];

/** What the environment says (design §10). Every name is in `.env.example`. */
export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly roles: readonly HubRole[];
  readonly production: boolean;
  /** Outside issuer of tokens; absent: the built-in development issuer. */
  readonly issuer: { readonly issuer: string; readonly jwksUrl: string } | undefined;
  readonly audience: string;
  readonly masterKeyFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings, an empty one as absent; throws `Invalid` `settings` that names every wrong variable (never its value). */
export function readSettings(environment: Environment): Settings {
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const errors: InputError[] = [];
  const wrong = (name: string, detail: string): void => {
    errors.push({ pointer: name, detail });
  };
  const dataDir = resolve(env.CONCORDAT_DATA ?? './data');
  const settings: Settings = {
    port: portOf(env.PORT, wrong),
    dataDir,
    roles: rolesOf(env.CONCORDAT_ROLES, wrong),
    production: env.NODE_ENV === 'production',
    issuer: issuerOf(env, wrong),
    audience: env.CONCORDAT_AUDIENCE ?? 'concordat',
    masterKeyFile: resolve(env.CONCORDAT_MASTER_KEY_FILE ?? `${dataDir}/master.key`),
  };
  for (const name of ['CONCORDAT_EVENT_STORE', 'CONCORDAT_READ_STORE'] as const) {
    if ((env[name] ?? 'embedded') !== 'embedded') wrong(name, 'only "embedded" is supported');
  }
  if (errors.length > 0) {
    const named = errors.map((error) => `${error.pointer}: ${error.detail}`).join('; ');
    throw new Invalid('settings', `wrong environment: ${named}`, errors);
  }
  return settings;
}

type Wrong = (name: string, detail: string) => void;

function portOf(text: string | undefined, wrong: Wrong): number {
  const port = Number(text ?? '4000');
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    wrong('PORT', 'must be a whole number from 0 to 65535');
  return port;
}

function rolesOf(text: string | undefined, wrong: Wrong): readonly HubRole[] {
  if (text === undefined || text === '') return hubRoles;
  const names = text.split(',').map((name) => name.trim());
  const known = hubRoles.filter((role) => names.includes(role));
  if (!known.includes('agreements') || !known.includes('projector')) {
    wrong(
      'CONCORDAT_ROLES',
      'must include agreements and projector on embedded storage, which one process holds',
    );
  }
  if (known.length !== names.length)
    wrong('CONCORDAT_ROLES', `must be a comma list of ${hubRoles.join(', ')}`);
  return known;
}

function issuerOf(env: Environment, wrong: Wrong): Settings['issuer'] {
  const issuer = env.CONCORDAT_ISSUER;
  const jwksUrl = env.CONCORDAT_JWKS_URL;
  const production = env.NODE_ENV === 'production';
  if (issuer === undefined && jwksUrl === undefined) {
    if (production) wrong('CONCORDAT_ISSUER', 'is required in production, together with CONCORDAT_JWKS_URL');
    return undefined;
  }
  if (issuer === undefined) wrong('CONCORDAT_ISSUER', 'is required beside CONCORDAT_JWKS_URL');
  if (jwksUrl === undefined || !URL.canParse(jwksUrl))
    wrong('CONCORDAT_JWKS_URL', 'must be an address beside CONCORDAT_ISSUER');
  return { issuer: issuer ?? '', jwksUrl: jwksUrl ?? '' };
}
