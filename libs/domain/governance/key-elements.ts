/** One key delivery element of the Key Principles of Integrated Offender Management (Home Office and Ministry of Justice, February 2015). */
export interface KeyElement {
  /** `1.1` to `6.2`. */
  readonly element: string;
  readonly title: string;
}

/** The six principles, in order. */
export const keyPrinciples: readonly string[] = [
  'All partners manage offenders together',
  'Delivering a local response to local problems',
  'All offenders potentially in scope',
  'Offenders face up to their responsibility or face the consequences',
  'Making best use of existing programmes and governance',
  'Supporting desistance from crime',
];

/** All 24 key delivery elements in their order, shortened from the document's own words. */
export const keyElements = [
  { element: '1.1', title: 'All relevant agencies are fully committed and signed up to deliver IOM' },
  { element: '1.2', title: 'Effective engagement of the private, voluntary and social enterprise sectors' },
  {
    element: '1.3',
    title: 'All partners agree the overarching vision, leadership, accountability and governance',
  },
  {
    element: '1.4',
    title: 'A shared understanding of success, with appropriate success measures in place',
  },
  { element: '1.5', title: 'Clear roles and responsibilities at both strategic and operational levels' },
  {
    element: '1.6',
    title: 'Agreements, protocols and processes for swift, appropriate, real time sharing',
  },
  { element: '2.1', title: 'A local profile of crime and reoffending threats informs the local approach' },
  {
    element: '2.2',
    title: 'The focus reflects local priorities, including those of the Community Safety Partnership',
  },
  {
    element: '2.3',
    title: 'Police and Crime Commissioners and other key local leaders set the IOM agenda',
  },
  { element: '2.4', title: 'Relevant to the local community, with appropriate communication channels' },
  { element: '2.5', title: 'Potential cross-border crime and offending is taken account of' },
  { element: '3.1', title: 'Partners bring greater coherence, without overlap or duplication' },
  { element: '3.2', title: 'The focus of the local approach is kept under review' },
  {
    element: '3.3',
    title: 'Licences and community sentences are not duplicated; nobody falls off the radar',
  },
  { element: '4.1', title: 'Timely and appropriate interventions that meet identified needs' },
  { element: '4.2', title: 'A lead professional is identified to work with the individual' },
  {
    element: '4.3',
    title: 'Information for managed offenders in an appropriate format and at the right time',
  },
  { element: '4.4', title: 'Certainty about the consequences of failing to engage or comply' },
  {
    element: '4.5',
    title: 'Full engagement with local voluntary sector agencies in rehabilitative services',
  },
  {
    element: '5.1',
    title: 'Adds value to, but does not duplicate, probation, MAPPA and lifetime management',
  },
  { element: '5.2', title: 'Prolific and other Priority Offender schemes are fully embedded within IOM' },
  { element: '5.3', title: 'Full use of IDIOM, its daily downloads and its performance reports' },
  { element: '6.1', title: 'Exit strategies for those who come to the end of formal supervision' },
  { element: '6.2', title: 'Sequenced interventions across the reducing reoffending pathways' },
] as const satisfies readonly KeyElement[];

/** The elements that are not among some, in their order. */
export function elementsBeside(some: readonly string[]): readonly ElementNumber[] {
  return keyElements.map(({ element }) => element).filter((element) => !some.includes(element));
}

export type ElementNumber = (typeof keyElements)[number]['element'];
