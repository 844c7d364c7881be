/** One act of the partnership, as the agency reports it; `role` is what its reporter needs. */
export interface DemonstrationAct {
  readonly agency: string;
  /** As `readAct` takes it. */
  readonly act: Readonly<Record<string, object>>;
}

const PARTNERS = [
  'police',
  'probation',
  'prison',
  'courts',
  'housing',
  'treatment',
  'youth',
  'vcse',
  'health',
  'hub',
];
const on = '2024-04-02';

/** What the invented partnership did besides its work with people: signed, agreed, moved in, reported. */
export function demonstrationActs(): readonly DemonstrationAct[] {
  return [
    ...PARTNERS.flatMap(ofPartner),
    ...acts('hub', [
      { arrangementDeclared: { arrangement: 'area', title: 'IOM of the area', established: 'fully', on } },
      { siteRegistered: { site: 'hub', name: 'Criminal Justice Hub', area: 'NW', on } },
      { siteRegistered: { site: 'civic', name: 'Civic Centre', area: 'NE', on } },
      ...['police', 'probation', 'treatment', 'prison', 'hub'].map((agency) => ({
        teamMovedIn: { agency, site: 'hub', on },
      })),
      ...['housing', 'youth'].map((agency) => ({ teamMovedIn: { agency, site: 'civic', on } })),
      {
        priorityAdopted: {
          priority: 'burglary',
          title: 'Fewer burglaries of homes',
          source: 'CSP',
          offenderTypes: ['PPO', 'drug-misusing', 'young'],
          on,
        },
      },
      {
        cohortRulesReviewed: {
          version: 'neighbourhood-crime-2020',
          outcome: 'kept',
          nextReview: '2027-04-01',
          on: '2026-03-20',
        },
      },
      { monitoringDeclared: { monitoring: ['IDIOM', 'local-evaluation'], tools: ['key-principles'], on } },
      {
        reportReceived: {
          report: 'reoffending',
          from: '2024-04-01',
          to: '2025-03-31',
          receivedBy: 'Police and Crime Commissioner',
          receiver: 'PCC',
          on: '2025-05-12',
        },
      },
      ...['NW', 'NE', 'NL', 'NS'].map((area, nth) => ({
        linkOfficerAssigned: { officer: `police-link-${nth + 1}`, area, on },
      })),
    ]),
  ];
}

function acts(agency: string, all: readonly DemonstrationAct['act'][]): readonly DemonstrationAct[] {
  return all.map((act) => ({ agency, act }));
}

/** Every partner signs the vision, agrees a measure and says who does what. */
function ofPartner(agency: string): readonly DemonstrationAct[] {
  const vision = {
    document: 'vision',
    version: '1',
    title: 'Managing people together',
    covers: ['vision', 'leadership', 'accountability', 'governance'],
    link: 'https://partnership.example/vision',
    on,
  };
  const measure = {
    measure: 'reoffending',
    version: '1',
    definition:
      'Proven offences in the year after, beside the year before, of those managed in the community',
    report: 'reoffending',
    on,
  };
  const role = (level: string, title: string): object => ({
    level,
    role: title,
    responsibilities: 'As the partnership agreed',
    on,
  });
  return acts(agency, [
    { documentSigned: vision },
    { measureAgreed: measure },
    { roleAssigned: role('strategic', 'Board member') },
    { roleAssigned: role('operational', 'IOM practitioner') },
  ]);
}
