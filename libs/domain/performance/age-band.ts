/** Bands of age at a reporting date; whole years, each bound included. */
export interface AgeBand {
  readonly key: string;
  readonly label: string;
  readonly from: number;
  readonly to: number | null;
}

export interface AgeBands {
  readonly version: string;
  /** In force from this day on. */
  readonly from: string;
  readonly source: string;
  readonly bands: readonly AgeBand[];
}

export const ageBands: readonly AgeBands[] = [
  {
    version: 'LLR 2016',
    from: '2010-01-01',
    source: 'IOM performance report April 2015 to March 2016: under 18s, young adults (18-24), over 24s',
    bands: [
      { key: 'under-18', label: 'under 18', from: 0, to: 17 },
      { key: '18-24', label: '18–24', from: 18, to: 24 },
      { key: '25-over', label: 'over 24', from: 25, to: null },
    ],
  },
];

/** The key of a person of whom no age is known, or whose claimed dates of birth fall into different bands. */
export const AGE_NOT_KNOWN = 'not-known';

/** The bands in force on a day; before the first version, the first. */
export function ageBandsOn(day: string): AgeBands {
  return ageBands.findLast(({ from }) => from <= day) ?? (ageBands[0] as AgeBands);
}

/**
 * The band of whoever was born on one of these dates or in one of these months, on a day. Surely so: for every claim and
 * for every day of a month, else `AGE_NOT_KNOWN`. Who was born on 29 February comes of age on 1 March (R41).
 */
export function ageBandOn({ bands }: AgeBands, born: readonly string[], day: string): string {
  const ages = born.flatMap((claim) => [ageOn(`${claim}-01`.slice(0, 10), day), ageOn(lastOf(claim), day)]);
  const found = new Set(
    ages.map((age) => bands.find(({ from, to }) => from <= age && age <= (to ?? Infinity))?.key),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : AGE_NOT_KNOWN;
}

/** Full years on a day; dates compare as text. */
function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The latest day that a claim may mean: of a month its 31st, which comes after every day of it. */
function lastOf(claim: string): string {
  return claim.length === 7 ? `${claim}-31` : claim;
}
