export const CASELOADS = Symbol('caseloads');
export const SUBSCRIPTIONS = Symbol('subscriptions');
