import { type Heading } from './report.js';

/** The seven pathways, as they are headed in reports. */
export const pathways: readonly Heading[] = [
  { key: 'accommodation', label: 'Accommodation' },
  { key: 'education-training-employment', label: 'Education, training & employment' },
  { key: 'health', label: 'Health' },
  { key: 'drugs-alcohol', label: 'Drugs and alcohol' },
  { key: 'finance-benefit-debt', label: 'Finance, benefit and debt' },
  { key: 'children-families', label: 'Children and families' },
  { key: 'attitudes-thinking-behaviour', label: 'Attitudes, thinking and behaviour' },
];
