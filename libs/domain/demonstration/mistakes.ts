import { type Random } from './random.js';
import { type Data } from './story.js';

/** How a publisher may get a fact wrong at first: the wrong data in place of the right. */
type Mistake = (data: Data, random: Random) => Data;

const mistakes: Readonly<Record<string, Mistake>> = {
  'police.arrest.recorded': (data) => ({ ...data, stationCode: '01ZZ' }),
  'police.charge.laid': (data) => ({ ...data, remand: 'released-under-investigation' }),
  'court.hearing.resulted': (data) => ({ ...data, attended: false }),
  'prison.received': (data) => ({ ...data, prisonId: 'ZZE' }),
  'probation.licence.activated': (data) => ({ ...data, conditions: [] }),
  'probation.riskAssessed': (data, random) => ({ ...data, ogrs: random.whole(1, 20) }),
  'housing.placement.started': (data) => ({ ...data, accommodationType: 'family' }),
  'treatment.attendance.recorded': (data) => ({
    ...data,
    attendance: data['attendance'] === 'missed' ? 'kept' : 'missed',
  }),
  'vcse.engagement.started': (data) => ({ ...data, site: 'Examplebury Annexe' }),
  'hub.subject.informed': (data) => ({ ...data, noticeVersion: '1' }),
};

/** The data that is published first when a publisher makes a mistake; undefined for types that nobody gets wrong here. */
export function mistaken(type: string, data: Data, random: Random): Data | undefined {
  return mistakes[type]?.(data, random);
}

/** The data of the correction: the right one. A court's correction is a re-share of the hearing. */
export function corrected(type: string, data: Data, sharedTime: string): Data {
  return type === 'court.hearing.resulted' ? { ...data, isReshare: true, sharedTime } : data;
}
