import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FactMetadata, streamOf } from '../../contract/fact.js';
import { parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { changesState, type StateFact, stateOf } from '../../domain/casework/offender-history.js';
import { UNMANAGED } from '../../domain/casework/offender-state.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { emptyStanding, type Standing } from './standing.js';

interface Given {
  readonly id: string;
  readonly offender: string;
  readonly type: string;
  readonly publisher?: string;
  readonly time?: string;
  readonly control?: FactMetadata['control'];
  readonly corrects?: string | null;
  readonly retracts?: string | null;
}

let position = 0;

function logged({ id, offender, type, publisher = 'police', time, ...rest }: Given): LoggedEvent {
  const metadata: FactMetadata = {
    offender,
    publisher,
    source: `/${publisher}`,
    sourceId: id,
    version: 1,
    happened: parseMoment(time) ?? UNKNOWN_MOMENT,
    recorded: null,
    received: 0,
    fields: [],
    handling: null,
    contentHash: '',
    control: {},
    corrects: null,
    retracts: null,
    ...rest,
  };
  position += 1;
  const stored = { data: new Uint8Array(), leafHash: new Uint8Array(32), revision: 0 };
  return {
    ...stored,
    id,
    type,
    position,
    stream: streamOf.offender(offender),
    metadata: JSON.stringify(metadata),
  };
}

function changedBy(standing: Standing, given: Given): readonly string[] {
  const change = standing.apply(logged(given));
  return change.kind === 'fact' ? change.stateChanged : [];
}

const arrest = (id: string, born: string, rest: Partial<Given> = {}): Given => ({
  id,
  offender: 'sam',
  type: 'police.arrest.recorded',
  control: { born },
  ...rest,
});

describe('a claim of a month of birth', () => {
  it('changes the state once, and not by being repeated or corrected to the same', () => {
    const standing = emptyStanding();
    expect(changedBy(standing, arrest('1', '1990-04'))).toEqual(['sam']);
    expect(changedBy(standing, arrest('2', '1990-04'))).toEqual([]);
    expect(changedBy(standing, arrest('3', '1990-04', { corrects: '2' }))).toEqual([]);
    expect(changedBy(standing, arrest('4', '1990-05'))).toEqual(['sam']);
    expect(standing.state('sam').born).toEqual(['1990-04', '1990-05']);
  });

  it('ends when every fact that made it was taken back, by whatever type of fact', () => {
    const standing = emptyStanding();
    for (const each of [arrest('1', '1990-04'), arrest('2', '1990-04')]) standing.apply(logged(each));
    const takeBack = (id: string, retracts: string): Given => ({
      id,
      retracts,
      offender: 'sam',
      type: 'police.charge.withdrawn',
    });
    expect(changedBy(standing, takeBack('3', '1'))).toEqual([]);
    expect(changedBy(standing, takeBack('4', '2'))).toEqual(['sam']);
    expect(standing.state('sam')).toEqual(UNMANAGED);
  });

  it('ends when a correction names another month, or none', () => {
    const standing = emptyStanding();
    standing.apply(logged(arrest('1', '1990-04')));
    standing.apply(logged(arrest('2', '1990-05', { corrects: '1' })));
    expect(standing.state('sam').born).toEqual(['1990-05']);
    expect(changedBy(standing, { ...arrest('3', ''), control: {}, corrects: '2' })).toEqual(['sam']);
    expect(standing.state('sam').born).toEqual([]);
  });

  it('is none when the fact was taken back before it came', () => {
    const standing = emptyStanding();
    standing.apply(logged({ id: '1', offender: 'sam', type: 'police.charge.withdrawn', retracts: '2' }));
    expect(changedBy(standing, arrest('2', '1990-04'))).toEqual([]);
    expect(standing.state('sam').born).toEqual([]);
  });

  it('that is repeated ten thousand times costs no more than the first', () => {
    const standing = emptyStanding();
    const events = Array.from({ length: 10_000 }, (_, nth) => logged(arrest(String(nth), '1990-04')));
    const begin = performance.now();
    for (const event of events) standing.apply(event);
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(standing.state('sam').born).toEqual(['1990-04']);
  });
});

it('everybody of whom something is known is listed with their state', () => {
  const standing = emptyStanding();
  const marked = { limitedAccess: 'RESTRICTED' };
  standing.apply(logged(arrest('1', '1990-04')));
  standing.apply(
    logged({
      id: '2',
      offender: 'nadia',
      type: 'probation.lao.set',
      publisher: 'probation',
      control: marked,
    }),
  );
  standing.apply(logged({ id: '3', offender: 'terry', type: 'police.charge.laid' }));
  expect([...standing.offenders()]).toEqual([
    ['sam', { ...UNMANAGED, born: ['1990-04'] }],
    ['nadia', { ...UNMANAGED, limitedAccess: { probation: 'RESTRICTED' } }],
  ]);
});

describe('the states', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const given = fc.record({
    offender: fc.constantFrom('sam', 'sam', 'nadia'),
    type: fc.constantFrom(
      'police.arrest.recorded',
      'police.charge.withdrawn',
      'hub.consent.given',
      'hub.consent.withdrawn',
      'probation.lao.set',
      'hub.leadProfessional.appointed',
      'hub.leadProfessional.handedOver',
      'hub.area.assigned',
      'hub.crossBorder.handoverAccepted',
      'hub.subject.informed',
    ),
    time: fc.constantFrom('2025-01-01', '2025-01-02', '2025-01-02T10:00:00Z'),
    control: fc.constantFrom<FactMetadata['control']>(
      {},
      { born: '1990-04' },
      { born: '1990-05' },
      { born: '1990-04', consentScope: ['vcse:*'], limitedAccess: 'EXCLUDED' },
      { consentScope: ['vcse:HLTH'], limitedAccess: 'NONE' },
      { responsibleAgency: 'vcse', responsible: 'kim', area: 'NW' },
      { responsibleAgency: 'police', responsible: 'ash', area: 'Nextshire' },
    ),
    corrects: fc.constantFrom(null, null, ...ids),
    retracts: fc.constantFrom(null, null, null, ...ids),
  });
  const history = fc.array(given, { maxLength: ids.length }).map((all) =>
    all.map((each, nth) => ({
      ...each,
      id: ids[nth] ?? '',
      corrects: each.retracts === null ? each.corrects : null,
    })),
  );

  /** Every fact of the person in order, and whatever supersedes anything, folded anew. */
  const folded = (
    all: readonly (Given & { readonly corrects: string | null; readonly retracts: string | null })[],
    offender: string,
  ) => {
    const facts = all.map(
      ({ type, time, control = {}, ...each }): StateFact & { readonly offender: string } => ({
        ...each,
        type,
        publisher: 'police',
        happened: parseMoment(time) ?? UNKNOWN_MOMENT,
        control,
      }),
    );
    return stateOf(
      facts.map((fact) =>
        fact.offender === offender && changesState(fact.type, fact.control)
          ? fact
          : { ...fact, id: `other ${fact.id}`, type: 'superseding', control: {} },
      ),
    );
  };

  it('are what all facts together come to, however much was skipped', () => {
    fc.assert(
      fc.property(history, (all) => {
        const standing = emptyStanding();
        all.forEach((each, nth) => {
          const before = ['sam', 'nadia'].map((offender) => standing.state(offender));
          const changed = changedBy(standing, each);
          ['sam', 'nadia'].forEach((offender, index) => {
            expect(standing.state(offender)).toEqual(folded(all.slice(0, nth + 1), offender));
            const isSame = JSON.stringify(before[index]) === JSON.stringify(standing.state(offender));
            expect(changed.includes(offender)).toBe(!isSame);
          });
        });
      }),
      { numRuns: 2000 },
    );
  });
});
