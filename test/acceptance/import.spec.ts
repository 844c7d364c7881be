import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { agencies } from '../../libs/contract/agency.js';
import { type Message, saidBy } from './court-message.js';
import { runHub, type RunningHub } from './running-hub.js';
import { expectedRecord, idsNamed, lastRecord, type SeenFact, seenPicture } from './seen-picture.js';

const court = '../shared/data/common-platform';
const police = '../shared/data/spi';

const messageIn = (file: string): Message => JSON.parse(readFileSync(join(court, file), 'utf8')) as Message;

/** What housing may know of hearings; the agreements of the demonstration tell it nothing of them. */
const hearingsForHousing = `
reference: hearings-for-housing
title: Hearings of people who need somewhere to live
version: 1
owner: { agency: housing, role: Information governance officer, contact: information@housing.example }
parties:
  - { agency: courts, regime: part-3, role: publishes hearings, contact: information@courts.example, dataProtectionOfficer: dpo@courts.example }
  - { agency: housing, regime: uk-gdpr, role: receives hearings, contact: information@housing.example, dataProtectionOfficer: dpo@housing.example }
purposes:
  - { id: resettlement, description: To house people under supervision, benefits: Fewer without a home, aims: [resettlement] }
inForceFrom: 2024-04-01
reviewDue: 2027-04-01
expires: 2028-04-01
rights: { contact: rights@housing.example, procedure: Whoever is asked answers within one month. }
governance:
  accuracy: A hearing shared again replaces the one it repeats.
  retention: Until the placement ends.
  security: Named users.
  breaches: Told to each other within 24 hours.
  complaints: Answered by whoever is complained to.
  training: Yearly.
  onwardDisclosure: None.
  review: Every year.
  joining: By a new version.
policyDocuments: []
clauses:
  - id: hearings
    effect: permit
    publishers: [courts]
    recipients: [housing]
    purposes: [resettlement]
    types: [court.hearing.resulted]
    fields: { clear: [name, hearingDay, bailStatus], generalise: [dateOfBirth, address.postcode] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: 'DPA 2018 s.35(2)(b)', uk-gdpr: UK GDPR Art 6(1)(e) }
    criminalOffence: UK GDPR Art 10, DPA 2018 Schedule 1 para 6
`;

interface Imported {
  readonly code: number;
  readonly err: readonly string[];
  readonly summary: {
    readonly publications: Readonly<Record<string, number>>;
    readonly refused: readonly { readonly file: string; readonly reason: string }[];
    readonly problems: readonly { readonly file: string; readonly reason: string }[];
  };
}

if (existsSync(court) && existsSync(police)) {
  let hub: RunningHub;
  let imports: Readonly<Record<'court' | 'police', Imported>>;

  async function run(...parameters: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await concordat(parameters, {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      env: { CONCORDAT_DATA: hub.dir },
      now: () => new Date(),
      interactive: false,
    });
    return { code, out, err };
  }

  async function imported(kind: string, path: string): Promise<Imported> {
    const { code, out, err } = await run('import', kind, path, '--json', '--url', await hub.app.getUrl());
    return { code, err, summary: JSON.parse(out.join('\n')) as Imported['summary'] };
  }

  /** A person's facts, and among them both kinds that a court message becomes. */
  async function pictureOf(agency: string, purpose: string, who: string) {
    const { text, facts } = await seenPicture(hub, agency, purpose, who);
    const of = (type: string): readonly SeenFact[] => facts.filter((fact) => fact.type === type);
    return { text, facts, hearings: of('court.hearing.resulted'), outcomes: of('court.outcome.recorded') };
  }

  beforeAll(async () => {
    hub = await runHub();
    await loadAgreements(hub.app.get<Agreements>(AGREEMENTS), hub.dir);
    await hub.bringIntoForce(hearingsForHousing);
    await hub.app.listen(0, '127.0.0.1');
    imports = {
      court: await imported('common-platform', court),
      police: await imported('spi', police),
    };
    await hub.settle();
  }, 60_000);
  afterAll(() => hub.close());

  describe('the import of real court messages', () => {
    it('takes all that can stand, and ends with 1 because some is in quarantine', () => {
      const { code, summary } = imports.court;
      expect(code).toBe(1);
      expect(summary.publications).toEqual({
        made: 60,
        accepted: 48,
        duplicate: 0,
        quarantined: 12,
        rejected: 0,
      });
      expect(summary.refused).toEqual([]);
    });

    it('holds back the defendant whose date of birth may be a stand-in, and shows them to nobody', async () => {
      const { problems } = imports.court.summary;
      expect(problems.every(({ file }) => file.includes('amend-new-offence-only/'))).toBe(true);
      expect(new Set(problems.map(({ reason }) => reason))).toEqual(
        new Set([expect.stringMatching(/^placeholder-value \(\/data\/dateOfBirth /)]),
      );
      const authorization = `Bearer ${await hub.token('courts', ['publisher'], [])}`;
      const { body } = await hub.request('GET', '/quarantine?limit=500', { headers: { authorization } });
      expect(JSON.stringify(body).match(/placeholder-value/g)).toHaveLength(12);
      expect(await idsNamed(hub, 'courts', 'bail-and-sentence', 'DefLName02')).toEqual([]);
      expect(await idsNamed(hub, 'police', 'reducing-reoffending', 'DefLName02')).toEqual([]);
    });
  });

  describe('three agencies that ask about the same real defendant', () => {
    const family = 'Spinka';
    const scenario = 'scenarios/multi-case-multi-defendant-multi-offence/hearing-results-added-for-day';
    const shares = [1, 2].map((day) => saidBy(messageIn(`${scenario}-${String(day)}.json`), family, day > 1));
    let id = '';
    beforeAll(async () => {
      const found = await idsNamed(hub, 'police', 'reducing-reoffending', family);
      expect(found).toHaveLength(1);
      id = found[0] ?? '';
    });

    it('police see what was decided, and no identifier of the court', async () => {
      const { facts, hearings, outcomes, text } = await pictureOf(
        'police',
        'reducing-reoffending',
        `id: "${id}"`,
      );
      expect(facts).toHaveLength(4);
      expect(hearings.map(({ values }) => values)).toEqual(shares.map(({ hearing }) => hearing));
      outcomes.forEach(({ values }, share) => expect(values).toMatchObject(shares[share]?.outcome ?? {}));
      for (const { withheld, clauses, generalised } of facts) {
        const never = ['defendantRef', 'hearingId', 'unverified.asn', 'observedEthnicity', 'isYouth'];
        expect(withheld).toEqual(expect.arrayContaining(never));
        expect({ clauses, generalised }).toEqual({
          clauses: ['police-courts/2#results-to-police'],
          generalised: [],
        });
      }
      for (const value of Object.values(shares[0]?.identifiers ?? {})) expect(text).not.toContain(value);
      expect(await lastRecord(hub.log, 'police')).toEqual(expectedRecord('reducing-reoffending', id, facts));
    });

    it('probation see that and the identifiers', async () => {
      const { facts, hearings, outcomes } = await pictureOf(
        'probation',
        'reducing-reoffending',
        `id: "${id}"`,
      );
      expect(facts).toHaveLength(4);
      expect(hearings.map(({ values }) => values)).toEqual(
        shares.map(({ hearing, identifiers }) => ({ ...hearing, ...identifiers })),
      );
      outcomes.forEach(({ values }, share) =>
        expect(values).toMatchObject({ ...shares[share]?.outcome, ...shares[share]?.identifiers }),
      );
      for (const { withheld, clauses } of facts) {
        expect(withheld).toEqual(
          expect.arrayContaining(['observedEthnicity', 'selfDefinedEthnicity', 'isYouth']),
        );
        expect(clauses).toEqual(['probation-courts/1#results-to-probation']);
      }
      expect(await lastRecord(hub.log, 'probation')).toEqual(
        expectedRecord('reducing-reoffending', id, facts),
      );
    });

    it('housing see that there was a hearing, how it left the person, and roughly who and where', async () => {
      expect(await idsNamed(hub, 'housing', 'resettlement', family)).toEqual([id]);
      const { facts, hearings, text } = await pictureOf('housing', 'resettlement', `id: "${id}"`);
      expect(facts).toHaveLength(2);
      expect(hearings.map(({ values }) => values)).toEqual(shares.map(({ forHousing }) => forHousing));
      for (const { clauses, generalised } of facts) {
        expect(clauses).toEqual(['hearings-for-housing/1#hearings']);
        expect([...generalised].sort()).toEqual(['address.postcode', 'dateOfBirth']);
      }
      const { hearing = {}, identifiers = {} } = shares[0] ?? {};
      const hidden = ['dateOfBirth', 'address.postcode', 'courtName', 'ptiUrn'].map((name) => hearing[name]);
      for (const value of [...hidden, ...Object.values(identifiers)]) {
        expect(text).not.toContain(String(value));
      }
      expect(await lastRecord(hub.log, 'housing')).toEqual(expectedRecord('resettlement', id, facts));
    });

    it('see nothing for a purpose that no agreement names for them', async () => {
      expect(await idsNamed(hub, 'housing', 'reducing-reoffending', family)).toEqual([]);
      expect((await pictureOf('housing', 'reducing-reoffending', `id: "${id}"`)).facts).toEqual([]);
      expect((await lastRecord(hub.log, 'housing')).type).toBe('consultation.made');
    });

    it('see that the later share superseded the earlier, and both', async () => {
      for (const [agency, purpose] of [
        ['police', 'reducing-reoffending'],
        ['probation', 'reducing-reoffending'],
        ['housing', 'resettlement'],
      ] as const) {
        const { hearings, outcomes } = await pictureOf(agency, purpose, `id: "${id}"`);
        for (const [earlier, later] of [hearings, outcomes].filter(({ length }) => length > 0)) {
          expect(earlier?.superseded).toEqual({ by: later?.id, kind: 'corrected' });
          expect(later?.superseded).toBeNull();
        }
      }
      const [first, second] = shares.map(({ outcome }) => outcome['offences[].disposals[].text']);
      expect(first).not.toEqual(second);
    });
  });

  describe('a hearing that was shared and shared again', () => {
    const folder = 'hearing-results-shared';
    const labelsIn = (file: string): readonly string[] => {
      const text = readFileSync(join(court, folder, file), 'utf8');
      const found: string[] = [];
      JSON.parse(text, (_, value: unknown) => {
        if (typeof value !== 'object' || value === null || !('judicialResultId' in value)) return value;
        if ('label' in value && typeof value.label === 'string') found.push(value.label);
        return value;
      });
      return [...new Set(found)].sort();
    };

    it('shows the results of each share, as its own message has them', async () => {
      const [id = ''] = await idsNamed(hub, 'probation', 'reducing-reoffending', 'Bot6651');
      const { outcomes } = await pictureOf('probation', 'reducing-reoffending', `id: "${id}"`);
      const labels = outcomes.map(({ values }) => {
        const whole = values['disposals[].label'] as readonly string[];
        const own = values['offences[].disposals[].label'] as readonly (readonly string[])[];
        return [...whole, ...own.flat()].sort();
      });
      const [first, again] = ['firstshare', 'reshare'].map((name) =>
        labelsIn(`${name}-onecase-onedefendant-oneoffence.json`),
      );
      expect(first).not.toEqual(again);
      expect(labels).toEqual([first, again]);
      expect(outcomes.map(({ superseded }) => superseded?.by)).toEqual([outcomes[1]?.id, undefined]);
    });
  });

  describe('the import of real police messages', () => {
    it('names every file that it cannot read, and why, and ends with 1', () => {
      const { code, summary, err } = imports.police;
      expect(code).toBe(1);
      expect(summary.refused.map(({ file }) => file).sort()).toEqual(
        readdirSync(join(police, 'invalid'))
          .map((name) => join(police, 'invalid', name))
          .sort(),
      );
      for (const { file, reason } of summary.refused) {
        expect(err).toEqual(expect.arrayContaining([`refused: ${reason}`, `  ${file}`]));
      }
    });

    it('names the file whose charge the hub holds back', () => {
      const { publications, problems } = imports.police.summary;
      expect(publications).toMatchObject({ made: 3, accepted: 2, quarantined: 1 });
      expect(problems).toEqual([
        expect.objectContaining({
          file: join(police, 'IndividualDefendantAllfields.xml'),
          reason: expect.stringMatching(/^schema-failed /),
        }),
      ]);
    });

    it('shows a charge to probation by the number that police gave it, and to housing not at all', async () => {
      const text = readFileSync(join(police, 'SingleDefendantSingeOffence.xml'), 'utf8');
      const inner = text.slice(text.indexOf('Defendant&gt;')).replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      const said = (tag: string): string =>
        new RegExp(`<${tag}[^>]*>\\s*([^<]*?)\\s*<`).exec(inner)?.[1] ?? tag;
      const who = `identifier: { scheme: asn, value: "${said('ProsecutorReference')}" }`;
      const { facts } = await pictureOf('probation', 'reducing-reoffending', who);
      expect(facts).toHaveLength(1);
      expect(facts[0]).toMatchObject({
        type: 'police.charge.laid',
        clauses: ['police-probation/10#arrests-and-charges-to-probation'],
        values: {
          asn: said('ProsecutorReference'),
          'name.family': said('PersonFamilyName'),
          'name.given': said('PersonGivenName1'),
          dateOfBirth: said('Birthdate'),
          'offences[].cjsCode': [said('OffenceCode')],
          'offences[].chargedOn': [said('ChargeDate')],
        },
      });
      expect(facts[0]?.withheld).toEqual(expect.arrayContaining(['officer.name', 'offences[].victimRefs']));
      expect((await pictureOf('housing', 'resettlement', who)).facts).toEqual([]);
      expect(await idsNamed(hub, 'housing', 'resettlement', said('PersonFamilyName'))).toEqual([]);
    });
  });

  describe('afterwards', () => {
    it('the same import gives only duplicates, and adds nothing', async () => {
      const head = await hub.log.head();
      const court2 = await imported('common-platform', court);
      const police2 = await imported('spi', police);
      expect(court2.summary.publications).toEqual({
        ...imports.court.summary.publications,
        accepted: 0,
        duplicate: imports.court.summary.publications['accepted'],
      });
      expect(police2.summary.publications).toMatchObject({ accepted: 0, duplicate: 2, quarantined: 1 });
      expect(await hub.log.head()).toBe(head);
      const clean = await imported('common-platform', join(court, 'scenarios/delete-and-add-offence'));
      expect(clean).toMatchObject({ code: 0, summary: { publications: { made: 4, duplicate: 4 } } });
    });

    it('the log is unaltered, and every read model is what it gives, while the hub runs', async () => {
      expect((await run('verify', 'log')).code).toBe(0);
      const { code, out } = await run('verify', 'picture');
      expect(out.slice(1).filter((line) => !line.endsWith(' same'))).toEqual([]);
      expect(out.length).toBeGreaterThan(agencies.length);
      expect(code).toBe(0);
    });
  });
} else {
  it('has no real messages to import at ../shared/data', () => {
    expect(existsSync(court) && existsSync(police)).toBe(false);
  });
}
