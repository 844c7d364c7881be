import { Ajv2020 } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FactMetadata } from '../../libs/contract/fact.js';
import { type WithheldReason } from '../../libs/domain/agreement/decision.js';
import { type Treatment } from '../../libs/domain/agreement/document.js';
import { type Recipient } from '../../libs/domain/agreement/recipient.js';
import { type OffenderState } from '../../libs/domain/casework/offender-state.js';
import { type ShortAgreement } from '../../libs/testing/agreements.js';

/** What a party did after an agreement was signed: who, to which agreement, on which day or at which instant. */
export interface Happening {
  readonly on: string;
  readonly agreement: string;
  readonly party: string;
  readonly did: 'suspend' | 'resume' | 'withdraw' | 'terminate';
}

export interface Shared {
  readonly as: Treatment;
  readonly clause: string;
}

type Person = Partial<
  Pick<
    OffenderState,
    | 'cohorts'
    | 'levels'
    | 'mappaCategory'
    | 'management'
    | 'informed'
    | 'area'
    | 'consents'
    | 'born'
    | 'limitedAccess'
  >
> & { readonly restrictions?: readonly { readonly by: string; readonly until: string | null }[] };

/** One case, once what its file usually says is added to what it says itself. */
export interface Case {
  readonly title: string;
  readonly requirement: string;
  readonly agreements: readonly string[];
  readonly signed?: Readonly<Record<string, { readonly on?: string; readonly by?: readonly string[] }>>;
  readonly happened?: readonly Happening[];
  readonly fact: {
    readonly publisher: string;
    readonly type: string;
    readonly version?: number;
    readonly received: string;
    readonly happened?: string | null;
    readonly handling?: FactMetadata['handling'];
    readonly grading?: { readonly source?: number; readonly information?: string };
  };
  readonly person?: Person;
  readonly recipient: string | (Pick<Recipient, 'agency'> & Partial<Recipient>);
  readonly purpose: string;
  readonly at: string;
  readonly shared?: Readonly<Record<string, Shared>>;
  readonly withheld?: Readonly<Record<string, { readonly reason: WithheldReason; readonly clause?: string }>>;
  /** Why nothing at all is shared. */
  readonly nothing?: WithheldReason | 'unknown-type';
  readonly everythingElse?: 'withheld' | Shared;
}

export interface Topic {
  readonly topic: string;
  readonly agreements: Readonly<Record<string, Partial<ShortAgreement>>>;
  readonly cases: readonly Case[];
}

interface Written extends Omit<Topic, 'cases'> {
  readonly usually?: Partial<Case>;
  readonly cases: readonly (Partial<Case> & Pick<Case, 'title' | 'requirement'>)[];
}

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;

/** An object that has these properties at most, so that no typing error makes a case pass. */
function only(properties: Readonly<Record<string, object>>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, properties, required } as const;
}

function named(value: object) {
  return { type: 'object', additionalProperties: value } as const;
}

const shared = only({ as: { enum: ['clear', 'generalise', 'mask'] }, clause: text }, ['as', 'clause']);
const reason = { enum: ['no-clause', 'prohibited', 'handling'] } as const;

const said = {
  agreements: texts,
  signed: named(only({ on: text, by: texts })),
  happened: {
    type: 'array',
    items: only(
      {
        on: text,
        agreement: text,
        party: text,
        did: { enum: ['suspend', 'resume', 'withdraw', 'terminate'] },
      },
      ['on', 'agreement', 'party', 'did'],
    ),
  },
  fact: only({
    publisher: text,
    type: text,
    version: { type: 'integer' },
    received: text,
    happened: { type: ['string', 'null'] },
    handling: { type: ['string', 'null'] },
    grading: only({ source: { enum: [1, 2, 3] }, information: { enum: ['A', 'B', 'C', 'D', 'E'] } }),
  }),
  person: only({
    cohorts: texts,
    levels: texts,
    mappaCategory: { enum: ['1', '2', '3', '4', null] },
    management: { enum: ['statutory', 'voluntary', null] },
    informed: { type: 'boolean' },
    area: { type: ['string', 'null'] },
    consents: texts,
    born: { type: 'array', items: { type: 'string', pattern: '^\\d{4}-\\d{2}$' } },
    limitedAccess: named({ enum: ['RESTRICTED', 'EXCLUDED'] }),
    restrictions: {
      type: 'array',
      items: only({ by: text, until: { type: ['string', 'null'] } }, ['by', 'until']),
    },
  }),
  recipient: {
    oneOf: [
      text,
      only({ agency: text, roles: texts, responsible: { const: true }, emergency: { const: true } }, [
        'agency',
      ]),
    ],
  },
  purpose: text,
  at: text,
  shared: named(shared),
  withheld: named(only({ reason, clause: text }, ['reason'])),
  nothing: { enum: [...reason.enum, 'unknown-type'] },
  everythingElse: { oneOf: [{ const: 'withheld' }, shared] },
};

const agreement = only(
  {
    reference: text,
    version: { type: 'integer' },
    owner: text,
    inForceFrom: text,
    expires: text,
    clauses: { type: 'array', minItems: 1 },
  },
  ['clauses'],
);

const readable = new Ajv2020({ strict: true, strictTypes: false }).compile<Written>(
  only(
    {
      topic: text,
      agreements: named(agreement),
      usually: only(said),
      cases: {
        type: 'array',
        minItems: 1,
        items: only({ title: text, requirement: text, ...said }, ['title', 'requirement']),
      },
    },
    ['topic', 'agreements', 'cases'],
  ),
);

/** A topic as its file says it. Throws when it says anything that no case may say, or leaves out what every case needs. */
export function readTopic(written: unknown): Topic {
  if (!readable(written)) throw new Error(JSON.stringify(readable.errors));
  const { usually = {}, cases, ...topic } = written;
  return { ...topic, cases: cases.map((each) => whole({ ...usually, ...each }, usually.fact)) };
}

function whole(said: Partial<Case>, fact: Partial<Case['fact']> = {}): Case {
  const each = { ...said, fact: { ...fact, ...said.fact } };
  const needed = ['title', 'requirement', 'agreements', 'recipient', 'purpose', 'at'] as const;
  const missing = needed.filter((name) => each[name] === undefined);
  const { publisher, type, received } = each.fact;
  if (missing.length > 0 || publisher === undefined || type === undefined || received === undefined)
    throw new Error(`${said.title ?? ''}: ${missing.join(', ')} or something of the fact is missing`);
  return each as Case;
}

/** Every topic in the folder `decisions`, in order of the files' names. */
export function readTopics(): readonly Topic[] {
  const folder = join(import.meta.dirname, 'decisions');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readTopic(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}
