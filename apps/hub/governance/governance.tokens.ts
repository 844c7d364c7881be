/** The governance of this process's partnership: see `governance.ts`. */
export const GOVERNANCE = Symbol('governance');
