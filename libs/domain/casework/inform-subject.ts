import { Invalid } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type InformSubject } from './support-command.js';
import { fact, needPast, needText } from './deciding.js';

/** Records which version of the notice the person was given, what it said, in which format and language. */
export function informSubject(
  { notice, noticeVersion, told, format, language, informedOn, by }: InformSubject,
  ground: Ground,
): readonly CaseworkEvent[] {
  needPast('informedOn', informedOn, ground);
  if (told.length === 0) throw new Invalid('told-required', 'whoever is informed is told something');
  const how = { told, format, language: needText('language', language) };
  const given = { notice, noticeVersion: needText('noticeVersion', noticeVersion), ...how };
  return [fact('hub.subject.informed', ground, { ...given, informedOn, informedBy: by.user }, informedOn)];
}
