import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../../contract/failure.js';
import { refused, specifying } from '../../testing/given.js';
import { assessed } from '../../testing/partnership-changes.js';
import { type GovernanceAct, type GovernanceEvent } from './act.js';
import { decide, type Reporter } from './decide.js';
import { governanceOf } from './governance.js';

const now = Date.parse('2026-03-10T12:00:00Z');
const hub: Reporter = { agency: 'hub', user: 'chair', roles: ['coordinator'] };
const police: Reporter = { agency: 'police', user: 'chief', roles: ['signatory'] };

const recorded = (act: GovernanceAct, { agency, user } = hub): GovernanceEvent => ({
  ...act,
  by: { agency, user },
  at: now,
});

const given = specifying<
  GovernanceEvent,
  { readonly act: GovernanceAct; readonly by?: Reporter },
  readonly GovernanceEvent[]
>((events, { act, by = hub }) =>
  decide(governanceOf(events.map((event, index) => ({ id: `event-${index}`, event }))), { act, by, at: now }),
);

function errorsOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof Invalid ? error.errors : error;
  }
}

const site: GovernanceAct = {
  type: 'governance.siteRegistered',
  site: 'station',
  name: 'Station',
  on: '2026-01-05',
};
const moved: GovernanceAct = {
  type: 'governance.teamMovedIn',
  site: 'station',
  agency: 'police',
  on: '2026-01-06',
};
const closed: GovernanceAct = { type: 'governance.siteClosed', site: 'station', on: '2026-02-01' };
const vision: GovernanceAct & { readonly type: 'governance.documentSigned' } = {
  type: 'governance.documentSigned',
  agency: 'police',
  document: 'vision',
  version: '1',
  title: 'Vision',
  covers: ['vision'],
  link: 'https://example.org/vision',
  on: '2026-01-05',
};
const measure: GovernanceAct = {
  type: 'governance.measureAgreed',
  agency: 'police',
  measure: 'reoffending',
  version: '1',
  definition: 'fewer offences',
  report: 'reoffending',
  on: '2026-01-05',
};

describe('an act of governance', () => {
  it('is recorded with who reported it and when', () => {
    given([])
      .when({ act: site })
      .then([recorded(site)]);
  });

  it.each<readonly [string, GovernanceAct, Reporter]>([
    ['for the partnership, by another agency', site, police],
    ['for the partnership, by a practitioner of the team', site, { ...hub, roles: ['practitioner'] }],
    ['signed by a coordinator', vision, { ...police, roles: ['coordinator'] }],
    ['signed for another agency', vision, { ...hub, roles: ['signatory'] }],
    ['of a team of another agency', moved, { agency: 'probation', user: 'p', roles: ['coordinator'] }],
  ])('%s is refused', (_, act, by) => {
    given([recorded(site)])
      .when({ act, by })
      .then(refused('forbidden', 'governance-role'));
  });

  it('cannot be of a day to come, nor before what it ends', () => {
    given([])
      .when({ act: { ...site, on: '2026-03-11' } })
      .then(refused('invalid', 'governance-day'));
    given([recorded(site)])
      .when({ act: { ...closed, on: '2026-01-04' } })
      .then(refused('conflict', 'governance-day'));
  });

  it('begins once, ends once, and may begin again', () => {
    given([recorded(site)])
      .when({ act: { ...site, on: '2026-01-09' } })
      .then(refused('conflict', 'governance-standing'));
    given([]).when({ act: closed }).then(refused('conflict', 'governance-not-standing'));
    const again = { ...site, on: '2026-02-01' };
    given([recorded(site), recorded(closed)])
      .when({ act: again })
      .then([recorded(again)]);
  });
});

describe('a site', () => {
  it('takes in teams only while it is registered', () => {
    given([])
      .when({ act: moved, by: { ...police, roles: ['coordinator'] } })
      .then(refused('conflict', 'governance-site'));
    given([recorded(site)])
      .when({ act: moved })
      .then([recorded(moved)]);
  });

  it('that is given up has nobody left', () => {
    const out: GovernanceAct = {
      type: 'governance.teamMovedOut',
      site: 'station',
      agency: 'police',
      on: '2026-02-01',
    };
    given([recorded(site), recorded(moved)])
      .when({ act: closed })
      .then([recorded(out), recorded(closed)]);
  });
});

describe('a version that agencies agree to', () => {
  it('is the same document for all, signed once by each', () => {
    const signed = [recorded(vision, police)];
    given([]).when({ act: vision, by: police }).then(signed);
    given(signed).when({ act: vision, by: police }).then(refused('conflict', 'governance-standing'));
    const theirs = { ...vision, agency: 'probation', link: 'https://example.org/other' };
    const by = { ...police, agency: 'probation' };
    given(signed).when({ act: theirs, by }).then(refused('conflict', 'governance-document'));
    given(signed)
      .when({ act: { ...theirs, version: '2' }, by })
      .then([recorded({ ...theirs, version: '2' }, by)]);
  });

  it('says where the document is', () => {
    const { document, version, title, covers, agency, on } = vision;
    const nowhere = { type: vision.type, document, version, title, covers, agency, on };
    given([]).when({ act: nowhere, by: police }).then(refused('invalid', 'governance-document'));
  });

  it('is the same definition for all', () => {
    const by = { ...police, agency: 'probation' };
    const other = { ...measure, agency: 'probation', definition: 'fewer arrests' };
    given([recorded(measure, police)])
      .when({ act: other, by })
      .then(refused('conflict', 'governance-measure'));
    given([recorded(measure, police)])
      .when({ act: { ...other, version: '2' }, by })
      .then([recorded({ ...other, version: '2' }, by)]);
  });
});

describe('a self-assessment', () => {
  it('scores every element once, on the scale, and has a name of its own', () => {
    const whole = assessed('sa-1', '2026-03-01', 2);
    given([])
      .when({ act: whole })
      .then([recorded(whole)]);
    given([recorded(whole)])
      .when({ act: whole })
      .then(refused('conflict', 'governance-standing'));
    given([])
      .when({ act: assessed('sa-1', '2026-03-01', 5) })
      .then(refused('invalid', 'self-assessment'));
    if (whole.type !== 'governance.selfAssessed') throw new Error('not a self-assessment');
    const [first, ...rest] = whole.statements;
    given([])
      .when({ act: { ...whole, statements: rest } })
      .then(refused('invalid', 'self-assessment'));
    if (first === undefined) throw new Error('no statement');
    const told = errorsOf(() =>
      decide([], { act: { ...whole, statements: [...rest, ...rest.slice(0, 1)] }, by: hub, at: now }),
    );
    expect(told).toEqual([
      { pointer: '/selfAssessed/statements', detail: 'element 1.1 is missing' },
      { pointer: '/selfAssessed/statements/23/element', detail: 'is scored already' },
    ]);
    given([])
      .when({ act: { ...whole, statements: [...whole.statements, first] } })
      .then(refused('invalid', 'self-assessment'));
    const later = { ...first, on: '2026-03-02' };
    given([])
      .when({ act: { ...whole, statements: [later, ...rest] } })
      .then(refused('invalid', 'self-assessment'));
  });
});

describe('dates that belong together', () => {
  it('are in order', () => {
    const review: GovernanceAct = {
      ...{ type: 'governance.cohortRulesReviewed', version: '1', outcome: 'kept', on: '2026-03-01' },
      nextReview: '2026-02-28',
    };
    given([]).when({ act: review }).then(refused('invalid', 'governance-order'));
    const report: GovernanceAct = {
      ...{ type: 'governance.reportReceived', report: 'caseload', receivedBy: 'board', receiver: 'PCC' },
      ...{ from: '2026-02-01', to: '2026-01-31', on: '2026-03-01' },
    };
    given([]).when({ act: report }).then(refused('invalid', 'governance-order'));
  });
});
