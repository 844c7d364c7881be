export const CASELOADS = Symbol('caseloads');
export const SUBSCRIPTIONS = Symbol('subscriptions');
export const SILENCES = Symbol('silences');
export const ROUNDS = Symbol('rounds');
