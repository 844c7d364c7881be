import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFailure } from '../../contract/failure.js';
import { agreementOf, hashOf } from '../../testing/agreements.js';
import { type Agreement, type AgreementVersion, evolve, isOver, knownTo, NO_AGREEMENT } from './agreement.js';
import { forceOf } from './force.js';
import { type Interval } from './interval.js';
import { type AgreementCommand, decide, elapse, nextSteps, startOf } from './decide.js';
import { type AgreementDocument } from './document.js';

const agencies = ['police', 'probation', 'housing', 'vcse'];
const clause = {
  id: 'custody',
  publishers: ['police'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['arrestedAt'] },
};
const recipients = [['probation', 'housing'], ['housing'], ['probation', 'housing', 'vcse'], ['probation']];
const DAY = 86_400_000;
const START = startOf('2025-01-20');

/** The version of a number: who its parties are differs, and so do its dates. */
function documentOf(version: number): AgreementDocument {
  const to = recipients[version % recipients.length] ?? [];
  const month = String(Math.min(12, version * 2)).padStart(2, '0');
  const inForceFrom = `2025-${month}-01`;
  return agreementOf({
    reference: 'any',
    version,
    clauses: [{ ...clause, recipients: to }],
    inForceFrom,
    expires: '2026-03-01',
  });
}

const documents = new Map([1, 2, 3, 4, 5].map((version) => [version, documentOf(version)]));

interface Asked {
  readonly after: number;
  readonly agency: string;
  readonly type: AgreementCommand['type'];
  readonly version: number;
}

const one: fc.Arbitrary<readonly Asked[]> = fc
  .record({
    after: fc.integer({ min: 0, max: 10 * DAY }),
    agency: fc.constantFrom(...agencies),
    type: fc.constantFrom('draft', 'propose', 'sign', 'suspend', 'resume', 'withdraw', 'review', 'terminate'),
    version: fc.integer({ min: 1, max: 4 }),
  })
  .map((each) => [each]);

/** Everybody signs at once, or little would ever come into force. */
const everybodySigns: fc.Arbitrary<readonly Asked[]> = fc
  .tuple(fc.integer({ min: 0, max: 10 * DAY }), fc.integer({ min: 1, max: 4 }))
  .map(([after, version]) =>
    agencies.map((agency, index) => ({ after: index === 0 ? after : 0, agency, type: 'sign', version })),
  );

/** Somebody suspends, and somebody lifts it. */
const interruption: fc.Arbitrary<readonly Asked[]> = fc
  .tuple(fc.constantFrom(...agencies), fc.constantFrom(...agencies), fc.integer({ min: 1, max: 4 }))
  .map(([agency, other, version]) => [
    { after: DAY, agency, type: 'suspend', version },
    { after: DAY, agency: other, type: 'resume', version },
  ]);

const begun: readonly Asked[] = [
  { after: 0, agency: 'police', type: 'propose', version: 1 },
  ...agencies.map((agency) => ({ after: 0, agency, type: 'sign', version: 1 }) as const),
];

/** A third of all lives begin with a version that all have signed. */
const arbitraryLife: fc.Arbitrary<readonly Asked[]> = fc
  .tuple(
    fc.constantFrom(begun, [], []),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: one },
        { weight: 2, arbitrary: everybodySigns },
        { weight: 1, arbitrary: interruption },
      ),
      { minLength: 8, maxLength: 30 },
    ),
  )
  .map(([first, rest]) => [...first, ...rest.flat()]);

function commandOf({ agency, type, version }: Asked, agreement: Agreement, at: number): AgreementCommand {
  const common = { reason: 'tested', by: { agency, user: 'signatory' }, at };
  const next = Math.min(5, knownTo(agreement, 'nobody').length + 1);
  const document = documents.get(type === 'draft' || type === 'propose' ? next : version) ?? documentOf(1);
  const hash = hashOf(document);
  if (type === 'draft' || type === 'propose') return { type, document, hash, ...common };
  if (type === 'sign') return { type, version, hash, key: 'key', signature: 'signature', ...common };
  if (type === 'review') return { type, version, nextReview: '2026-02-01', ...common };
  return { type, version, ...common };
}

/** What an agreement goes through when it is asked these things one after the other, and how each was answered. */
function lifeOf(all: readonly Asked[]) {
  let agreement: Agreement = NO_AGREEMENT;
  let at = START;
  const answers: string[] = [];
  const states: Agreement[] = [];
  const passTime = (): void => {
    agreement = elapse(agreement, at).reduce(evolve, agreement);
    states.push(agreement);
  };
  for (const each of all) {
    at += each.after;
    passTime();
    try {
      agreement = decide(agreement, commandOf(each, agreement, at)).reduce(evolve, agreement);
      answers.push(each.type);
    } catch (error) {
      if (!isFailure(error)) throw error;
      answers.push(error.code);
    }
    states.push(agreement);
    passTime();
  }
  return { states, answers, agreement };
}

/** Holds of every state that differs from the one before. */
function always(property: (state: Agreement, before: Agreement) => void): void {
  const check = fc.property(arbitraryLife, (all) => {
    const { states } = lifeOf(all);
    states.forEach((state, index) => {
      const before = states[index - 1] ?? NO_AGREEMENT;
      if (state !== before) property(state, before);
    });
  });
  fc.assert(check, { numRuns: 250 });
}

const isBinding = ({ status }: AgreementVersion): boolean => status === 'in-force' || status === 'suspended';
const covers = (outer: readonly Interval[], { from, to }: Interval): boolean =>
  outer.some((each) => each.from <= from && (each.to === null || (to !== null && to <= each.to)));

describe('whatever is asked of an agreement, in any order', () => {
  it('is worth the test: every step is taken and every refusal met', () => {
    const answers = new Set(
      fc.sample(arbitraryLife, { numRuns: 300, seed: 3 }).flatMap((all) => lifeOf(all).answers),
    );
    for (const each of [
      ...['draft', 'propose', 'sign', 'suspend', 'resume', 'withdraw', 'review', 'terminate'],
      ...['not-a-party', 'withdrawn', 'agreement-status', 'agreement-signed', 'not-the-owner', 'owner-stays'],
      ...['not-the-suspender'],
    ])
      expect(answers).toContain(each);
  });

  it('nothing is in force that a present party has not signed, or outside its dates', () => {
    always((state) => {
      for (const { document, force, prohibits, signatures, withdrawn, drafter } of state) {
        const [first] = [...force, ...prohibits];
        if (first === undefined) continue;
        expect(drafter).toBeNull();
        for (const { agency } of document.parties) {
          const signed = signatures.some(({ party, at }) => party === agency && at <= first.from);
          const left = withdrawn.some(({ party, at }) => party === agency && at <= first.from);
          expect(signed || left).toBe(true);
        }
        expect(first.from).toBeGreaterThanOrEqual(startOf(document.inForceFrom));
        for (const { from } of force) expect(from).toBeLessThan(startOf(document.expires));
      }
    });
  });

  it('one version at most binds, and no two are ever in force at once', () => {
    always((state) => {
      expect(state.filter(isBinding).length).toBeLessThanOrEqual(1);
      const times = state.flatMap(({ force }) => force);
      times
        .slice(1)
        .forEach(({ from }, index) => expect(times[index]?.to ?? Infinity).toBeLessThanOrEqual(from));
    });
  });

  it('what binds is open, what is over is closed, and prohibitions last as long as permissions or longer', () => {
    always((state) => {
      for (const version of state) {
        const { force, prohibits, status, suspension } = version;
        expect(force.some(({ to }) => to === null)).toBe(status === 'in-force');
        expect(prohibits.some(({ to }) => to === null)).toBe(isBinding(version));
        expect(suspension !== null).toBe(status === 'suspended');
        expect(force.every((each) => covers(prohibits, each))).toBe(true);
      }
    });
  });

  it('a party’s withdrawal ends its flows and no other', () => {
    always((state) => {
      for (const version of state) {
        const gone = new Map(version.withdrawn.map(({ party, at }) => [party, at]));
        for (const publisher of agencies) {
          for (const recipient of agencies) {
            const flow = forceOf(version, publisher, recipient);
            const ends = [publisher, recipient].flatMap((each) => gone.get(each) ?? []);
            if (ends.length === 0) expect(flow).toEqual(version.force);
            for (const each of flow) {
              expect(covers(version.force, each)).toBe(true);
              if (ends.length > 0) expect(each.to ?? Infinity).toBeLessThanOrEqual(Math.min(...ends));
            }
          }
        }
        const present = version.document.parties.filter(({ agency }) => !gone.has(agency));
        if (present.length < 2) expect(isOver(version)).toBe(true);
      }
    });
  });

  it('what is over stays over, and what was signed or in force is never rewritten', () => {
    always((state, before) => {
      for (const earlier of before.filter(({ drafter }) => drafter === null)) {
        const later = state.find(
          ({ document, drafter }) => drafter === null && document.version === earlier.document.version,
        );
        expect(later?.document).toBe(earlier.document);
        expect(later?.steps.slice(0, earlier.steps.length)).toEqual(earlier.steps);
        expect(later?.signatures.slice(0, earlier.signatures.length)).toEqual(earlier.signatures);
        if (isOver(earlier)) expect(later).toEqual(earlier);
        earlier.force.forEach(({ from, to }, index) => {
          expect(later?.force[index]?.from).toBe(from);
          if (to !== null) expect(later?.force[index]?.to).toBe(to);
        });
      }
    });
  });

  it('numbers follow each other, drafts come last, and each agency has one at most', () => {
    always((state) => {
      const proposed = state.filter(({ drafter }) => drafter === null);
      expect(proposed.map(({ document }) => document.version)).toEqual(proposed.map((_, index) => index + 1));
      expect(state.slice(0, proposed.length)).toEqual(proposed);
      const drafts = state.slice(proposed.length);
      expect(new Set(drafts.map(({ drafter }) => drafter)).size).toBe(drafts.length);
      expect(drafts.every(({ document }) => document.version === proposed.length + 1)).toBe(true);
    });
  });

  it('only what the table of steps allows is taken', () => {
    const check = fc.property(arbitraryLife, (all) => {
      const { agreement } = lifeOf(all);
      for (const { document, status, drafter } of agreement) {
        for (const type of ['sign', 'suspend', 'resume', 'withdraw', 'review', 'terminate'] as const) {
          for (const agency of agencies) {
            if (drafter !== null && drafter !== agency) continue;
            const each = { after: 0, agency, type, version: document.version };
            const taken = answered(agreement, commandOf(each, agreement, startOf('2026-01-01')));
            if (taken) expect(nextSteps[status]).toContain(type);
          }
        }
      }
    });
    fc.assert(check, { numRuns: 40 });
  });
});

function answered(agreement: Agreement, command: AgreementCommand): boolean {
  try {
    return decide(agreement, command).length > 0;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}
