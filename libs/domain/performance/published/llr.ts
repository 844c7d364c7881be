import { type Minute, startOfDay } from '../../demonstration/calendar.js';
import { type DemonstrationEvent } from '../../demonstration/demonstration.js';
import { agencyOfType, eventOf } from '../../demonstration/envelope.js';
import { randomFrom } from '../../demonstration/random.js';
import { storyOf } from '../../demonstration/story.js';
import { periodBefore } from '../day.js';
import { publishedDays } from './careers.js';
import { castOf, type Member } from './cast.js';
import { type Figures, figuresOf } from './figures.js';
import { tellOffending } from './offending.js';
import { type PrintedDocument } from './printed-document.js';
import { tellNeeds, tellYear } from './year.js';

interface Told {
  readonly at: Minute;
  readonly published: DemonstrationEvent;
}

/**
 * Publications of invented people from which the reports regenerate the five tables of the LLR report of 2016, in the
 * order in which they happened. The same document and seed give the same publications. Only what the tables need is
 * told; where the printed cells contradict one another, the parts count and not the printed totals. Throws `Invalid`
 * `printed-document` when the document lacks a figure.
 */
export function publishedYear(document: PrintedDocument, seed = 1): readonly DemonstrationEvent[] {
  const figures = figuresOf(document);
  return castOf(figures, seed)
    .flatMap((member) => toldOf(member, figures, seed))
    .toSorted((one, other) => one.at - other.at)
    .map(({ published }) => published);
}

function toldOf(member: Member, figures: Figures, seed: number): readonly Told[] {
  const { person, needs } = member;
  const { document } = figures;
  const start = startOfDay(periodBefore(document).from);
  const story = storyOf(person, randomFrom(seed, person.index, 2), start, startOfDay(document.to));
  tellYear(story, member, publishedDays(figures));
  if (needs !== null) tellNeeds(story, needs, document.from);
  tellOffending(story, member, document);
  const known = new Set<string>();
  return story.happenings
    .toSorted((one, other) => one.at - other.at)
    .map((happening, nth) => {
      const agency = agencyOfType(happening.type);
      const isFirst = !known.has(agency);
      known.add(agency);
      const id = `${document.id}-${seed}-${person.index}-${nth}`;
      const times = { recordedAt: happening.at, receivedAt: happening.at };
      const event = eventOf({ person, id, happening, ...times, isFirst, isRepeat: false });
      return { at: happening.at, published: { agency, event, expect: 'accepted' } };
    });
}
