import { type Moment, parseInstant } from '../../contract/moment.js';
import { type AccessPack } from '../../domain/rights/access-pack.js';
import { pageOf } from '../charts/pages.js';
import { accessTemplate } from './access-template.js';

const ZONE = 'Europe/London';
const instantFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: ZONE,
});
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A pack as a page that stands by itself: everything in it is escaped, dates are in Europe/London. */
export function accessPage(pack: AccessPack): string {
  return pageOf(accessTemplate, {
    ...pack,
    leftOut: pack.leftOut ?? [],
    isCommissioners: pack.copy === 'commissioner',
    madeAt: atText(pack.madeAt),
    erased: pack.erased && { ...pack.erased, at: atText(pack.erased.at) },
    held: pack.held.map((kind) => ({
      ...kind,
      records: kind.records.map((record) => ({
        ...record,
        position: record.position ?? null,
        happened: happenedText(record.happened),
        received: atText(record.received),
        fields: record.fields.map((field) => ({ ...field, value: valueText(field.value) })),
      })),
    })),
    recipients: pack.recipients.map((each) => ({ ...each, days: each.days.map(dayText) })),
    rectifications: pack.rectifications.map((each) => ({ ...each, asked: atText(each.asked) })),
    restrictedProcessing: pack.restrictedProcessing.map((each) => ({ ...each, since: atText(each.since) })),
  });
}

function atText(iso: string): string {
  return instantFormat.format(Date.parse(iso));
}

function dayText(day: string): string {
  return dayFormat.format(Date.parse(`${day}T00:00:00Z`));
}

/** No more precise than the publisher said. */
function happenedText({ precision, verbatim }: Pick<Moment, 'precision' | 'verbatim'>): string {
  if (verbatim === null) return 'not known';
  const instant = precision === 'instant' ? parseInstant(verbatim) : undefined;
  if (instant !== undefined) return instantFormat.format(instant);
  return precision === 'day' ? dayText(verbatim) : verbatim;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join('; ');
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
