/** What a document of the partnership is about; the first four are what KP 1.3 asks for. */
export const coverings = [
  'vision',
  'leadership',
  'accountability',
  'governance',
  'communication',
  'cross-border',
  'efficiency',
] as const;

export const roleLevels = ['strategic', 'operational'] as const;

/** Whose priority it is: of the Community Safety Partnership, the Police and Crime Commissioner, an agency, the community. */
export const prioritySources = ['CSP', 'PCC', 'agency', 'community'] as const;

export const arrangementStates = ['planned', 'partly', 'fully'] as const;

/** Who receives a report. */
export const receivers = [
  'PCC',
  'CSP',
  'chief-officer',
  'council-leader',
  'health-leader',
  'criminal-justice-board',
  'reducing-reoffending-board',
] as const;

/** Types of offender that arrangements put first (survey of 2013, figure 4). */
export const offenderTypes = [
  'PPO',
  'drug-misusing',
  'non-statutory',
  'young',
  'women',
  'dangerous',
  'gang-members',
  'foreign-nationals',
] as const;

/** Ways to monitor outcomes (survey of 2013, figure 5, as far as its text names them). */
export const monitoringTypes = ['local-evaluation', 'local-management-system', 'IDIOM', 'none'] as const;

/** Support tools (survey of 2013, figure 6 and the factsheet). */
export const supportTools = [
  'key-principles',
  'key-principles-self-assessment',
  'PPO-self-assessment',
  'efficiency-toolkit',
  'e-learning',
] as const;
