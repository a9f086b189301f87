import { expect, it } from '@jest/globals';
import {
  inOrder,
  knownValue,
  readWorking,
  type Equation,
  type Evaluated,
  type Quantity,
} from '../src/index.js';

/** One worked answer and what a careful reader finds in it, one line each, in the order it is written. */
export type GoldenCase = readonly [name: string, text: string, found: readonly string[]];

/**
 * `label | verdict of each pair | values of the sides` for an equation, `label | kind value` for a quantity.
 * An unusual reading that a verdict rests on is named in brackets.
 */
export function summary(text: string): string[] {
  return inOrder(readWorking(text)).map((item) =>
    'sides' in item ? equationLine(item) : quantityLine(item),
  );
}

function equationLine({ label, pairs, sides, kind, after }: Equation): string {
  const verdicts = pairs.map(({ verdict }) => {
    const readings = verdict.kind === 'not-understood' ? [verdict.why] : verdict.conventions;
    const link =
      verdict.kind === 'running-total' && verdict.link.kind !== 'true' ? [`link ${verdict.link.kind}`] : [];
    const remarks = [...readings, ...link];
    return remarks.length === 0 ? verdict.kind : `${verdict.kind} (${remarks.join(', ')})`;
  });
  const values = sides.map(({ value }) => shown(value)).join(' = ');
  const column = kind === 'column-sum' ? ['column'] : [];
  return [...named(label), ...column, verdicts.join(', '), values, ...(after === '' ? [] : [after])].join(
    ' | ',
  );
}

function quantityLine({ label, kind, value, sizes, unit, approximate }: Quantity): string {
  const size =
    sizes && kind === 'dimensions' ? sizes.map((item) => item.toDecimal()).join('x') : shown(value);
  const counted = unit === null ? '' : ` ${unit.written}`;
  return [...named(label), `${kind} ${approximate ? '~' : ''}${size}${counted}`].join(' | ');
}

function named(label: { readonly text: string } | null): string[] {
  return label === null ? [] : [label.text];
}

function shown(value: Evaluated): string {
  return knownValue(value)?.toDecimal(4) ?? '?';
}

/** One test for each case. */
export function golden(cases: readonly GoldenCase[]): void {
  it.each(cases.map(([name, text, found]) => ({ name, text, found })))('$name', ({ text, found }) => {
    expect(summary(text)).toEqual(found);
  });
}
