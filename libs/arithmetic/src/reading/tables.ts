import type { Span } from '../expression.js';
import type { Token } from '../tokens.js';

/** A table as tokens: rows of cells, before their content is read. */
export interface TokenTable extends Span {
  readonly from: number;
  readonly to: number;
  readonly header: readonly TokenCell[] | null;
  readonly rows: readonly (readonly TokenCell[])[];
}

export interface TokenCell extends Span {
  readonly from: number;
  readonly to: number;
}

interface Row {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly TokenCell[];
  readonly isRule: boolean;
}

/** Finds tables: at least two neighbouring lines with cells, as Markdown and LaTeX write them. */
export function findTables(tokens: readonly Token[]): TokenTable[] {
  const tables: TokenTable[] = [];
  let block: Row[] = [];
  const close = () => {
    const table = tableOf(block, tokens);
    if (table) tables.push(table);
    block = [];
  };
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    if (token && token.kind !== 'newline') continue;
    const row = rowOf(tokens, from, at);
    if (row) block.push(row);
    else close();
    if (token?.kind === 'newline' && token.blank) close();
    from = at + 1;
  }
  close();
  return tables;
}

function rowOf(tokens: readonly Token[], lineFrom: number, to: number): Row | null {
  let from = lineFrom;
  while (from < to && tokens[from]?.kind === 'rule') from++;
  if (from === to) return lineFrom < to ? { from: lineFrom, to, cells: [], isRule: true } : null;
  const cells: TokenCell[] = [];
  let cellFrom = from;
  let bars = 0;
  for (let at = from; at <= to; at++) {
    if (at < to && tokens[at]?.kind !== 'cell') continue;
    if (at < to) bars++;
    const edge = (at === from && at < to) || (at === to && cellFrom === to);
    if (!edge) {
      const first = tokens[cellFrom];
      const last = tokens[at - 1];
      const here = tokens[at]?.start ?? last?.end ?? 0;
      const empty = cellFrom === at || !first || !last;
      cells.push({ from: cellFrom, to: at, start: empty ? here : first.start, end: empty ? here : last.end });
    }
    cellFrom = at + 1;
  }
  return bars === 0 ? null : { from: lineFrom, to, cells, isRule: false };
}

function tableOf(block: readonly Row[], tokens: readonly Token[]): TokenTable | null {
  const rows = block.filter((row) => !row.isRule && row.cells.length > 0);
  if (rows.length < 2) return null;
  const [first, second] = rows;
  const opening = block[0];
  const closing = block[block.length - 1];
  if (!first || !second || !opening || !closing) return null;
  const ruled = block[1]?.isRule === true || (opening.isRule && block[2]?.isRule === true);
  const piped = rows.every((row) => tokens[row.from]?.kind === 'cell' || tokens[row.from]?.math);
  if (
    !ruled &&
    !piped &&
    !rows.every((row) => row.cells.length === first.cells.length && row.cells.length >= 2)
  )
    return null;
  const hasHeader = ruled || (isWordsOnly(first, tokens) && !isWordsOnly(second, tokens));
  return {
    from: opening.from,
    to: closing.to,
    start: tokens[opening.from]?.start ?? 0,
    end: tokens[closing.to - 1]?.end ?? 0,
    header: hasHeader ? first.cells : null,
    rows: (hasHeader ? rows.slice(1) : rows).map((row) => row.cells),
  };
}

function isWordsOnly(row: Row, tokens: readonly Token[]): boolean {
  for (let at = row.from; at < row.to; at++) if (tokens[at]?.kind === 'number') return false;
  return true;
}
