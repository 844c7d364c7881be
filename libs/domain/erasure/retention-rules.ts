import { type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';

/** Groups of the Management of Police Information (R50): 1 MAPPA and the most serious, to 4 undetected and the like. */
export const mopiGroups = ['1', '2', '3', '4'] as const;
export type MopiGroup = (typeof mopiGroups)[number];

/** What the clock waits for: the newest fact of the class; that nobody manages the person; that no order runs. */
export type ClockStart = 'last-fact' | 'deselection' | 'order-ended';

/** How long facts of a class from some publishers are kept, and what happens then. The first rule that covers them counts. */
export interface RetentionRule {
  readonly id: string;
  readonly title: string;
  /** Kinds of the agencies that published the facts; absent: all. */
  readonly kinds?: readonly AgencyKind[];
  readonly classes?: readonly SensitivityClass[];
  readonly group?: MopiGroup;
  /** The clock starts with the last of these. */
  readonly starts: readonly ClockStart[];
  readonly period: { readonly years: number } | { readonly untilAge: number };
  /** Years between reviews before the period ends; null: none. */
  readonly reviewEvery: number | null;
  /** At the end: whether somebody must first decide, or the data are to go. */
  readonly atEnd: 'review' | 'erase';
  readonly source: string;
  /** Whether the figures were read in the source. */
  readonly standing: 'read' | 'unverified';
}

/** The rules from a day on. */
export interface RetentionSchedule {
  readonly version: number;
  /** Calendar date (Europe/London). */
  readonly from: string;
  readonly rules: readonly RetentionRule[];
}

const police: readonly AgencyKind[] = ['police', 'hub'];
const managed: readonly ClockStart[] = ['last-fact', 'deselection'];
const sentenced: readonly ClockStart[] = ['last-fact', 'deselection', 'order-ended'];
const MOPI = 'College of Policing APP, Information management: retention, review, disposal (R50)';

/** Oldest first (R10: no longer than necessary, with time limits for periodic review). */
export const retentionSchedules: readonly RetentionSchedule[] = [
  {
    version: 1,
    from: '2018-05-25',
    rules: [
      {
        id: 'drug-test',
        title: 'Drug tests in police detention',
        classes: ['DRUG'],
        starts: managed,
        period: { years: 2 },
        reviewEvery: null,
        atEnd: 'erase',
        source: 'PACE 1984 s.63B(7) limits what a test may be used for; the period is a local choice',
        standing: 'unverified',
      },
      {
        id: 'mopi-group-1',
        title: 'MAPPA and the most serious offences: until age 100, reviewed every ten years',
        kinds: police,
        group: '1',
        starts: managed,
        period: { untilAge: 100 },
        reviewEvery: 10,
        atEnd: 'review',
        source: MOPI,
        standing: 'unverified',
      },
      {
        id: 'mopi-group-2',
        title: 'Other sexual, violent or serious offences: a clear period of ten years',
        kinds: police,
        group: '2',
        starts: managed,
        period: { years: 10 },
        reviewEvery: null,
        atEnd: 'review',
        source: MOPI,
        standing: 'unverified',
      },
      {
        id: 'mopi-group-4',
        title: 'Undetected, miscellaneous: at least six years',
        kinds: police,
        group: '4',
        starts: managed,
        period: { years: 6 },
        reviewEvery: null,
        atEnd: 'review',
        source: MOPI,
        standing: 'unverified',
      },
      {
        id: 'mopi-group-3',
        title: 'All other offences: a clear period of six years',
        kinds: police,
        group: '3',
        starts: managed,
        period: { years: 6 },
        reviewEvery: null,
        atEnd: 'erase',
        source: MOPI,
        standing: 'unverified',
      },
      {
        id: 'sentence',
        title: 'Courts, prison, probation: six years after the sentence',
        kinds: ['probation', 'prison', 'court'],
        starts: sentenced,
        period: { years: 6 },
        reviewEvery: null,
        atEnd: 'review',
        source: "each agency's own schedule; the period is a local choice",
        standing: 'unverified',
      },
      {
        id: 'care',
        title: 'Health and treatment: eight years after the last contact',
        kinds: ['health', 'treatment'],
        starts: ['last-fact'],
        period: { years: 8 },
        reviewEvery: null,
        atEnd: 'review',
        source: 'NHS Records Management Code of Practice',
        standing: 'unverified',
      },
      {
        id: 'youth',
        title: 'Youth offending: until age 25',
        kinds: ['youth'],
        starts: sentenced,
        period: { untilAge: 25 },
        reviewEvery: 3,
        atEnd: 'review',
        source: "the council's own schedule; the age is a local choice",
        standing: 'unverified',
      },
      {
        id: 'service',
        title: 'Housing and voluntary services: six years after the last fact',
        starts: managed,
        period: { years: 6 },
        reviewEvery: null,
        atEnd: 'erase',
        source: 'DPA 2018 s.39, UK GDPR Art 5(1)(e); six years after Limitation Act 1980 s.5',
        standing: 'unverified',
      },
    ],
  },
];
