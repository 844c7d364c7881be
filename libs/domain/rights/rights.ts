import { type Regime } from '../../contract/agency.js';
import { type PersonStep } from '../erasure/data-protection.js';

/** The stream of what one person asked for, and of what was made of it. */
export function rightsStream(offender: string): string {
  return `rights-${offender}`;
}

/** Why something may be left out of a person's own copy (DPA 2018 s.45(4), R17): the letters of the paragraph. */
export type AccessGround = 'a' | 'b' | 'c' | 'd' | 'e';

interface GroundLaw {
  readonly words: string;
  readonly law: Readonly<Record<Regime, string | null>>;
}

/** What each ground is called, and where each regime has it; null where it has none. */
export const accessGrounds: Readonly<Record<AccessGround, GroundLaw>> = {
  a: {
    words: 'so as not to obstruct an official or legal inquiry, investigation or procedure',
    law: { 'part-3': 'DPA 2018 s.45(4)(a)', 'uk-gdpr': null },
  },
  b: {
    words:
      'so as not to prejudice the prevention, detection, investigation or prosecution of offences or the execution of penalties',
    law: { 'part-3': 'DPA 2018 s.45(4)(b)', 'uk-gdpr': 'DPA 2018 Schedule 2 paragraph 2' },
  },
  c: {
    words: 'to protect public security',
    law: { 'part-3': 'DPA 2018 s.45(4)(c)', 'uk-gdpr': null },
  },
  d: {
    words: 'to protect national security',
    law: { 'part-3': 'DPA 2018 s.45(4)(d)', 'uk-gdpr': 'DPA 2018 s.26' },
  },
  e: {
    words: 'to protect the rights and freedoms of others',
    law: { 'part-3': 'DPA 2018 s.45(4)(e)', 'uk-gdpr': 'DPA 2018 Schedule 2 paragraph 16' },
  },
};

/**
 * What a restriction covers: the facts of these types or at these log positions, all when neither is named; of them
 * these fields (a path, the path of what holds it, or `class:<CLASS>`), or the whole fact. With recipients named,
 * that these agencies were shown something of them is left out, and the facts themselves are not.
 */
export interface RestrictionScope {
  readonly types?: readonly string[];
  readonly facts?: readonly number[];
  readonly fields?: readonly string[];
  readonly recipients?: readonly string[];
}

export const requestOutcomes = ['answered', 'answered-in-part', 'refused'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export type Copy = 'subject' | 'commissioner';

/**
 * A person's request for access and what came of it (R16, R17, R22); the log event's metadata, JSON. Reasons are sealed
 * under the person's key beside it.
 */
export type RightsEvent =
  | (PersonStep & {
      readonly type: 'rights.request.received';
      readonly controller: string;
      /** Calendar dates: when it came, and by when it must be answered. */
      readonly receivedOn: string;
      readonly due: string;
    })
  | (PersonStep & { readonly type: 'rights.request.extended'; readonly due: string })
  | (PersonStep & {
      readonly type: 'rights.restricted';
      readonly request: string;
      readonly ground: AccessGround;
      readonly scope: RestrictionScope;
    })
  | (PersonStep & { readonly type: 'rights.restrictionLifted' })
  | (PersonStep & { readonly type: 'rights.request.decided'; readonly outcome: RequestOutcome })
  | (PersonStep & {
      /** Somebody had the person's data compiled and opened. */
      readonly type: 'rights.pack.made';
      /** The request that it answers, null when none was open. */
      readonly request: string | null;
      readonly controller: string;
      readonly copy: Copy;
      readonly counts: { readonly records: number; readonly recipients: number; readonly leftOut: number };
    });

type Of<Type extends RightsEvent['type']> = Extract<RightsEvent, { type: Type }>;
export type AccessRestriction = Of<'rights.restricted'>;

export interface AccessRequest extends Of<'rights.request.received'> {
  readonly isExtended: boolean;
  readonly outcome: RequestOutcome | null;
}

/** What a person has asked for, and what is left out of the answers. */
export interface Rights {
  readonly requests: readonly AccessRequest[];
  /** Those that stand: whoever's request they were made for, they bind every controller's pack. */
  readonly restrictions: readonly AccessRestriction[];
}

export const NO_RIGHTS: Rights = { requests: [], restrictions: [] };

/** What a person has asked for after an event. */
export function evolve(rights: Rights, event: RightsEvent): Rights {
  const { requests, restrictions } = rights;
  switch (event.type) {
    case 'rights.request.received':
      return { ...rights, requests: [...requests, { ...event, isExtended: false, outcome: null }] };
    case 'rights.request.extended':
      return changed(rights, event.id, { due: event.due, isExtended: true });
    case 'rights.request.decided':
      return changed(rights, event.id, { outcome: event.outcome });
    case 'rights.restricted':
      return { ...rights, restrictions: [...restrictions, event] };
    case 'rights.restrictionLifted':
      return { ...rights, restrictions: restrictions.filter(({ id }) => id !== event.id) };
    case 'rights.pack.made':
      return rights;
  }
}

function changed(rights: Rights, id: string, change: Partial<AccessRequest>): Rights {
  return {
    ...rights,
    requests: rights.requests.map((each) => (each.id === id ? { ...each, ...change } : each)),
  };
}

/** The request that a controller has yet to decide, the newest of several. */
export function openRequest({ requests }: Rights, controller: string): AccessRequest | undefined {
  return requests.findLast((each) => each.controller === controller && each.outcome === null);
}
