import { type DevelopmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';

/** Somebody of the demonstration, as the police and as housing know them. */
interface Somebody {
  readonly pnc: string;
  readonly familyName: string;
  readonly givenName: string;
}

const SHOWN =
  'identity { familyName givenName } circumstances { topic status state } ' +
  'timeline(first: 3) { edges { node { title publisher happened { verbatim } } } }';

const byNumber = ({ pnc }: Somebody): string =>
  `{ offender(identifier: {scheme: pnc, value: "${pnc}"}) { ${SHOWN} } }`;

/** Who asks, why, and for whom; housing keeps no PNC numbers, so it asks by name. */
const asked = [
  { agency: 'police', purpose: 'reducing-reoffending', query: byNumber },
  { agency: 'probation', purpose: 'reducing-reoffending', query: byNumber },
  {
    agency: 'housing',
    purpose: 'resettlement',
    query: ({ familyName, givenName }: Somebody) =>
      `{ offenders(search: {familyName: "${familyName}", givenName: "${givenName}"}) { edges { node { ${SHOWN} } } } }`,
  },
] as const;

/** What the hub prints once it listens: its address, and three agencies' questions about one person, ready to paste. */
export async function welcome(address: string, issuer: DevelopmentIssuer | undefined): Promise<string> {
  const lines = [
    '',
    `Concordat listens on ${address}`,
    `  GraphQL   ${address}/graphql`,
    `  readiness ${address}/health/readiness`,
  ];
  const somebody = firstKnownToBoth();
  if (issuer === undefined || somebody === undefined) return lines.join('\n');
  const questions = await Promise.all(
    asked.map(async ({ agency, purpose, query }) => {
      const user = `${agency}-practitioner`;
      const token = await issuer.sign({
        agency,
        user,
        roles: ['practitioner'],
        purposes: [purpose],
        hours: 12,
      });
      const body = JSON.stringify({ query: query(somebody) });
      return [
        `  ${agency.toUpperCase()}=${token}`,
        `  curl -s ${address}/graphql -H "Authorization: Bearer $${agency.toUpperCase()}" -H 'X-Purpose: ${purpose}' \\`,
        `    -H 'Content-Type: application/json' -d '${body}'`,
        '',
      ].join('\n');
    }),
  );
  return [
    ...lines,
    '',
    'Ask about one person of the demonstration, as three agencies (tokens for development, valid 12 hours):',
    '',
    ...questions,
    'More tokens: npm run --silent concordat -- token --agency treatment --role practitioner --purpose treatment-support',
    '',
  ].join('\n');
}

/** The first person whom the police know by PNC number and housing by name; probation learns the number from the police. */
function firstKnownToBoth(): Somebody | undefined {
  const known = new Set<string>();
  for (const { agency, event, expect } of demonstration({ seed: 1 })) {
    const { subject, data } = event;
    if (expect !== 'accepted' || typeof subject !== 'string' || !subject.startsWith('pnc:')) continue;
    if (agency === 'police') known.add(subject);
    const name = nameIn(data);
    if (agency !== 'housing' || name === undefined || !known.has(subject)) continue;
    return { pnc: subject.slice('pnc:'.length), ...name };
  }
  return undefined;
}

function nameIn(data: unknown): Omit<Somebody, 'pnc'> | undefined {
  if (typeof data !== 'object' || data === null || !('name' in data)) return undefined;
  const { name } = data;
  if (typeof name !== 'object' || name === null || !('family' in name) || !('given' in name))
    return undefined;
  return { familyName: String(name.family), givenName: String(name.given) };
}
