import { randomUUID } from 'node:crypto';
import { type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { readFact } from '../../../libs/adapters/projection/opened-fact.js';
import { agencies } from '../../../libs/contract/agency.js';
import { catalogue, dataSchemaUri } from '../../../libs/contract/catalogue/catalogue.js';
import { type IdentifierScheme } from '../../../libs/contract/catalogue/entry.js';
import { parsePublication, type Publication } from '../../../libs/contract/envelope.js';
import { type FactMetadata } from '../../../libs/contract/fact.js';
import { type InputError, Invalid } from '../../../libs/contract/failure.js';
import { type OffenceLookup } from '../../../libs/contract/offence-codes/offence-code.js';
import { type AgreementVersion } from '../../../libs/domain/agreement/agreement.js';
import { inForce, type Register, versionKey } from '../../../libs/domain/agreement/register.js';
import { caseOf, NO_CASE } from '../../../libs/domain/casework/case.js';
import { cohortRulesAt } from '../../../libs/domain/casework/cohort-rules.js';
import {
  type CaseworkCommand,
  type CaseworkEvent,
  type Ground,
} from '../../../libs/domain/casework/command.js';
import { decide } from '../../../libs/domain/casework/decide.js';
import { idTaken } from '../../../libs/domain/casework/deciding.js';
import { type ReadFact } from '../../../libs/domain/casework/read-fact.js';
import { stateOf } from '../../../libs/domain/casework/offender-history.js';
import { type Fence } from '../fence.js';
import { admit } from '../intake/admission.js';
import { type Decided } from '../intake/deciding.js';
import { eventIdOf } from '../intake/event-id.js';
import { type Intake } from '../intake/intake.js';

/** The IOM team's own agency: what is decided about people is its record. */
const TEAM = 'hub';
const SOURCE = '/hub/casework';

/** The event types that a case is folded from. */
export const caseTypes = catalogue.flatMap(({ type }) => (type.startsWith(`${TEAM}.`) ? [type] : []));
const ownTypes: ReadonlySet<string> = new Set(caseTypes);

export interface CaseworkParts {
  readonly intake: Pick<Intake, 'decide' | 'publish'>;
  readonly vault: KeyVault;
  readonly clock: () => number;
  readonly register: () => Register;
  readonly offences: OffenceLookup;
  readonly fence: Pick<Fence, 'raise'>;
}

/** A person whom the hub may not know yet, by an identifier of somebody else's. */
export interface NamedByIdentifier {
  readonly scheme: IdentifierScheme;
  readonly value: string;
}

/** Commands of casework: each is decided on what the log holds of the person, and recorded as facts of the IOM team. */
export interface Casework {
  /**
   * `visible` is what rules may judge by: facts as the caller may see them, and nothing else (R4). Throws what the decider
   * throws, and `Forbidden` `not-permitted` about somebody whom the hub does not know.
   */
  run(offender: string, command: CaseworkCommand, visible: readonly ReadFact[]): Promise<Decided>;
  /** Refers somebody by an identifier, known or not: answers alike. */
  refer(named: NamedByIdentifier, command: CaseworkCommand): Promise<Decided>;
}

export function openCasework({ intake, vault, clock, register, offences, fence }: CaseworkParts): Casework {
  function groundOf(events: readonly LoggedEvent[], facts: readonly ReadFact[]): Ground {
    const at = clock();
    return {
      at,
      born: bornIn(events),
      rules: cohortRulesAt(at),
      facts,
      homeOfficeCodeOf: (cjsCode) => offences(cjsCode)?.hoCode,
      agreementsInForce: inForce(register(), at).map(bindingOf),
      agencies: agencies.map(({ id }) => id),
    };
  }

  return {
    async run(offender, command, visible) {
      const decided = await intake.decide({
        publisher: TEAM,
        offender,
        follows: (events) => {
          const ground = groundOf(events, visible);
          const own = events.filter(({ type }) => ownTypes.has(type));
          const known = caseOf(own.flatMap((event) => readFact(vault, event) ?? []));
          const subject = `offender:${offender}`;
          return decide(known, command, ground).map((event) => publicationOf(subject, event, ground.at));
        },
      });
      decided.facts.forEach(({ position }) => fence.raise(position));
      return decided;
    },
    async refer({ scheme, value }, command) {
      const ground = groundOf([], []);
      const events = decide(NO_CASE, command, ground);
      const id = command.type === 'raise-referral' ? command.referralId : randomUUID();
      const publications = events.map((event) => publicationOf(`${scheme}:${value}`, event, ground.at, id));
      publications.forEach((publication) => requireAdmitted(publication, ground.at));
      const recording = {
        agency: TEAM,
        user: SOURCE,
        roles: ['publisher'] as const,
        purposes: [],
        expires: 0,
      };
      const receipts = await intake.publish(
        recording,
        publications.map((publication) => ({ outcome: 'valid', publication })),
      );
      const facts = receipts.map(({ id, position, problem }) => {
        if (problem?.status === 409) throw idTaken();
        if (problem !== undefined || id === null || position === undefined)
          throw new Invalid('not-recordable', 'what you gave cannot be recorded');
        return { eventId: eventIdOf(SOURCE, id), publicationId: id, position };
      });
      facts.forEach(({ position }) => fence.raise(position));
      return { facts };
    },
  };
}

function publicationOf(
  subject: string,
  { type, data, happened }: CaseworkEvent,
  at: number,
  id: string = randomUUID(),
): Publication {
  const event = {
    specversion: '1.0',
    id,
    source: SOURCE,
    type,
    subject,
    time: happened,
    recordedtime: new Date(at).toISOString(),
    dataschema: dataSchemaUri(type, 1),
    data,
  };
  const parsed = parsePublication(JSON.stringify(event));
  if (parsed.outcome === 'valid') return parsed.publication;
  throw new Invalid('not-recordable', 'what you gave cannot be recorded', parsed.errors);
}

/**
 * What is wrong with the referral itself, an identifier that fails its check say, is told; what the hub knows of people
 * does not come into it. Throws `Invalid` `not-recordable`.
 */
function requireAdmitted(publication: Publication, received: number): void {
  const admission = admit(publication, { publisher: TEAM, received, confirmed: false });
  if (admission.outcome === 'held')
    throw new Invalid('not-recordable', 'what you gave cannot be recorded', admission.errors.map(asGiven));
}

/** The subject of the publication is what the caller gave as identifier. */
function asGiven({ pointer, detail }: InputError): InputError {
  return { pointer: pointer === '/subject' ? '/identifier/value' : pointer, detail };
}

/** An agreement in force, and whom it still binds. */
function bindingOf(version: AgreementVersion): Ground['agreementsInForce'][number] {
  const { document, withdrawn } = version;
  const left = new Set(withdrawn.map(({ party }) => party));
  const parties = document.parties.flatMap(({ agency }) => (left.has(agency) ? [] : [agency]));
  return { key: versionKey(version), parties };
}

/** Months of birth that standing facts claim; they lie in the clear. */
function bornIn(events: readonly LoggedEvent[]): readonly string[] {
  const facts = events.map(({ id, type, metadata }) => ({
    id,
    type,
    ...(JSON.parse(metadata) as FactMetadata),
  }));
  return stateOf(facts).born;
}
