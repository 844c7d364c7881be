import { flagAt, listAt, present, textAt, type Tree, wholeAt } from '../tree.js';
import { date, pounds } from '../values.js';

/** One judicial result of a Common Platform message as a `disposal` of the catalogue. */
export function disposalOf(result: Tree): Readonly<Record<string, unknown>> {
  const code = textAt(result, 'cjsCode');
  const imposed = amountImposed(result);
  return present({
    resultId: textAt(result, 'judicialResultId'),
    disposalCode: code,
    label: textAt(result, 'label'),
    text: textAt(result, 'resultText'),
    category: textAt(result, 'category')?.toLowerCase(),
    orderedDate: date(textAt(result, 'orderedDate')),
    endDate: date(textAt(result, 'durationElement', 'durationEndDate')),
    duration: flagAt(result, 'lifeDuration') === true ? { units: 'life' } : durationOf(result, 'primary'),
    secondaryDuration: durationOf(result, 'secondary'),
    hours: hoursOf(result),
    fine: code === FINE ? imposed : undefined,
    amount: code === FINE ? undefined : imposed,
    qualifiers: textAt(result, 'qualifier')?.split(/\s*,\s*/),
    isConvictedResult: flagAt(result, 'isConvictedResult'),
    isNewAmendment: flagAt(result, 'isNewAmendment'),
    isDeleted: flagAt(result, 'isDeleted'),
    amendmentDate: date(textAt(result, 'amendmentDate')),
    amendmentReason: textAt(result, 'amendmentReason'),
    nextHearing: nextHearingOf(result),
  });
}

/** Result code of a fine; every other financial result is an `amount`. */
const FINE = '1015';

const units: Readonly<Record<string, string>> = {
  L: 'life',
  Y: 'years',
  M: 'months',
  W: 'weeks',
  D: 'days',
  H: 'hours',
};

function durationOf(result: Tree, rank: 'primary' | 'secondary'): Readonly<Record<string, unknown>> {
  const unit = textAt(result, 'durationElement', `${rank}DurationUnit`);
  return unit === undefined
    ? {}
    : present({
        count: wholeAt(result, 'durationElement', `${rank}DurationValue`),
        units: units[unit] ?? unit,
      });
}

/** The sum that the result imposes, in pounds, from the one prompt that is marked as a financial imposition. */
function amountImposed(result: Tree): number | undefined {
  const prompt = listAt(result, 'judicialResultPrompts').find(
    (each) => flagAt(each, 'isFinancialImposition') === true,
  );
  return pounds(textAt(prompt, 'value'));
}

function hoursOf(result: Tree): number | undefined {
  const prompt = listAt(result, 'judicialResultPrompts').find(
    (each) => textAt(each, 'promptReference') === 'numberOfHours',
  );
  const [, hours] = /^(\d{1,4}) Hours$/i.exec(textAt(prompt, 'value') ?? '') ?? [];
  return hours === undefined ? undefined : Number(hours);
}

function nextHearingOf(result: Tree): Readonly<Record<string, unknown>> {
  return present({
    courtCode: textAt(result, 'nextHearing', 'courtCentre', 'code'),
    startsAt: textAt(result, 'nextHearing', 'listedStartDateTime'),
    type: textAt(result, 'nextHearing', 'type', 'description'),
    adjournmentReason: textAt(result, 'nextHearing', 'adjournmentReason'),
  });
}
