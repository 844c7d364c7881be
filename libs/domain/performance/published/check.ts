import { type CellRef } from '../report.js';
import { asPrinted, isAsPrinted, printedCell, type PrintedCell, printedCells } from './printed-cell.js';
import { type Claim, type PrintedDocument, type PrintedTable } from './printed-document.js';
import { changed, type Derived, derivedCells } from './relations.js';

/**
 * One thing in a printed document that does not follow from its other figures: a cell, or a sentence about cells. Figures
 * are recomputed from what is printed, and from the cells that nothing is added up of; null where neither can be.
 */
export interface Finding {
  readonly kind: 'cell' | 'claim';
  readonly table: string;
  readonly cell: CellRef;
  /** The cell as printed; of a claim its words. */
  readonly printed: string;
  readonly recomputedFromPrinted: string | null;
  readonly recomputedFromCells: string | null;
}

/** A claim, and by which figures it holds. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly holdsByPrinted: boolean;
  readonly holdsByCells: boolean;
  readonly recomputedFromPrinted: string | null;
  readonly recomputedFromCells: string | null;
}

export interface Check {
  readonly findings: readonly Finding[];
  readonly claims: readonly JudgedClaim[];
}

/**
 * Recomputes whatever a printed document says of its own figures, rounded half up at each cell's own precision. A cell is
 * found that is not what both ways of recomputing give; a claim that holds by neither. The source is never put right.
 */
export function checkPrinted({ tables, claims }: PrintedDocument): Check {
  const figures = new Map(tables.map((table) => [table.id, figuresOf(table)]));
  const judged = claims.flatMap((claim) => judgedClaim(claim, figures.get(claim.table)) ?? []);
  return {
    findings: [
      ...tables.flatMap(({ id }) => findingsIn(id, figures.get(id))),
      ...judged
        .filter(({ holdsByPrinted, holdsByCells }) => !holdsByPrinted && !holdsByCells)
        .map(claimFinding),
    ],
    claims: judged,
  };
}

/** The figures of a table in both ways. */
interface Figures {
  readonly printed: ReadonlyMap<CellRef, PrintedCell>;
  readonly derived: readonly Derived[];
  /** As printed. */
  readonly asIs: (ref: CellRef) => number | null;
  /** Worked out from the cells that are not worked out themselves. */
  readonly fromCells: (ref: CellRef) => number | null;
}

function figuresOf(table: PrintedTable): Figures {
  const printed = printedCells(table);
  const derived = derivedCells(table, printed);
  const asIs = (ref: CellRef): number | null => printed.get(ref)?.value ?? null;
  const fromCells = (ref: CellRef): number | null => {
    const rule = derived.find(({ cell }) => cell === ref);
    return rule === undefined ? asIs(ref) : worked(rule, fromCells);
  };
  return { printed, derived, asIs, fromCells };
}

function worked({ operands, work }: Derived, valueOf: (ref: CellRef) => number | null): number | null {
  const values = operands.map(valueOf);
  return values.includes(null) ? null : work(values.filter((value) => value !== null));
}

function findingsIn(table: string, figures: Figures | undefined): readonly Finding[] {
  const found = new Map<CellRef, Finding>();
  for (const rule of figures?.derived ?? []) {
    const finding = figures === undefined ? undefined : cellFinding(table, rule, figures);
    if (finding !== undefined && !found.has(rule.cell)) found.set(rule.cell, finding);
  }
  return [...found.values()];
}

function cellFinding(table: string, rule: Derived, figures: Figures): Finding | undefined {
  const cell = figures.printed.get(rule.cell);
  if (cell === undefined) return undefined;
  const both = [worked(rule, figures.asIs), worked(rule, figures.fromCells)] as const;
  if (both.every((value) => value !== null && isAsPrinted(cell, value))) return undefined;
  return { kind: 'cell', table, cell: rule.cell, printed: cell.text, ...recomputed(both, cell.decimals) };
}

function recomputed(
  [printed, cells]: readonly [number | null, number | null],
  decimals: number,
): Pick<Finding, 'recomputedFromPrinted' | 'recomputedFromCells'> {
  const shown = (value: number | null): string | null => (value === null ? null : asPrinted(value, decimals));
  return { recomputedFromPrinted: shown(printed), recomputedFromCells: shown(cells) };
}

const CLAIM_DECIMALS = 2;

function judgedClaim(claim: Claim, figures: Figures | undefined): JudgedClaim | undefined {
  if (figures === undefined) return undefined;
  const went = (valueOf: Figures['asIs']): number | null => {
    const values = [valueOf(claim.from), valueOf(claim.to)];
    return values.includes(null) ? null : changed(values.filter((value) => value !== null));
  };
  const both = [went(figures.asIs), went(figures.fromCells)] as const;
  const [holdsByPrinted, holdsByCells] = both.map((value) => value !== null && holds(claim, value));
  return {
    claim,
    holdsByPrinted: holdsByPrinted === true,
    holdsByCells: holdsByCells === true,
    ...recomputed(both, CLAIM_DECIMALS),
  };
}

function holds({ by, direction }: Claim, change: number): boolean {
  const said = by === undefined ? undefined : printedCell(by);
  if (said !== undefined && !isAsPrinted(said, change)) return false;
  return direction === undefined || (direction === 'increase' ? change > 0 : change < 0);
}

function claimFinding({ claim, recomputedFromPrinted, recomputedFromCells }: JudgedClaim): Finding {
  const { table, to, text } = claim;
  return { kind: 'claim', table, cell: to, printed: text, recomputedFromPrinted, recomputedFromCells };
}
