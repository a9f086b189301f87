import { Account, DEFAULT_BUDGET, type Budget, type BudgetName } from '../budget.js';
import { ChainReader, comparePairs, type Chain } from './chains.js';
import { findColumns, type Column } from './columns.js';
import { cleanWords, labelBetween, Lines } from './labels.js';
import { evaluate } from '../evaluation/evaluate.js';
import { lex } from '../lexer/lexer.js';
import { Names } from '../names.js';
import { overallVerdict } from '../verdicts/overall.js';
import { Parser } from '../parsing/parser.js';
import { RegionReader, type Reading } from './regions.js';
import { tableTotals } from './table-totals.js';
import { findTables, type TokenTable } from './tables.js';
import type { Equation, Note, Pair, Quantity, Table, TableCell, TableRow, Working } from '../working.js';

export interface ReadOptions {
  /** Limits other than the usual ones. */
  readonly budget?: Partial<Budget>;
}

/**
 * Reads the mathematics in an answer, equation by equation: LaTeX, Markdown, Unicode, plain text and mixtures.
 * Any string is accepted; what exceeds a budget is refused by name, and nothing throws.
 */
export function readWorking(text: string, options: ReadOptions = {}): Working {
  const budget: Budget = { ...DEFAULT_BUDGET, ...options.budget };
  if (text.length > budget.characters) return refusal('characters', text, budget);
  const { tokens, struckOut, refused } = lex(text, budget);
  if (refused) return refusal(refused, text, budget);
  const names = new Names();
  const notes: Note[] = struckOut.map(({ start, end }) => ({
    kind: 'struck-out',
    message: 'Crossed out, and not read.',
    start,
    end,
  }));
  const reading: Reading = {
    text,
    tokens,
    lines: new Lines(text),
    names,
    parser: new Parser(tokens, names, budget),
    account: new Account(budget),
    equations: [],
    quantities: [],
    notes,
  };
  const tables: Table[] = [];
  const region = new RegionReader(reading);
  let at = 0;
  for (const block of blocks(reading)) {
    if (block.from < at) continue;
    region.read(at, block.from, null);
    if (block.kind === 'table') tables.push(readTable(reading, block.table, tables.length));
    else readColumn(reading, region, block.column);
    at = block.to;
  }
  region.read(at, tokens.length, null);
  return { equations: reading.equations, quantities: reading.quantities, tables, notes, refused: null };
}

function refusal(name: BudgetName, text: string, budget: Budget): Working {
  const message = `This text is not read: it has more than ${budget[name]} ${name}.`;
  return {
    equations: [],
    quantities: [],
    tables: [],
    notes: [{ kind: 'refused', message, start: 0, end: text.length }],
    refused: name,
  };
}

type Block =
  | { readonly kind: 'table'; readonly from: number; readonly to: number; readonly table: TokenTable }
  | { readonly kind: 'column'; readonly from: number; readonly to: number; readonly column: Column };

function blocks({ tokens, names }: Reading): Block[] {
  const tables = findTables(tokens).map((table): Block => ({
    kind: 'table',
    from: table.from,
    to: table.to,
    table,
  }));
  const columns = findColumns(tokens, names).map((column): Block => ({
    kind: 'column',
    from: column.from,
    to: column.to,
    column,
  }));
  return [...tables, ...columns].toSorted((a, b) => a.from - b.from || b.to - a.to);
}

function readTable(reading: Reading, table: TokenTable, index: number): Table {
  const textOf = ({ start, end }: { start: number; end: number }) =>
    cleanWords(reading.text.slice(start, end));
  const header = table.header ? table.header.map(textOf) : null;
  const rows = table.rows.map((cells, row): TableRow => {
    const rowLabel = cells[0] ? textOf(cells[0]) : '';
    const read = cells.map((cell, column): TableCell => {
      const equations = reading.equations.length;
      const quantities = reading.quantities.length;
      new RegionReader(reading).read(cell.from, cell.to, {
        table: index,
        row,
        column,
        header: header?.[column] ?? null,
        rowLabel,
      });
      return {
        text: textOf(cell),
        equations: reading.equations.slice(equations),
        quantities: reading.quantities.slice(quantities),
        start: cell.start,
        end: cell.end,
      };
    });
    const start = cells[0]?.start ?? table.start;
    return {
      cells: read,
      start,
      end: cells[cells.length - 1]?.end ?? start,
      line: reading.lines.lineOf(start),
    };
  });
  reading.equations.push(...tableTotals(rows, reading));
  return { header, rows, start: table.start, end: table.end, line: reading.lines.lineOf(table.start) };
}

/** A column's equation; where nothing says that it is a sum and it is none, its numbers are read one by one. */
function readColumn(reading: Reading, region: RegionReader, column: Column): void {
  const { text, tokens, lines } = reading;
  const chains = new ChainReader(tokens, reading.parser, reading.account);
  const left = chains.side(column.sum, column.to, column.to).side;
  const right = chains.side(column.total, column.to, column.to).side;
  const chain: Chain = {
    sides: [left, right],
    joints: [{ sign: '=', marked: false, loose: false, next: column.to, closing: null }],
    broken: null,
    next: column.to,
  };
  const pairs: Pair[] = comparePairs(chain, reading.account);
  if (!column.sure && pairs[0]?.verdict.kind !== 'true') {
    region.read(column.from, column.to, null);
    return;
  }
  const opening = tokens[tokens[column.totalLine]?.kind === 'rule' ? column.totalLine + 1 : column.totalLine];
  const label = labelBetween(text, opening?.start ?? right.start, right.start);
  const equation: Equation = {
    kind: 'column-sum',
    sides: chain.sides,
    pairs,
    verdict: overallVerdict(pairs),
    start: left.start,
    end: right.end,
    line: lines.lineOf(left.start),
    marker: null,
    label,
    lead: null,
    after: right.after,
    cell: null,
    defines: null,
  };
  reading.equations.push(equation);
  reading.quantities.push(...addendsOf(reading, column));
}

/** The numbers above the total that have words beside them: `conv1   2432`. */
function addendsOf({ text, lines }: Reading, { sum }: Column): Quantity[] {
  const terms = sum.kind === 'sum' ? sum.terms : [];
  return terms.flatMap(({ expression }): Quantity[] => {
    const { start, end } = expression;
    const opening = text.lastIndexOf('\n', start) + 1;
    const label = labelBetween(text, opening, start);
    if (label === null || text.slice(opening, start).includes('\\')) return [];
    return [
      {
        kind: 'stated',
        expression,
        value: evaluate(expression),
        unit: null,
        approximate: false,
        sizes: null,
        otherReadings: [],
        start,
        end,
        line: lines.lineOf(start),
        marker: null,
        label,
        lead: null,
        after: '',
        cell: null,
        defines: null,
      },
    ];
  });
}

/** Equations and quantities together, in the order they are written. */
export function inOrder(working: Working): (Equation | Quantity)[] {
  return [...working.equations, ...working.quantities].toSorted((a, b) => a.start - b.start || a.end - b.end);
}
