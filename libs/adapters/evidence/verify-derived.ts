import { join } from 'node:path';
import { isFailure } from '../../contract/failure.js';
import { derive, type Derived } from './derive.js';
import { type EvidenceEvent, readEvent } from './entries.js';
import { linesOf } from './lines.js';
import { type ContentFile, MANIFEST_FILE } from './manifest.js';
import { reportOf } from './report.js';
import { type Fault, faultIn } from './verdict.js';
import { type Checked } from './verify-entries.js';

/**
 * Works out again what the events say, and compares: agreements with their signatures, counts, the CSV and the report.
 * `isSameVersion`: whether this software writes them as whoever made the bundle; otherwise only what the agreements' own
 * signatures say is checked, and the bytes by their hashes.
 */
export async function derivedFault(checked: Checked, isSameVersion: boolean): Promise<Fault | undefined> {
  const csv = openComparison(checked, 'disclosures.csv');
  const derived = derivedIn(checked, csv.line);
  if ('reason' in derived) return derived;
  if (!isSameVersion) return hashFault(checked, 'disclosures.csv') ?? hashFault(checked, 'report.html');
  return (
    findingsFault(checked, derived) ??
    csv.end() ??
    hashFault(checked, 'disclosures.csv') ??
    (await reportFault(checked, derived)) ??
    hashFault(checked, 'report.html')
  );
}

function derivedIn({ folder, manifest }: Checked, csv: (line: string) => void): Derived | Fault {
  let entry = 0;
  function* events(): Generator<EvidenceEvent> {
    for (const line of linesOf(join(folder, 'events.ndjson'))) {
      entry += 1;
      const event = readEvent(line);
      if (typeof event === 'string') return;
      yield event;
    }
  }
  try {
    return derive(events(), manifest, csv);
  } catch (error) {
    return faultIn('events.ndjson', entry, isFailure(error) ? error.message : 'says what cannot be read');
  }
}

function findingsFault({ manifest }: Checked, derived: Derived): Fault | undefined {
  const parts = ['agreements', 'counts'] as const;
  const part = parts.find((name) => JSON.stringify(manifest[name]) !== JSON.stringify(derived[name]));
  return part && faultIn(MANIFEST_FILE, part, 'are not what the events give');
}

async function reportFault(checked: Checked, derived: Derived): Promise<Fault | undefined> {
  const report = openComparison(checked, 'report.html');
  report.line((await reportOf(checked.manifest, derived)).replace(/\n$/, ''));
  return report.end();
}

/** Compares the lines of a file with those that it should have; remembers the first that differs. */
function openComparison({ folder }: Checked, name: ContentFile) {
  let [entry, fault]: [number, Fault | undefined] = [0, undefined];
  const differs = (reason: string): void => void (fault ??= faultIn(name, entry, reason));
  const lines = linesOf(join(folder, name), () => differs('is cut short or has something after it'));
  const compare = (text: string): void => {
    entry += 1;
    const { done, value } = lines.next() as IteratorResult<Buffer, undefined>;
    if (done === true) differs('is missing');
    else if (!value.equals(Buffer.from(text))) differs('is not what the events give');
  };
  return {
    line(text: string): void {
      for (const each of text.split('\n')) if (fault === undefined) compare(each);
    },
    end(): Fault | undefined {
      if (fault === undefined) {
        entry += 1;
        if (lines.next().done !== true) differs('is one too many');
      }
      lines.return(undefined);
      return fault;
    },
  };
}

function hashFault({ altered }: Checked, name: ContentFile): Fault | undefined {
  return altered.has(name) ? faultIn(name, null, 'is not what was signed') : undefined;
}
