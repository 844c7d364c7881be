import { Invalid } from '../../../../libs/contract/failure.js';
import { at, listAt, textAt, type Tree } from '../tree.js';
import { parseXml } from './xml.js';

/** A new case that the police send to the court (SPI, libra `NewCaseMessage`), out of its wrappings. */
export interface NewCase {
  /** The police system's own name for the message. */
  readonly streamId: string;
  /** When the police system dated the message (RFC 3339), if it says so. */
  readonly dated: string | undefined;
  readonly urn: string;
  readonly case: Tree;
  readonly defendants: readonly Tree[];
}

/**
 * Reads a police-to-court message: a `RouteData` document, alone or as text in a SOAP request, that holds the case as
 * text in turn. Throws `Invalid` `xml` or `spi-message`, naming everything of the wrapping that is missing.
 */
export function readNewCase(text: string): NewCase {
  const route = at(routeDocument(parseXml(text, 'the file')), 'RouteData');
  refuseMissing(route, wrapping);
  const type = textAt(route, 'DataStream', 'DataStreamType');
  if (type !== 'SPINewCase') throw new Invalid('spi-message', 'is not a message of type SPINewCase');
  const content = parseXml(textAt(route, 'DataStream', 'DataStreamContent') ?? '', 'DataStreamContent');
  const found = at(content, 'NewCaseMessage', 'Case');
  refuseMissing(found, [['PTIURN'], ['Defendant']]);
  return {
    streamId: textAt(route, 'DataStream', 'SystemDataStreamID') ?? '',
    dated: datedOf(at(route, 'DataStream')),
    urn: textAt(found, 'PTIURN') ?? '',
    case: found,
    defendants: listAt(found, 'Defendant'),
  };
}

const wrapping = [
  ['RequestFromSystem', 'CorrelationID'],
  ['RequestFromSystem', 'SystemID'],
  ['RequestFromSystem', 'DataController'],
  ['RequestFromSystem', 'SourceID'],
  ['RequestFromSystem', 'DestinationID'],
  ['DataStream', 'DataStreamType'],
  ['DataStream', 'SystemDataStreamID'],
  ['DataStream', 'DataStreamContent'],
] as const;

function routeDocument(document: Tree): Tree {
  const request = at(document, 'Envelope', 'Body', 'SubmitRequestMes');
  if (request === undefined) {
    if (at(document, 'RouteData') !== undefined) return document;
    throw new Invalid('spi-message', 'is neither a SOAP request nor a RouteData document');
  }
  refuseMissing(request, [['RequestID'], ['Message']]);
  return parseXml(textAt(request, 'Message') ?? '', 'Message');
}

/** Throws `Invalid` `spi-message` that names every path with nothing at it. */
export function refuseMissing(tree: Tree, paths: readonly (readonly string[])[], prefix = ''): void {
  const missing = paths.filter((path) => listAt(tree, ...path).length === 0);
  if (missing.length === 0) return;
  throw new Invalid('spi-message', `has no ${missing.map((path) => prefix + path.join('/')).join(', ')}`);
}

function datedOf(stream: Tree): string | undefined {
  const day = textAt(stream, 'Dated');
  const time = textAt(stream, 'Timed');
  return day === undefined || time === undefined ? undefined : `${day}T${time}`;
}
