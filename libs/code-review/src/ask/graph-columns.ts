import { argument, combines, filterOf, graphShape, isValue, keepsShape } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import { graphCall } from './graphs.js';

/** The last size of a tensor, also where it is made of what is not known: of any product with a matrix, its columns. */
export function columnsOf(datum: Datum | undefined, depth = 0): number | undefined {
  if (!isValue(datum) || depth > 60) return undefined;
  const shape = graphShape(datum);
  if (shape !== undefined) return shape.at(-1);
  const call = graphCall(datum);
  const pair = combines(datum);
  if (pair !== undefined) {
    const sizes = pair.map((part) => graphShape(part)?.at(-1) ?? columnsOf(part, depth + 1));
    // One column is spread over as many as the other has.
    return sizes.find((size) => size !== undefined && size > 1);
  }
  if (call === undefined || call.args.named.has('data_format')) return undefined;
  if (call.name === 'matmul') {
    const matrix = graphShape(argument(call.args, 'b', 1));
    const isTurned = [...call.args.named.keys()].some((name) => /^(transpose|adjoint)/.test(name));
    return isTurned || call.args.positional.length > 2 || matrix?.length !== 2 ? undefined : matrix[1];
  }
  if (/^nn\.conv[12]d$/.test(call.name)) return graphShape(filterOf(call))?.at(-1);
  if (/^nn\.(max|avg)_pool$/.test(call.name) || keepsShape(call))
    return columnsOf(call.args.positional[0] ?? argument(call.args, 'value'), depth + 1);
  return undefined;
}
