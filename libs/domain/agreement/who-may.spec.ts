import { describe, it } from '@jest/globals';
import { commandsOf, stepsOf } from '../../testing/agreement-steps.js';
import { custodyClause, documentOf } from '../../testing/agreements.js';
import { refused, specifying } from '../../testing/given.js';
import { type AgreementEvent, evolve, NO_AGREEMENT } from './agreement.js';
import { type AgreementCommand, decide } from './decide.js';
import { type AgreementDocument } from './document.js';

const first = documentOf({
  reference: 'resettlement',
  clauses: [{ ...custodyClause, recipients: ['housing', 'courts'] }],
});
const TODAY = '2025-07-01';
const partiesOf = (document: AgreementDocument, ...agencies: readonly string[]) =>
  agencies.map((agency) => ({
    ...{ agency, regime: 'uk-gdpr' as const, role: 'shares and receives' },
    ...{ contact: `information@${agency}.example`, dataProtectionOfficer: document.owner.contact },
  }));
const withVcse: AgreementDocument = { ...first, version: 2, parties: partiesOf(first, 'police', 'vcse') };
const third: AgreementDocument = { ...first, version: 3, parties: partiesOf(first, 'police', 'vcse') };

const notAParty = refused('forbidden', 'not-a-party');
const given = specifying((events: readonly AgreementEvent[], command: AgreementCommand) =>
  decide(events.reduce(evolve, NO_AGREEMENT), command).map(({ type, by }) => `${by.agency} ${type}`),
);

const [v1, v2] = [stepsOf(first), stepsOf(withVcse)];
const proposed = [v1.proposed('police', '2025-05-01')];
const running = [...proposed, v1.became('cameIntoForce', 'hub', '2025-06-01')];
const suspendedByHousing = [...running, v1.became('suspended', 'housing', '2025-06-02')];
const asking = commandsOf(first, TODAY);

describe('whoever is no party', () => {
  it('may end what it proposed itself, while not all have signed', () => {
    const byHousing = [...running, v2.proposed('housing', '2025-06-10')];
    const end = commandsOf(withVcse, TODAY).change('terminate', 'housing');
    given(byHousing).when(end).then(['housing agreement.terminated']);
    given([...byHousing, v2.became('cameIntoForce', 'hub', '2025-06-20')])
      .when(end)
      .then(notAParty);
    given([...running, v2.proposed('police', '2025-06-10')])
      .when(end)
      .then(notAParty);
  });

  it('may review and end what it owns, and no more', () => {
    const steps = stepsOf({ ...first, owner: { ...first.owner, agency: 'vcse' } });
    const owned = [
      steps.proposed('police', '2025-05-01'),
      steps.became('cameIntoForce', 'hub', '2025-06-01'),
    ];
    given(owned).when(asking.review('vcse', '2025-08-01')).then(['vcse agreement.reviewed']);
    given(owned).when(asking.change('terminate', 'vcse')).then(['vcse agreement.terminated']);
    given(owned).when(asking.change('suspend', 'vcse')).then(notAParty);
    given(owned).when(asking.change('withdraw', 'vcse')).then(notAParty);
    given([steps.proposed('police', '2025-05-01')])
      .when(asking.sign('vcse'))
      .then(notAParty);
  });
});

describe('a drafter', () => {
  it('ends its own draft, though another owns the agreement', () => {
    given([v1.drafted('housing', '2025-05-01')])
      .when(asking.change('terminate', 'housing'))
      .then(['housing agreement.terminated']);
  });
});

describe('who suspended', () => {
  it('lifts it as long as it is there, whoever else has left', () => {
    const withoutCourts = [...suspendedByHousing, v1.withdrew('courts', '2025-06-03')];
    given(withoutCourts)
      .when(asking.change('resume', 'police'))
      .then(refused('forbidden', 'not-the-suspender'));
    given(withoutCourts).when(asking.change('resume', 'housing')).then(['housing agreement.resumed']);
  });
});

describe('who may propose a third version', () => {
  const propose = (by: string) => commandsOf(third, TODAY).propose(by);
  const replaced = [
    ...running,
    v2.proposed('police', '2025-06-10'),
    v2.became('cameIntoForce', 'hub', '2025-06-20'),
  ];

  it('the parties of a version that is not over, and not those of one that it replaced', () => {
    given(replaced).when(propose('vcse')).then(['vcse agreement.proposed']);
    given(replaced).when(propose('police')).then(['police agreement.proposed']);
    given(replaced).when(propose('housing')).then(notAParty);
  });

  it('once all are over, the parties of the last alone', () => {
    const over = [...replaced, v2.became('terminated', 'police', '2025-06-25')];
    given(over).when(propose('vcse')).then(['vcse agreement.proposed']);
    given(over).when(propose('housing')).then(notAParty);
  });
});
