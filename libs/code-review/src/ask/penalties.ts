import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';
import { operandsOf } from './makings.js';

const LOSSES =
  /^(cross_entropy|mse_loss|l1_loss|nll_loss|smooth_l1_loss|huber_loss|binary_cross_entropy\w*)$/;

/** Whether a value is a loss, or a square, or what sums, means and positive numbers make of such: it is to become small. */
export function isPenalty(value: Value, depth = 0): boolean {
  const { made } = value;
  const name = makerOf(value);
  if (made.kind === 'layer') return made.name.endsWith('Loss');
  if (LOSSES.test(name) || name === 'square') return true;
  const [first, second] = operandsOf(value);
  if (name === 'pow') return second === 2n || second === 2;
  if (name === 'mul' && isValue(first) && first === second) return true;
  if (!/^(mean|sum|div|mul|add|view|reshape|squeeze)$/.test(name) || depth > 10) return false;
  const isOne = (one: Datum | undefined): boolean =>
    isValue(one) ? isPenalty(one, depth + 1) : one === undefined || Number(one) > 0;
  const isOfTwo = name === 'div' || name === 'mul' || name === 'add';
  return isOne(first) && (!isOfTwo || isOne(second));
}
