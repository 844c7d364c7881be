/** The corrections of this process: see `corrections.ts`. */
export const CORRECTIONS = Symbol('corrections');
