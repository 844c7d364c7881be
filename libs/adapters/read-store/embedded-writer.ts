import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { agencies } from '../../contract/agency.js';
import { type ModelWriter, modelWriter, type Pseudonym } from './model-writer.js';
import { type ReadModelWriter } from './read-store.js';
import { openModel } from './schema.js';

/** The file of one agency's read model under the data folder. */
export function modelFile(dataDir: string, agency: string): string {
  return join(dataDir, 'read', `${agency}.sqlite`);
}

/** Opens every agency's read model for writing: one SQLite file each (design §7). */
export function openEmbeddedWriter(dataDir: string, pseudonym: Pseudonym): ReadModelWriter {
  mkdirSync(join(dataDir, 'read'), { recursive: true, mode: 0o700 });
  const once = remembered(pseudonym);
  const models = new Map(
    agencies.map(({ id }) => [id, modelWriter(id, openModel(modelFile(dataDir, id), id), once)]),
  );
  const all = [...models.values()];
  let committed = 0;
  let current = Number.MAX_SAFE_INTEGER;
  const of = (agency: string): ModelWriter => models.get(agency) ?? unknownAgency(agency);
  const isNew = (model: ModelWriter): boolean => model.checkpoint() < current;
  return {
    checkpoint: () => Math.min(...all.map((model) => model.checkpoint())),
    furthest: () => Math.max(...all.map((model) => model.checkpoint())),
    from(position) {
      current = position;
    },
    put(row, supersession) {
      if (isNew(of(row.agency))) of(row.agency).put(row, supersession);
    },
    stands: (agency, position, grants) => of(agency).stands(position, grants),
    remove(agency, position) {
      if (isNew(of(agency))) of(agency).remove(position);
    },
    erase(offender) {
      all.filter(isNew).forEach((model) => model.erase(offender));
    },
    supersede(publisher, id, supersession) {
      const position = of(publisher).ownPosition(id);
      if (position === undefined) return;
      all.filter(isNew).forEach((model) => model.supersede(position, supersession));
    },
    note(line) {
      if (isNew(of(line.agency))) of(line.agency).note(line);
    },
    tie(agency, offender, ties) {
      if (isNew(of(agency))) of(agency).tie(offender, ties);
    },
    commit(checkpoint) {
      committed = checkpoint;
      all.forEach((model) => model.commit(checkpoint));
    },
    close() {
      all.forEach((model) => model.settle(committed));
      all.forEach((model) => model.close());
    },
  };
}

/** One fact goes to several models, so the pseudonym of each of its identifiers is made once. */
function remembered(pseudonym: Pseudonym): Pseudonym {
  const known = new WeakMap<object, string>();
  return (identifier) => {
    const before = known.get(identifier);
    if (before !== undefined) return before;
    const made = pseudonym(identifier);
    known.set(identifier, made);
    return made;
  };
}

function unknownAgency(agency: string): never {
  throw new Error(`no read model for agency ${agency}`);
}
