import { Conflict, Forbidden, type InputError, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { startOf } from '../agreement/decide.js';
import { type ActKind, type GovernanceAct, type GovernanceEvent } from './act.js';
import { type Governance, isEnding, keyOf, ofKind, standing } from './governance.js';
import { elementsBeside } from './key-elements.js';
import { scaleOn } from './self-assessment-scale.js';

/** Who reports an act, with the roles of the token. */
export interface Reporter {
  readonly agency: string;
  readonly user: string;
  readonly roles: readonly string[];
}

export interface GovernanceCommand {
  readonly act: GovernanceAct;
  readonly by: Reporter;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** `own`: a signatory for its own agency; `partnership`: the IOM team; `either`: the IOM team, or who leads the agency for it. */
type Whose = 'own' | 'partnership' | 'either';

const whose: Readonly<Record<ActKind, Whose>> = {
  documentSigned: 'own',
  measureAgreed: 'own',
  roleAssigned: 'own',
  priorityAdopted: 'partnership',
  priorityEnded: 'partnership',
  arrangementDeclared: 'partnership',
  arrangementEnded: 'partnership',
  siteRegistered: 'partnership',
  siteClosed: 'partnership',
  teamMovedIn: 'either',
  teamMovedOut: 'either',
  reportReceived: 'partnership',
  cohortRulesReviewed: 'partnership',
  selfAssessed: 'partnership',
  learningCompleted: 'either',
  monitoringDeclared: 'partnership',
  linkOfficerAssigned: 'partnership',
  linkOfficerEnded: 'partnership',
};

/** The agency whose coordinators and signatories act for the partnership. */
const TEAM = 'hub';

/**
 * The events that follow from an act that somebody reports, or a refusal: `Forbidden` when it is not theirs to report,
 * `Invalid` when it cannot be so (a day to come, a self-assessment that leaves a statement out), `Conflict` when it
 * contradicts what is recorded (ending what does not hold, signing other content under a version that was signed).
 */
export function decide(
  governance: Governance,
  { act, by, at }: GovernanceCommand,
): readonly GovernanceEvent[] {
  allow(act, by);
  const { agency, user } = by;
  const event: GovernanceEvent = { ...act, by: { agency, user }, at };
  requireDay(governance, event);
  requirePossible(governance, event);
  return [...follows(governance, event), event];
}

function allow(act: GovernanceAct, { agency, roles }: Reporter): void {
  const kind = act.type.slice('governance.'.length) as ActKind;
  const isSignatory = roles.includes('signatory');
  const leads = isSignatory || roles.includes('coordinator');
  const isOwn = 'agency' in act && act.agency === agency;
  const may = {
    own: isOwn && isSignatory,
    partnership: agency === TEAM && leads,
    either: leads && (isOwn || agency === TEAM),
  }[whose[kind]];
  if (!may) throw new Forbidden('governance-role', refusals[whose[kind]]);
}

const refusals: Readonly<Record<Whose, string>> = {
  own: 'this needs the role signatory, for your own agency',
  partnership: 'this needs the role coordinator or signatory of the IOM team',
  either: 'this needs the role coordinator or signatory, of the agency or of the IOM team',
};

/** What holds from a day on cannot be told before that day, nor before what it takes the place of or ends began. */
function requireDay(governance: Governance, event: GovernanceEvent): void {
  const from = startOf(event.on);
  if (from > event.at) throw new Invalid('governance-day', 'on must not be a day to come');
  const key = keyOf(event);
  const earlier = governance.filter(({ value }) => key !== null && keyOf(value) === key);
  if (earlier.some((each) => from < each.from || (each.to !== null && from < each.to)))
    throw new Conflict('governance-day', 'on is before what is recorded already');
  const isStanding = earlier.some(({ to }) => to === null);
  if (isEnding(event) && !isStanding)
    throw new Conflict('governance-not-standing', 'there is nothing that this would end');
  if (isStanding && beginsOnce.has(event.type))
    throw new Conflict('governance-standing', 'this is recorded already');
}

const beginsOnce: ReadonlySet<GovernanceEvent['type']> = new Set([
  'governance.priorityAdopted',
  'governance.siteRegistered',
  'governance.teamMovedIn',
  'governance.linkOfficerAssigned',
]);

function requirePossible(governance: Governance, event: GovernanceEvent): void {
  switch (event.type) {
    case 'governance.documentSigned':
      return requireSameDocument(governance, event);
    case 'governance.measureAgreed':
      return requireSameMeasure(governance, event);
    case 'governance.teamMovedIn':
      return requireSite(governance, event);
    case 'governance.reportReceived':
      return requireOrder(event.from, event.to, 'to');
    case 'governance.cohortRulesReviewed':
      return requireOrder(event.on, event.nextReview, 'nextReview');
    case 'governance.selfAssessed':
      return requireComplete(governance, event);
    default:
      return undefined;
  }
}

type Of<K extends ActKind> = Extract<GovernanceEvent, { readonly type: `governance.${K}` }>;

/** Everybody who signs a version signs the same. */
function requireSameDocument(governance: Governance, event: Of<'documentSigned'>): void {
  if (event.link === undefined && event.hash === undefined)
    throw new Invalid('governance-document', 'a document needs a link or a hash');
  const signed = ofKind(governance, 'documentSigned').map(({ value }) => value);
  const same = signed.filter(
    ({ document, version }) => document === event.document && version === event.version,
  );
  if (same.some(({ agency }) => agency === event.agency))
    throw new Conflict('governance-standing', 'your agency has signed this version');
  if (same.some(({ link, hash }) => link !== event.link || hash !== event.hash))
    throw new Conflict('governance-document', 'another agency signed other content under this version');
}

function requireSameMeasure(governance: Governance, event: Of<'measureAgreed'>): void {
  const agreed = ofKind(governance, 'measureAgreed').map(({ value }) => value);
  const same = agreed.filter(
    ({ measure, version }) => measure === event.measure && version === event.version,
  );
  if (same.some(({ definition, report }) => definition !== event.definition || report !== event.report))
    throw new Conflict('governance-measure', 'another agency agreed another definition under this version');
}

function requireSite(governance: Governance, { site, on }: Of<'teamMovedIn'>): void {
  const sites = standing(governance, 'siteRegistered', startOf(on));
  if (!sites.some(({ value }) => value.site === site))
    throw new Conflict('governance-site', 'no such site is registered on that day');
}

function requireOrder(first: string, second: string, name: string): void {
  if (second < first) throw new Invalid('governance-order', `${name} is too early`);
}

/** Incomplete self-assessments are refused: a trend between two would compare what was not asked. */
function requireComplete(governance: Governance, { assessment, statements, on }: Of<'selfAssessed'>): void {
  const most = scaleOn(on).points.length - 1;
  const answered = statements.map(({ element }) => element);
  const errors: readonly InputError[] = [
    ...elementsBeside(answered).map((element) => wrong('', `element ${element} is missing`)),
    ...repeated(answered).map((index) => wrong(`/${index}/element`, 'is scored already')),
    ...statements.flatMap(({ score, on: day }, index) => [
      ...(score > most ? [wrong(`/${index}/score`, `must be 0 to ${most}`)] : []),
      ...(day > on || parseMoment(day) === undefined
        ? [wrong(`/${index}/on`, 'is later than the assessment')]
        : []),
    ]),
  ];
  if (errors.length > 0) throw new Invalid('self-assessment', 'the self-assessment is not complete', errors);
  if (ofKind(governance, 'selfAssessed').some(({ value }) => value.assessment === assessment))
    throw new Conflict('governance-standing', 'a self-assessment of this name is recorded already');
}

/** Where something stands again. */
function repeated(answered: readonly string[]): readonly number[] {
  return answered.flatMap((element, index) => (answered.indexOf(element) < index ? [index] : []));
}

function wrong(pointer: string, detail: string): InputError {
  return { pointer: `/selfAssessed/statements${pointer}`, detail };
}

/** Whoever was at a site that is given up has moved out. */
function follows(governance: Governance, event: GovernanceEvent): readonly GovernanceEvent[] {
  if (event.type !== 'governance.siteClosed') return [];
  const { site, on, by, at } = event;
  return ofKind(governance, 'teamMovedIn')
    .filter(({ value, to }) => value.site === site && to === null)
    .map(({ value }) => ({ type: 'governance.teamMovedOut', agency: value.agency, site, on, by, at }));
}
