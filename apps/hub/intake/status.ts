import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type Agency, agencyOf } from '../../../libs/contract/agency.js';
import { catalogue, dataSchemaUri } from '../../../libs/contract/catalogue/catalogue.js';
import { type LastEvent } from './index-entry.js';
import { type BindingAgreement } from './intake.tokens.js';

/** What `GET /status` tells a client of the hub about itself. */
export interface Status {
  readonly agency: Agency | undefined;
  readonly user: string;
  readonly roles: readonly string[];
  readonly purposes: readonly string[];
  readonly publish: {
    /** Its role lets it publish. */
    readonly allowed: boolean;
    readonly sourcePrefix: string;
    readonly types: readonly {
      readonly type: string;
      readonly version: number;
      readonly dataschema: string;
    }[];
  };
  readonly agreements: readonly BindingAgreement[];
  readonly lastEvent: (Omit<LastEvent, 'received'> & { readonly received: string }) | null;
}

export function statusOf(
  caller: Caller,
  agreements: readonly BindingAgreement[],
  last: LastEvent | undefined,
): Status {
  const { agency, user, roles, purposes } = caller;
  const types = catalogue.filter(({ publishers }) =>
    publishers.some((kind) => kind === agencyOf(agency)?.kind),
  );
  return {
    agency: agencyOf(agency),
    user,
    roles,
    purposes,
    publish: {
      allowed: roles.includes('publisher'),
      sourcePrefix: `/${agency}`,
      types: types.map(({ type, version }) => ({ type, version, dataschema: dataSchemaUri(type, version) })),
    },
    agreements,
    lastEvent: last === undefined ? null : { ...last, received: new Date(last.received).toISOString() },
  };
}
