import { Invalid } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type AssessNeeds } from './support-command.js';
import { fact, needPast } from './deciding.js';
import { type PathwayScore, type StarScore } from './needs.js';
import { type Data } from './read-data.js';

/** By pathway with LLR and OASys, by star with the Justice Star, never both; a score only where one was given. */
export function assessNeeds(command: AssessNeeds, ground: Ground): readonly CaseworkEvent[] {
  const { instrument, assessedOn, by } = command;
  const [pathways, stars] = [command.pathways ?? [], command.stars ?? []];
  const isStar = instrument === 'Justice Star';
  if ((isStar ? stars : pathways).length === 0 || (isStar ? pathways : stars).length > 0)
    throw new Invalid('instrument-scores', 'the Justice Star scores stars, every other instrument pathways');
  needOnce(pathways.map(({ pathway }) => pathway));
  needOnce(stars.map(({ area }) => area));
  if (pathways.some(({ scored, score }) => scored !== (score != null)))
    throw new Invalid('scored', 'a pathway has a score if it was scored, and none if not');
  needPast('assessedOn', assessedOn, ground);
  const scores = isStar ? { stars: stars.map(starOf) } : { pathways: pathways.map(scoreOf) };
  const assessed = { instrument, assessedOn, assessor: by.user, ...scores };
  return [fact('hub.needs.assessed', ground, assessed, assessedOn)];
}

function needOnce(named: readonly string[]): void {
  if (new Set(named).size < named.length) throw new Invalid('scored-twice', 'something is scored twice');
}

function scoreOf({ pathway, scored, score, needIdentified }: PathwayScore): Data {
  return { pathway, scored, ...(score == null ? {} : { score }), needIdentified };
}

function starOf({ area, score }: StarScore): Data {
  return score == null ? { area } : { area, score };
}
