import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';

/** One of what a loss is summed up of, with the sign that it has there. */
export interface SignedTerm {
  readonly value: Value;
  readonly sign: 1 | -1;
}

const PASSES =
  /^(?:tensorflow(?:\.math)?\.(?:reduce_(?:mean|sum)|identity|cast|nn\.compute_average_loss)|(?:tensorflow\.)?keras\.(?:backend|ops)\.(?:mean|sum|cast))$/;

/** What a loss of TensorFlow is summed up of, through means, sums and numbers that it is taken times. */
export function signedTerms(datum: Datum | undefined, sign: 1 | -1 = 1, depth = 0): SignedTerm[] {
  if (!isValue(datum) || depth > 30) return [];
  const other = sign === 1 ? -1 : 1;
  const call = foreignCall(datum);
  if (call !== undefined) {
    const [first, second] = call.args.positional;
    const short = call.name.replace(/^tensorflow\.(math\.)?|^(tensorflow\.)?keras\.ops\./, '');
    if (PASSES.test(call.name))
      return signedTerms(first ?? call.args.named.get('input_tensor'), sign, depth + 1);
    if (short === 'add')
      return [...signedTerms(first, sign, depth + 1), ...signedTerms(second, sign, depth + 1)];
    if (short === 'subtract')
      return [...signedTerms(first, sign, depth + 1), ...signedTerms(second, other, depth + 1)];
    if (short === 'negative') return signedTerms(first, other, depth + 1);
    if (short === 'add_n' && Array.isArray(first))
      return first.flatMap((one: Datum) => signedTerms(one, sign, depth + 1));
    return [{ value: datum, sign }];
  }
  if (datum.made.kind !== 'operation') return [{ value: datum, sign }];
  const { args, name } = datum.made;
  const [one, two] = args.positional;
  if (name === 'add') return [...signedTerms(one, sign, depth + 1), ...signedTerms(two, sign, depth + 1)];
  if (name === 'neg') return signedTerms(one, other, depth + 1);
  if (name === 'mean' && isValue(one) && /^(add|sub)$/.test(makerOf(one)))
    return signedTerms(one, sign, depth + 1);
  if (name === 'sub') return [...signedTerms(one, sign, depth + 1), ...signedTerms(two, other, depth + 1)];
  const by = name === 'mul' || name === 'div' ? (isValue(one) ? two : one) : undefined;
  if ((typeof by === 'number' || typeof by === 'bigint') && (name === 'mul' || isValue(one)))
    return signedTerms(isValue(one) ? one : two, Number(by) < 0 ? other : sign, depth + 1);
  return [{ value: datum, sign }];
}
