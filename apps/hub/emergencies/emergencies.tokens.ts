/** The emergencies of this process: see `emergencies.ts`. */
export const EMERGENCIES = Symbol('emergencies');
