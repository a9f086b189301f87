import { compareSides, type Verdict } from '../verdicts/verdicts.js';
import { overallVerdict } from '../verdicts/overall.js';
import type { Reading } from './regions.js';
import type { Expression, Term } from '../expression.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Equation, Side, TableCell, TableRow } from '../working.js';

/** Sums of columns: in a table whose last row says that it is a total, each total against the numbers above it. */
export function tableTotals(rows: readonly TableRow[], { account }: Reading): Equation[] {
  const totalRow = rows[rows.length - 1];
  if (rows.length < 3 || !totalRow || !/\b(?:total|sum|overall|all)\b/i.test(totalRow.cells[0]?.text ?? ''))
    return [];
  return totalRow.cells.flatMap((cell, column): Equation[] => {
    const total = resultOf(cell);
    if (!total || column === 0) return [];
    const terms = rows.slice(0, -1).flatMap((row): Term[] => {
      const result = row.cells[column] ? resultOf(row.cells[column]) : null;
      return result ? [{ negative: false, expression: result }] : [];
    });
    const [first] = terms;
    const last = terms[terms.length - 1];
    if (terms.length < 2 || !first || !last) return [];
    const sum: Expression = { kind: 'sum', terms, start: first.expression.start, end: last.expression.end };
    const plain = compareSides({ left: sum, right: total, sign: '=', marked: false, account });
    const verdict: Verdict =
      plain.kind === 'false'
        ? {
            kind: 'not-understood',
            why: 'may-not-be-a-sum',
            message: 'The numbers above do not add up to this total; perhaps they are not meant to.',
            start: total.start,
            end: total.end,
            left: plain.left,
            right: plain.right,
          }
        : plain;
    const pairs = [{ left: 0, right: 1, sign: '=' as const, marked: false, verdict }];
    const place = cell.equations[0] ?? cell.quantities[0];
    if (!place) return [];
    return [
      {
        kind: 'column-sum',
        sides: [sum, total].map((expression): Side => ({
          expression,
          value: evaluate(expression, { account }),
          unit: null,
          after: '',
          start: expression.start,
          end: expression.end,
        })),
        pairs,
        verdict: overallVerdict(pairs),
        start: total.start,
        end: total.end,
        line: place.line,
        marker: null,
        label: null,
        lead: null,
        after: '',
        cell: place.cell,
        defines: null,
      },
    ];
  });
}

/** What a cell comes to: its only number, or the last side of its only equation. */
function resultOf(cell: TableCell): Expression | null {
  const [equation, otherEquation] = cell.equations;
  if (equation && !otherEquation) return equation.sides[equation.sides.length - 1]?.expression ?? null;
  const [quantity, otherQuantity] = cell.quantities;
  return quantity && !otherQuantity && !equation && quantity.kind !== 'dimensions'
    ? quantity.expression
    : null;
}
