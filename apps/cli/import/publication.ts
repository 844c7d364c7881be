import { dataSchemaUri } from '../../../libs/contract/catalogue/catalogue.js';

/** A CloudEvents 1.0 event in structured JSON, as the importers send it to `POST /events`. */
export interface Publication {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** When it happened, no more precisely than the message says. */
  readonly time?: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** When the publisher's own system recorded it. */
  readonly recordedtime?: string;
  /** `id` of the earlier publication of the same source that this one replaces. */
  readonly corrects?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a message says of one fact, before it is put in its envelope. */
interface FactToPublish extends Pick<Publication, 'id' | 'source' | 'type' | 'subject' | 'data'> {
  readonly time: string | undefined;
  readonly recordedtime: string | undefined;
  readonly corrects: string | undefined;
}

/** Puts a fact in its envelope, as version 1 of its type. */
export function publication({ time, recordedtime, corrects, data, ...fact }: FactToPublish): Publication {
  return {
    specversion: '1.0',
    ...fact,
    ...(time !== undefined && { time }),
    datacontenttype: 'application/json',
    dataschema: dataSchemaUri(fact.type, 1),
    ...(recordedtime !== undefined && { recordedtime }),
    ...(corrects !== undefined && { corrects }),
    data,
  };
}
