import { agencyOf } from '../../../contract/agency.js';
import { versionKey } from '../../agreement/register.js';
import { type Held } from '../../casework/held.js';
import { ofKind, standing } from '../../governance/governance.js';
import { endOfDay, startOfDay } from '../day.js';
import { agreementsOf, DAY, type Ground, listed, toldBy } from './ground.js';
import {
  acts,
  type ElementResult,
  facts,
  type Item,
  type Measure,
  measured,
  resultOf,
  sorted,
} from './result.js';

/** 1.1: every relevant agency is bound by an agreement in force, and published in the period. */
export function signedUp(ground: Ground): ElementResult {
  const { requiredAgencies } = ground.thresholds;
  const without = requiredAgencies.filter((agency) => !ground.partners.includes(agency));
  const silent = requiredAgencies.filter((agency) => toldBy(ground, agency).length === 0);
  return resultOf('1.1', [
    measured({
      what: 'relevant agencies bound by an agreement in force',
      unit: 'agencies',
      missing: `no agreement in force binds: ${listed(without)}`,
      ...sorted(
        requiredAgencies,
        (each) => !without.includes(each),
        (each) => agreementsOf(ground, each),
      ),
    }),
    measured({
      what: 'relevant agencies that published in the period',
      unit: 'agencies',
      missing: `published nothing in the period: ${listed(silent)}`,
      ...sorted(
        requiredAgencies,
        (each) => !silent.includes(each),
        (each) => firstTold(ground, each),
      ),
    }),
  ]);
}

/** 1.2: somebody of the private, voluntary and social enterprise sectors is bound and takes part. */
export function voluntarySector(ground: Ground): ElementResult {
  const { voluntaryKinds } = ground.thresholds;
  const bound = ground.partners.filter((agency) => voluntaryKinds.includes(agencyOf(agency)?.kind ?? ''));
  return resultOf('1.2', [
    measured({
      what: 'voluntary agencies bound by an agreement in force that published in the period',
      unit: 'agencies',
      missing:
        bound.length === 0
          ? 'no agreement in force binds a voluntary agency'
          : `published nothing in the period: ${listed(bound.filter((each) => toldBy(ground, each).length === 0))}`,
      ...sorted(
        bound,
        (each) => toldBy(ground, each).length > 0,
        (each) => [...agreementsOf(ground, each), ...firstTold(ground, each)],
      ),
    }),
  ]);
}

/** 1.3: documents on vision, leadership, accountability and governance, their current versions signed by every partner. */
export function sharedVision(ground: Ground): ElementResult {
  const { coverings } = ground.thresholds;
  const about = ofKind(ground.governance, 'documentSigned').filter(({ value }) =>
    value.covers.some((each) => coverings.includes(each)),
  );
  const consent = consentTo(
    about.map((each) => ({ ...each, id: each.value.document })),
    ground,
  );
  const covered = (subject: string) =>
    consent.current.filter(({ value }) => value.covers.some((each) => each === subject));
  const uncovered = coverings.filter((each) => covered(each).length === 0);
  return resultOf('1.3', [
    measured({
      what: 'subjects that signed documents cover',
      unit: 'subjects',
      missing: `no signed document covers: ${listed(uncovered)}`,
      ...sorted(
        coverings,
        (each) => !uncovered.includes(each),
        (each) => acts(covered(each)),
      ),
    }),
    measured({
      what: 'partners that signed the current version of every such document',
      unit: 'agencies',
      missing: lacking('not signed by', consent.without, ground),
      ...consent.sample,
    }),
  ]);
}

/** 1.4: measures of success are defined, and every partner agreed their current versions. */
export function sharedMeasures(ground: Ground): ElementResult {
  const agreed = ofKind(ground.governance, 'measureAgreed');
  const consent = consentTo(
    agreed.map((each) => ({ ...each, id: each.value.measure })),
    ground,
  );
  const defined = [...Map.groupBy(consent.current, ({ id }) => id).values()];
  return resultOf('1.4', [
    measured({
      what: 'measures of success defined',
      unit: 'acts',
      missing: 'no measure of success is agreed',
      least: ground.thresholds.leastMeasures,
      good: defined.map(acts),
    }),
    measured({
      what: 'partners that agreed the current version of every measure',
      unit: 'agencies',
      missing: lacking('not agreed by', consent.without, ground),
      ...consent.sample,
    }),
  ]);
}

/** Something of which there are versions, agreed to by an agency. */
type Agreed = Held<{ readonly agency: string; readonly version: string }> & { readonly id: string };

/**
 * Who of the partners agrees to the current version of everything. The current one is the last to appear: who agrees to
 * an older one late makes it no newer.
 */
function consentTo<A extends Agreed>(all: readonly A[], { partners, moment }: Ground) {
  const known = all.filter(({ from }) => from <= moment).toSorted((one, other) => one.from - other.from);
  const appeared = new Map(known.map(({ id, value }) => [`${id} ${value.version}`, { id, ...value }]));
  const newest = new Map([...appeared.values()].map(({ id, version }) => [id, version]));
  const current = known.filter(
    ({ id, value, to }) => (to === null || moment < to) && newest.get(id) === value.version,
  );
  const of = (agency: string) => current.filter(({ value }) => value.agency === agency);
  const without = partners.filter((agency) => newest.size === 0 || of(agency).length < newest.size);
  const sample = sorted(
    partners,
    (agency) => !without.includes(agency),
    (agency) => acts(of(agency)),
  );
  return { current, without, sample };
}

/** 1.5: every partner has a role at the strategic and at the operational level. */
export function rolesAssigned(ground: Ground): ElementResult {
  const assigned = standing(ground.governance, 'roleAssigned', ground.moment);
  const of = (agency: string) => assigned.filter(({ value }) => value.agency === agency);
  const without = ground.partners.filter((each) => of(each).length < 2);
  return resultOf('1.5', [
    measured({
      what: 'partners with a role at both levels',
      unit: 'agencies',
      missing: lacking('no role at both levels for', without, ground),
      ...sorted(
        ground.partners,
        (each) => !without.includes(each),
        (each) => acts(of(each)),
      ),
    }),
  ]);
}

/** 1.6: agreements in force, reviewed and lasting; no answer without one; facts visible in good time. */
export function realTimeSharing(ground: Ground): ElementResult {
  const { agreements, moment, thresholds } = ground;
  const lasts = moment + thresholds.leastDaysLeft * DAY;
  const isSound = ({ document, reviewDue }: (typeof agreements)[number]): boolean =>
    moment <= endOfDay(reviewDue) && lasts < startOfDay(document.expires);
  const unsound = agreements.filter((each) => !isSound(each));
  return resultOf('1.6', [
    measured({
      what: 'agreements in force, reviewed when due and lasting',
      unit: 'agreements',
      missing:
        agreements.length === 0
          ? 'no agreement is in force'
          : `overdue for review or about to end: ${listed(unsound.map(versionKey))}`,
      ...sorted(agreements, isSound, (each): Item => [{ kind: 'agreement', ref: versionKey(each) }]),
    }),
    answersUnderAgreement(ground),
    visibleInTime(ground),
  ]);
}

function answersUnderAgreement({ disclosures }: Ground): Measure {
  const { total = 0, withoutAgreement = 0 } = disclosures ?? {};
  return {
    what: 'answers that rested on an agreement in force',
    unit: 'answers',
    counted: disclosures === null ? null : total - withoutAgreement,
    of: disclosures === null ? null : total,
    holds: total > 0 && withoutAgreement === 0,
    missing:
      total === 0 ? 'nothing was shared in the period' : 'something was shared without an agreement in force',
    evidence: [],
  };
}

function visibleInTime({ disclosures, thresholds }: Ground): Measure {
  const p95 = disclosures?.p95 ?? null;
  return {
    what: `95 in 100 facts visible within (at most ${thresholds.visibleWithinMs})`,
    unit: 'milliseconds',
    counted: p95,
    of: null,
    holds: p95 !== null && p95 <= thresholds.visibleWithinMs,
    missing: p95 === null ? 'how soon facts become visible is not known' : 'facts become visible too late',
    evidence: [],
  };
}

function lacking(what: string, agencies: readonly string[], { partners }: Ground): string {
  return partners.length === 0 ? 'no agreement in force names partners' : `${what}: ${listed(agencies)}`;
}

function firstTold(ground: Ground, agency: string): Item {
  return facts(
    toldBy(ground, agency)
      .slice(0, 1)
      .map(({ id }) => id),
  );
}
