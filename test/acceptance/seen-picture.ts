import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { type RunningHub } from './running-hub.js';

/** A fact as an agency sees it: values by field, which of them were made coarser, the clauses behind what is shared. */
export interface SeenFact {
  readonly id: string;
  readonly type: string;
  readonly superseded: { readonly by: string; readonly kind: string } | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly generalised: readonly string[];
  readonly clauses: readonly string[];
  readonly withheld: readonly string[];
}

interface Answer {
  readonly data: {
    readonly offender: { readonly timeline: { readonly edges: readonly { readonly node: Node }[] } } | null;
  };
}

interface Node extends Pick<SeenFact, 'id' | 'type' | 'superseded'> {
  readonly fields: readonly {
    readonly name: string;
    readonly status: string;
    readonly value: unknown;
    readonly clause: string;
  }[];
  readonly withheld: readonly { readonly name: string }[];
}

/** The facts of a person (`id: "…"`, or an identifier) in the order of receipt, and the answer as it was sent. */
export async function seenPicture(
  hub: RunningHub,
  agency: string,
  purpose: string,
  who: string,
): Promise<{ readonly text: string; readonly facts: readonly SeenFact[] }> {
  const query = `{ offender(${who}) { timeline(first: 50, order: received) { edges { node {
    id type superseded { by kind } fields { name status value clause } withheld { name } } } } } }`;
  const { text } = await hub.ask(agency, query, { purpose });
  const { offender } = (JSON.parse(text) as Answer).data;
  return { text, facts: (offender?.timeline.edges ?? []).map(({ node }) => factOf(node)).reverse() };
}

function factOf({ id, type, superseded, fields, withheld }: Node): SeenFact {
  const told = fields.filter(({ value }) => value !== null);
  return {
    id,
    type,
    superseded,
    values: Object.fromEntries(told.map(({ name, value }) => [name, value])),
    generalised: told.filter(({ status }) => status === 'GENERALISED').map(({ name }) => name),
    clauses: [...new Set(fields.map(({ clause }) => clause))],
    withheld: withheld.map(({ name }) => name),
  };
}

/** The hub ids that an agency finds by family name. */
export async function idsNamed(
  hub: RunningHub,
  agency: string,
  purpose: string,
  family: string,
): Promise<readonly string[]> {
  const query = `{ offenders(search: { familyName: "${family}" }) { edges { node { id } } } }`;
  const { text } = await hub.ask(agency, query, { purpose });
  const { data } = JSON.parse(text) as {
    data: { offenders: { edges: readonly { node: { id: string } }[] } };
  };
  return data.offenders.edges.map(({ node }) => node.id);
}

/** The parts of a record that follow from an answer, in an order of their own. */
export type Told = Pick<Disclosure, 'purpose' | 'offenders'> & {
  readonly type: string;
  readonly facts: readonly {
    readonly offender: string;
    readonly fields: readonly string[];
    readonly clauses: readonly string[];
  }[];
};

/** What the record of an answer about one person must say: each fact, with exactly the fields that had a value. */
export function expectedRecord(purpose: string, offender: string, facts: readonly SeenFact[]): Told {
  const told = facts.map(({ values, clauses }) => ({
    offender,
    fields: Object.keys(values).sort(),
    clauses,
  }));
  return { type: 'disclosure.made', purpose, offenders: [offender], facts: told };
}

/** The newest record of an agency in the log. */
export async function lastRecord(log: EventLog, agency: string): Promise<Told> {
  const records: Told[] = [];
  for await (const { type, metadata } of log.readStream(`disclosure-${agency}`)) {
    const { purpose, offenders, facts } = JSON.parse(metadata) as Disclosure;
    const inOrder = facts.toSorted((one, other) => one.position - other.position);
    const told = inOrder.map(({ offender, shown }) => ({
      offender,
      fields: Object.values(shown)
        .flatMap(({ clear = [], generalise = [], mask = [] }) => [...clear, ...generalise, ...mask])
        .toSorted(),
      clauses: Object.keys(shown),
    }));
    records.push({ type, purpose, offenders, facts: told });
  }
  const last = records.at(-1);
  if (last === undefined) throw new Error(`${agency} has no record`);
  return last;
}
