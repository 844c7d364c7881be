import { type Command } from 'commander';
import { offenceCodes, storeOffenceCodes } from '../../libs/adapters/reference-data/offence-codes.js';
import { parseOffenceCodesCsv } from '../../libs/adapters/reference-data/offence-codes-csv.js';
import { Invalid } from '../../libs/contract/failure.js';
import { parseCjsCode } from '../../libs/contract/offence-codes/cjs-code.js';
import { isHoCode, isNeighbourhoodCrime } from '../../libs/contract/offence-codes/offence-code.js';
import { readText } from './import/files.js';
import { CLEAN, dataDirOf, FINDINGS, type Terminal } from './session.js';

/** `concordat offence-codes`: the reference data of offences. */
export function addOffenceCodesCommand(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const family = program.command('offence-codes').description('reference data of offences');
  family
    .command('load')
    .description('check a CSV list of Home Office offence codes and store it')
    .argument('<csv>', 'file with the columns ho_code, group, category, description, and perhaps cjs_codes')
    .action((file: string) => end(load(file, terminal)));
  family
    .command('show')
    .description('show what an offence code stands for, as JSON')
    .argument('<code>', 'Home Office code (028/03) or CJS code (TH68010)')
    .action((code: string) => end(show(code, terminal)));
}

function load(file: string, terminal: Terminal): number {
  try {
    const offences = parseOffenceCodesCsv(readText(file));
    storeOffenceCodes(dataDirOf(terminal.env), offences);
    terminal.err(`${String(offences.length)} offence codes stored`);
    return CLEAN;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    terminal.err(`${file}: ${error.message}`);
    for (const { pointer, detail } of error.errors) terminal.err(`  ${pointer} ${detail}`);
    return FINDINGS;
  }
}

function show(code: string, terminal: Terminal): number {
  if (!isHoCode(code)) return showCjs(code, terminal);
  const offence = offenceCodes(dataDirOf(terminal.env))(code);
  if (offence === undefined) {
    terminal.err('no offence has this code');
    return FINDINGS;
  }
  terminal.out(JSON.stringify({ ...offence, neighbourhoodCrime: isNeighbourhoodCrime(code) }, null, 2));
  return CLEAN;
}

function showCjs(code: string, terminal: Terminal): number {
  const parsed = parseCjsCode(code);
  if (parsed === undefined) {
    throw new Invalid(
      'offence-code',
      'the code is neither a Home Office code (028/03) nor a CJS code (TH68010)',
    );
  }
  const { hoCode, group, category, description } = offenceCodes(dataDirOf(terminal.env))(code) ?? {};
  terminal.out(JSON.stringify({ ...parsed, hoCode, group, category, description }, null, 2));
  return CLEAN;
}
