import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Invalid } from '../../../../libs/contract/failure.js';
import { type Tree } from '../tree.js';

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
});

/**
 * An XML document as a tree, without namespace prefixes and attributes. A document type definition is refused
 * before anything is parsed: no message has one, and it is how entities are made to grow or to read files. `name`
 * says in the error which of the nested documents it is. Throws `Invalid` `xml`, which repeats nothing of the text.
 */
export function parseXml(text: string, name: string): Tree {
  if (/<!DOCTYPE/i.test(text)) throw new Invalid('xml', `${name} has a document type definition`);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col } = valid.err;
    throw new Invalid('xml', `${name} is not well-formed XML (line ${String(line)}, column ${String(col)})`);
  }
  try {
    return parser.parse(text);
  } catch {
    throw new Invalid('xml', `${name} is not well-formed XML`);
  }
}
