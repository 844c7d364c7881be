import { type AgeRange, type Conditions } from './document.js';

/**
 * Whether a permission under the first conditions applies whenever one under the second does: each condition of the
 * first is absent or no stricter. Silence on limited access, handling and reporting restrictions means the least.
 */
export function permitsWhenever(loose: Conditions = {}, strict: Conditions = {}): boolean {
  return (
    holdsWhenever(withoutSilence(loose), withoutSilence(strict)) &&
    (loose.reportingRestrictions === 'permitted' || strict.reportingRestrictions === undefined)
  );
}

/** Whether a prohibition under the first conditions applies whenever a permission under the second does. */
export function prohibitsWhenever(loose: Conditions = {}, strict: Conditions = {}): boolean {
  return holdsWhenever(loose, withoutSilence(strict));
}

function withoutSilence(conditions: Conditions): Conditions {
  return { limitedAccess: ['NONE'], handling: ['P'], ...conditions };
}

function holdsWhenever(loose: Conditions, strict: Conditions): boolean {
  return (
    within(loose.cohort, strict.cohort) &&
    within(loose.level, strict.level) &&
    (loose.mappa === undefined ||
      (strict.mappa !== undefined &&
        within(loose.mappa.categories, strict.mappa.categories) &&
        within(loose.mappa.levels, strict.mappa.levels))) &&
    same(loose.management, strict.management) &&
    within(loose.areas, strict.areas) &&
    covers(loose.age?.atFact, strict.age?.atFact) &&
    covers(loose.age?.atQuestion, strict.age?.atQuestion) &&
    same(loose.consent, strict.consent) &&
    within(loose.limitedAccess, strict.limitedAccess) &&
    within(loose.handling, strict.handling) &&
    within(loose.grading?.source, strict.grading?.source) &&
    within(loose.grading?.information, strict.grading?.information) &&
    within(loose.role, strict.role) &&
    same(loose.responsibility, strict.responsibility) &&
    (loose.emergency === undefined || strict.emergency !== undefined)
  );
}

/** One of a list must hold, so a shorter list is stricter. */
function within<T>(loose: readonly T[] | undefined, strict: readonly T[] | undefined): boolean {
  return loose === undefined || (strict?.every((each) => loose.includes(each)) ?? false);
}

function same<T>(loose: T | undefined, strict: T | undefined): boolean {
  return loose === undefined || loose === strict;
}

function covers(loose: AgeRange | undefined, strict: AgeRange | undefined): boolean {
  if (loose === undefined) return true;
  if (strict === undefined) return false;
  return (
    (loose.from === undefined || (strict.from !== undefined && strict.from >= loose.from)) &&
    (loose.to === undefined || (strict.to !== undefined && strict.to <= loose.to))
  );
}
