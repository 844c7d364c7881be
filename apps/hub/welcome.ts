import { type DevelopmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';

const QUERY =
  '{ offender(identifier: {scheme: pnc, value: \\"PNC\\"}) { id identity { familyName givenName } management { cohorts levels } ' +
  'circumstances { topic status state } timeline(first: 3) { edges { node { type happened { verbatim } publisher fields { name value } } } } } }';

const who = [
  { agency: 'police', purpose: 'reducing-reoffending' },
  { agency: 'probation', purpose: 'reducing-reoffending' },
  { agency: 'housing', purpose: 'resettlement' },
] as const;

/** What the hub prints once it listens: its address, tokens to paste, and a query to try. */
export async function welcome(address: string, issuer: DevelopmentIssuer | undefined): Promise<string> {
  const lines = [
    '',
    `Concordat listens on ${address}`,
    `  GraphQL   ${address}/graphql`,
    `  readiness ${address}/health/readiness`,
  ];
  if (issuer === undefined) return lines.join('\n');
  const tokens = await Promise.all(
    who.map(({ agency, purpose }) =>
      issuer.sign({
        agency,
        user: `${agency}-practitioner`,
        roles: ['practitioner'],
        purposes: [purpose],
        hours: 12,
      }),
    ),
  );
  const body = `{"query":"${QUERY.replace('PNC', firstPnc())}"}`;
  return [
    ...lines,
    '',
    'Development tokens, valid for 12 hours (paste them into a shell):',
    ...who.map(({ agency }, index) => `  ${agency.toUpperCase()}=${tokens[index]}`),
    '',
    'Ask as the police about somebody of the demonstration, then as housing (purpose resettlement):',
    `  curl -s ${address}/graphql -H "Authorization: Bearer $POLICE" -H 'X-Purpose: reducing-reoffending' \\`,
    `    -H 'Content-Type: application/json' -d '${body}'`,
    '',
  ].join('\n');
}

/** The PNC of the first person of the demonstration whom the police published something about. */
function firstPnc(): string {
  for (const { agency, event, expect } of demonstration({ seed: 1 })) {
    const { subject } = event;
    if (
      agency === 'police' &&
      expect === 'accepted' &&
      typeof subject === 'string' &&
      subject.startsWith('pnc:')
    ) {
      return subject.slice('pnc:'.length);
    }
  }
  return '';
}
