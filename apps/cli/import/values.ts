/** A date as the catalogue writes it (`2025-03-31`), from that or from `31/03/2025`; anything else stays as it is. */
export function date(text: string | undefined): string | undefined {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text ?? '') ?? [];
  return year === undefined ? text : `${year}-${String(month)}-${String(day)}`;
}

/** Pounds as a number, from `£2,000.00`; undefined when the text is no amount. */
export function pounds(text: string | undefined): number | undefined {
  const [, amount] = /^£?(\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?)$/.exec(text ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount.replaceAll(',', ''));
}
