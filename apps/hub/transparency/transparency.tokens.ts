/** The transparency log (`TransparencyLog`) and what signs its heads (`Schedule`). */
export const TRANSPARENCY = Symbol('transparency log');
export const SCHEDULE = Symbol('schedule of heads');
