/** The log as auditors ask it: see `auditing.ts`. */
export const AUDITING = Symbol('auditing');
