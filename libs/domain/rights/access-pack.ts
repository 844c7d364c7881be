import { type Agency, agencyOf } from '../../contract/agency.js';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { type Moment } from '../../contract/moment.js';
import { type Register } from '../agreement/register.js';
import { type Disclosure } from '../disclosure/disclosure.js';
import { type Protection } from '../erasure/data-protection.js';
import { type OpenedFact } from '../picture/project.js';
import { accessLaws, AUTOMATED, OMISSIONS, OMISSIONS_LISTED, rightsWords } from './access-words.js';
import { categories, categoriesOf } from './categories.js';
import { inWords } from './field-name.js';
import { heldBy, type HeldFact } from './held.js';
import { type LeftOut, type ReasonedRestriction, sift } from './left-out.js';
import { agreementsOf, type RetentionWords, retentionOf, type UnderAgreement } from './legal-grounds.js';
import { type Recipient, recipientsOf } from './recipients.js';
import { type AccessGround, accessGrounds, type Copy } from './rights.js';

/** Everything that an access request is answered from. */
export interface SubjectRecord {
  /** Hub id. */
  readonly offender: string;
  readonly controller: Agency;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Every fact about the person, opened, in log order. */
  readonly facts: readonly OpenedFact[];
  /** Every answer about the person: of others in the same answer nothing stands in it. */
  readonly disclosures: readonly Disclosure[];
  readonly register: Register;
  readonly protection: Protection;
  readonly restrictions: readonly ReasonedRestriction[];
}

/** A record in the pack. */
export interface PackedRecord {
  readonly happened: Pick<Moment, 'precision' | 'verbatim'>;
  /** ISO 8601, UTC. */
  readonly received: string;
  /** What came of it, as far as the records in the same copy tell. */
  readonly standing: 'current' | 'corrected' | 'retracted' | 'retraction';
  readonly fields: readonly {
    readonly name: string;
    readonly category: string;
    readonly value: unknown;
    /** The controller has the value only in this coarser form. */
    readonly coarser: boolean;
  }[];
  /** Log position; in the commissioner's copy alone, because gaps would tell of what is left out. */
  readonly position?: number;
}

/** Records of one kind from one origin. */
export interface PackedKind {
  readonly title: string;
  /** A fact, somebody's assessment, or a step of the process: never mixed up (R6). */
  readonly nature: CatalogueEntry['nature'];
  readonly origin: string;
  readonly own: boolean;
  readonly categories: readonly string[];
  readonly records: readonly PackedRecord[];
}

/** Something left out, as the commissioner reads it: what, on which ground, why; never the value. */
export interface PackedLeftOut {
  readonly position: number;
  readonly title: string;
  readonly type: string;
  readonly origin: string;
  readonly fields: readonly string[];
  readonly recipients: readonly string[];
  readonly ground: AccessGround;
  readonly law: string;
  readonly reason: string | null;
  readonly by: string;
}

/** What a person, or the commissioner, is given (R15 to R17, R21): the same source, told twice. */
export interface AccessPack {
  readonly copy: Copy;
  readonly person: string;
  readonly controller: Pick<Agency, 'id' | 'name' | 'regime'>;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly law: string;
  /** When the person was erased, and why; nothing is held then. */
  readonly erased: { readonly at: string; readonly reason: string; readonly requirement: string } | null;
  readonly held: readonly PackedKind[];
  readonly recipients: readonly Recipient[];
  readonly agreements: readonly UnderAgreement[];
  readonly retention: readonly RetentionWords[];
  readonly rectifications: readonly PackedRequest[];
  readonly restrictedProcessing: readonly { readonly ground: string; readonly since: string }[];
  readonly rights: readonly string[];
  readonly automatedDecisions: string;
  readonly omissions: string;
  /** In the commissioner's copy alone. */
  readonly leftOut?: readonly PackedLeftOut[];
}

/** A request to put data right, and what was decided. */
export interface PackedRequest {
  readonly asked: string;
  readonly outcome: string | null;
}

/** Makes the copy of a person's data that a request for access is answered with. */
export function accessPack(record: SubjectRecord, copy: Copy): AccessPack {
  return record.protection.erased === null ? packOf(record, copy) : erasedPack(record, copy);
}

function packOf(record: SubjectRecord, copy: Copy): AccessPack {
  const { offender, controller, at, disclosures, register } = record;
  const { facts, leftOut, hidesRecipient } = sift(
    heldBy(controller.id, record.facts, disclosures),
    record.restrictions,
  );
  const own = facts.filter(({ publisher }) => publisher === controller.id);
  const recipients = recipientsOf({
    offender,
    controller: controller.id,
    facts: own,
    disclosures,
    hidesRecipient,
  });
  const named = new Set(recipients.flatMap(({ agreement }) => agreement ?? []));
  return {
    ...frame(record, copy),
    held: kindsOf(facts, controller, copy),
    recipients,
    agreements: agreementsOf(register, controller, at, named),
    retention: retentionOf(controller, at),
    ...protectionOf(record, facts),
    ...(copy === 'commissioner' && { leftOut: leftOut.map((each) => packedLeftOut(each, controller)) }),
  };
}

function frame({ offender, controller, at }: SubjectRecord, copy: Copy) {
  const { id, name, regime } = controller;
  return {
    copy,
    person: offender,
    controller: { id, name, regime },
    madeAt: iso(at),
    law: accessLaws[regime],
    erased: null,
    rights: rightsWords[regime],
    automatedDecisions: AUTOMATED,
    omissions: copy === 'subject' ? OMISSIONS : OMISSIONS_LISTED,
  };
}

function erasedPack(record: SubjectRecord, copy: Copy): AccessPack {
  const { at = 0, reason = '', requirement = '' } = record.protection.erased ?? {};
  return {
    ...frame(record, copy),
    erased: { at: iso(at), reason, requirement },
    held: [],
    recipients: [],
    agreements: [],
    retention: [],
    rectifications: [],
    restrictedProcessing: [],
    ...(copy === 'commissioner' && { leftOut: [] }),
  };
}

function kindsOf(facts: readonly HeldFact[], controller: Agency, copy: Copy): readonly PackedKind[] {
  const superseded = new Map<string, 'corrected' | 'retracted'>();
  for (const { corrects, retracts } of facts) {
    if (corrects !== null) superseded.set(corrects, 'corrected');
    if (retracts !== null) superseded.set(retracts, 'retracted');
  }
  const kinds = Map.groupBy(facts, ({ type, publisher }) => `${type} ${publisher}`);
  return [...kinds.values()].flatMap((same): readonly PackedKind[] => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        title: titleOf(first),
        nature: entryOf(first.type, first.version)?.nature ?? 'fact',
        origin: agencyOf(first.publisher)?.name ?? first.publisher,
        own: first.publisher === controller.id,
        categories: categoriesOf(same.flatMap(({ fields }) => fields)),
        records: same.map((fact) => packedRecord(fact, superseded.get(fact.id), copy)),
      },
    ];
  });
}

function packedRecord(
  { happened, received, retracts, fields, position }: HeldFact,
  superseded: 'corrected' | 'retracted' | undefined,
  copy: Copy,
): PackedRecord {
  return {
    happened: { precision: happened.precision, verbatim: happened.verbatim },
    received: iso(received),
    standing: superseded ?? (retracts === null ? 'current' : 'retraction'),
    fields: fields.map(({ path, class: sensitivity, as, value }) => ({
      name: inWords(path),
      category: categories[sensitivity],
      value,
      coarser: as === 'generalise',
    })),
    ...(copy === 'commissioner' && { position }),
  };
}

function packedLeftOut({ fact, recipients, ...leftOut }: LeftOut, { regime }: Agency): PackedLeftOut {
  const { ground, reason, by, fields } = leftOut;
  return {
    position: fact.position,
    title: titleOf(fact),
    type: fact.type,
    origin: agencyOf(fact.publisher)?.name ?? fact.publisher,
    fields: fields.map(inWords),
    recipients: recipients.map((each) => agencyOf(each)?.name ?? each),
    ground,
    law: `${accessGrounds[ground].law[regime] ?? accessGrounds[ground].law['part-3'] ?? ''}: ${accessGrounds[ground].words}`,
    reason,
    by,
  };
}

/**
 * Requests to put right, and restrictions of contested accuracy, that touch what the copy shows (R18). A restriction on
 * another ground is not told of: that something is wanted as evidence may be what must not be known.
 */
function protectionOf({ protection }: SubjectRecord, facts: readonly HeldFact[]) {
  const told = new Set(facts.map(({ position }) => position));
  const touches = (positions: readonly number[] | undefined): boolean =>
    positions?.some((position) => told.has(position)) ?? told.size > 0;
  return {
    rectifications: protection.rectifications
      .filter((each) => touches(each.facts))
      .map(({ at, decided }): PackedRequest => ({ asked: iso(at), outcome: decided?.outcome ?? null })),
    restrictedProcessing: protection.restrictions
      .filter((each) => each.ground === 'accuracy-contested' && touches(each.facts))
      .map(({ at, requirement }) => ({ ground: `accuracy is contested (${requirement})`, since: iso(at) })),
  };
}

function titleOf({ type, version }: HeldFact): string {
  return entryOf(type, version)?.title ?? type;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
