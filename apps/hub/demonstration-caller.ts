import { type Caller, type Role } from '../../libs/adapters/caller/caller.js';

/** The people who sign and publish in the demonstration. */
export function demonstrationCaller(agency: string, role: Role): Caller {
  return {
    agency,
    user: `demonstration-${role}`,
    roles: [role],
    purposes: [],
    expires: Number.MAX_SAFE_INTEGER,
  };
}
