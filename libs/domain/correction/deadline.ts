const DAY = 86_400_000;
const [SUNDAY, SATURDAY] = [0, 6];

/** How long "without delay" is: a rule that is changed by adding a version, never by an edit. */
export interface DeadlineRule {
  readonly version: number;
  /** First day (Europe/London is never behind UTC, so UTC midnight) on which it applies, `YYYY-MM-DD`. */
  readonly from: string;
  /** Monday to Friday; bank holidays count as working days. */
  readonly workingDays: number;
  readonly source: string;
}

export const deadlineRules: readonly DeadlineRule[] = [
  {
    version: 1,
    from: '1970-01-01',
    workingDays: 3,
    source: 'project rule: what "without delay" means in DPA 2018 s.38(5)(c) and s.48(9) (R9, R20)',
  },
];

/** When (epoch milliseconds) an obligation that arises at `at` is due, and the version of the rule that says so. */
export function deadline(at: number, rules = deadlineRules): { readonly due: number; readonly rule: number } {
  const applying = rules.filter(({ from }) => Date.parse(from) <= at);
  const { version, workingDays } = applying.reduce((newest, each) =>
    each.version > newest.version ? each : newest,
  );
  return { due: after(at, workingDays), rule: version };
}

function after(at: number, workingDays: number): number {
  let due = at;
  for (let left = workingDays; left > 0;) {
    due += DAY;
    if (isWorkingDay(due)) left -= 1;
  }
  return due;
}

function isWorkingDay(at: number): boolean {
  const day = new Date(at).getUTCDay();
  return day !== SATURDAY && day !== SUNDAY;
}
