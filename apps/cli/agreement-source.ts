import { existsSync } from 'node:fs';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';
import { emptyStanding } from '../../libs/adapters/projection/standing.js';
import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { streamOf } from '../../libs/contract/fact.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { versions } from '../../libs/domain/agreement/register.js';
import { checkAgreement, tellFaults } from './agreement-file.js';
import { type AgreementOptions, hubOf } from './agreement-options.js';
import { folderOf, type FolderOptions, withLog } from './data-folder.js';
import { choose } from './hub-agreements.js';
import { type Terminal } from './session.js';

/** Where agreements that are no files are looked up: in a data folder if one is named, else at a hub. */
export type SourceOptions = AgreementOptions & Pick<FolderOptions, 'data'>;

/**
 * The agreement that a person names: a YAML or JSON file, or `<reference>@<version>` of a data folder or a hub.
 * Throws as `agreementIn` does, or `Conflict` `agreement-unknown` when there is none of the name.
 */
export async function agreementNamed(
  name: string,
  options: SourceOptions,
  terminal: Terminal,
): Promise<AgreementDocument> {
  const [, reference = '', version] = /^([a-z0-9-]+)@([1-9]\d{0,8})$/.exec(name) ?? [];
  if (version === undefined || existsSync(name)) return agreementIn(name, terminal);
  if (options.data !== undefined) return fromFolder(reference, Number(version), options, terminal);
  const asked = { ...options, version };
  const [{ document }] = await choose(await hubOf(asked, terminal), reference, asked);
  return JSON.parse(document) as AgreementDocument;
}

/** The agreement in a file. Throws `Invalid` `agreement`, having told each fault with its line. */
export function agreementIn(file: string, terminal: Terminal): AgreementDocument {
  const checked = checkAgreement(file);
  if (checked.outcome === 'valid') return checked.document;
  tellFaults(file, checked.errors, terminal);
  throw new Invalid('agreement', `${file} is not a valid agreement`);
}

async function fromFolder(
  reference: string,
  version: number,
  { data }: SourceOptions,
  { env }: Terminal,
): Promise<AgreementDocument> {
  const all = await withLog(folderOf(data === undefined ? {} : { data }, env), documentsOf);
  const found = all.find((each) => each.reference === reference && each.version === version);
  if (found !== undefined) return found;
  const which = `${reference} version ${String(version)}`;
  throw new Conflict('agreement-unknown', `there is no agreement ${which} in the data folder`);
}

async function documentsOf(log: LogReader): Promise<readonly AgreementDocument[]> {
  const standing = emptyStanding();
  for await (const event of log.readStream(streamOf.agreements)) standing.apply(event);
  return versions(standing.register()).map(({ document }) => document);
}
