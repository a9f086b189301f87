import type { Expression, NumberNode, Term } from '../expression.js';
import type { Names } from '../names.js';
import { numberNode } from '../parsing/numbers.js';
import type { Token } from '../tokens.js';

/** Numbers stacked above a total. */
export interface Column {
  /** Token range. */
  readonly from: number;
  readonly to: number;
  readonly sum: Expression;
  readonly total: NumberNode;
  /** Token at which the line of the total begins. */
  readonly totalLine: number;
  /** A plus or an equals sign says that these are added; a line drawn below them alone does not. */
  readonly sure: boolean;
}

interface ColumnLine {
  readonly from: number;
  readonly to: number;
  readonly kind: 'addend' | 'rule' | 'other';
  readonly number: NumberNode | null;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly equals: boolean;
  /** A line drawn above stands with it: `\\hline 385536`. */
  readonly ruled: boolean;
}

/** Finds sums written as columns: at least two lines with one number each, then a line drawn or `=`, then the total. */
export function findColumns(tokens: readonly Token[], names: Names): Column[] {
  const lines = columnLines(tokens, names);
  const columns: Column[] = [];
  let block: ColumnLine[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line) continue;
    const following = lines[at + 1];
    if (line.kind === 'addend' && !line.equals && !(line.ruled && block.length > 0)) {
      block.push(line);
      continue;
    }
    const totalLine = line.kind === 'rule' ? following : line;
    if (block.length >= 2 && totalLine?.kind === 'addend' && totalLine.number && !totalLine.plus) {
      const column = columnOf(block, totalLine, line.kind === 'rule' || line.ruled);
      if (column) {
        columns.push(column);
        if (line.kind === 'rule') at++;
      }
    }
    block = [];
  }
  return columns;
}

function columnOf(block: readonly ColumnLine[], total: ColumnLine, ruled: boolean): Column | null {
  const signed = block.some(({ plus, minus }, at) => at > 0 && (plus || minus));
  // Where every line but the first has its sign, the lines read on as one chain.
  if (!ruled && block.every(({ plus, minus }, at) => at === 0 || plus || minus)) return null;
  if (!signed && !ruled) return null;
  const terms: Term[] = block.flatMap(({ number, minus }) =>
    number ? [{ negative: minus, expression: number }] : [],
  );
  const [first] = block;
  const last = terms[terms.length - 1];
  const opening = terms[0];
  if (!first || !last || !opening || !total.number) return null;
  return {
    from: first.from,
    to: total.to,
    sum: { kind: 'sum', terms, start: opening.expression.start, end: last.expression.end },
    total: total.number,
    totalLine: total.from,
    sure: signed,
  };
}

function columnLines(tokens: readonly Token[], names: Names): ColumnLine[] {
  const lines: ColumnLine[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    if (token && token.kind !== 'newline') continue;
    if (at > from) lines.push(columnLine(tokens, from, at, names));
    if (token?.kind === 'newline' && token.blank) {
      lines.push({
        from: at,
        to: at,
        kind: 'other',
        number: null,
        plus: false,
        minus: false,
        equals: false,
        ruled: false,
      });
    }
    from = at + 1;
  }
  return lines;
}

function columnLine(tokens: readonly Token[], from: number, to: number, names: Names): ColumnLine {
  const other: ColumnLine = {
    from,
    to,
    kind: 'other',
    number: null,
    plus: false,
    minus: false,
    equals: false,
    ruled: false,
  };
  if (tokens[from]?.kind === 'rule') {
    // `\hline` stands on the line of the total.
    return to === from + 1
      ? { ...other, kind: 'rule' }
      : { ...columnLine(tokens, from + 1, to, names), from, ruled: true };
  }
  if (to - from > 12) return other;
  let sign: '+' | '-' | null = null;
  let equals = false;
  let number: NumberNode | null = null;
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    switch (token?.kind) {
      case 'word':
      case 'marker':
      case 'colon':
      case 'cell':
        if (token.kind !== 'word' && number) return other;
        break;
      case 'relation':
        if (number || equals || token.sign !== '=') return other;
        equals = true;
        break;
      case 'operator':
        if (number || sign || (token.operator !== '+' && token.operator !== '-')) return other;
        sign = token.operator;
        break;
      case 'number': {
        const read: ReturnType<typeof numberNode> = number ? null : numberNode(tokens, at, to, names);
        if (!read) return other;
        number = read.node;
        at = read.next - 1;
        break;
      }
      default:
        return other;
    }
  }
  return number
    ? { from, to, kind: 'addend', number, plus: sign === '+', minus: sign === '-', equals, ruled: false }
    : other;
}
