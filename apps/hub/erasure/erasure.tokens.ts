/** What is done about the data held of people: see `data-protection.ts`. */
export const DATA_PROTECTION = Symbol('data protection');
