import { type ConfirmedLookup, type DisclosedFact } from '../disclosure/disclosure.js';
import { type RecordedDisclosure } from './compliance-grants.js';

/** Reads the record of an answer from its JSON text; undefined when a part that is judged is missing or misshapen. */
export function readRecord(text: string): RecordedDisclosure | undefined {
  const record = parsed(text);
  return isRecord(record) ? record : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Read = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is RecordedDisclosure {
  if (!isObject(value)) return false;
  const { agency, user, purpose, at, asOf, roles, offenders, confirmed, facts } = value;
  return (
    [agency, user, purpose].every((each) => typeof each === 'string') &&
    [at, asOf].every((each) => Number.isSafeInteger(each)) &&
    (roles === undefined || areTexts(roles)) &&
    areTexts(offenders) &&
    areAll(confirmed, isLookup) &&
    areAll(facts, isFact)
  );
}

function isLookup(value: unknown): value is ConfirmedLookup {
  if (!isObject(value)) return false;
  const { offender, path, clauses } = value;
  return typeof offender === 'string' && typeof path === 'string' && areTexts(clauses);
}

function isFact(value: unknown): value is DisclosedFact {
  if (!isObject(value)) return false;
  const { position, offender, shown } = value;
  return (
    Number.isSafeInteger(position) &&
    typeof offender === 'string' &&
    isObject(shown) &&
    Object.values(shown).every((under) => isObject(under) && Object.values(under).every(areTexts))
  );
}

function isObject(value: unknown): value is Read {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(value: unknown): value is readonly string[] {
  return areAll(value, (each): each is string => typeof each === 'string');
}

function areAll<T>(value: unknown, is: (each: unknown) => each is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}
