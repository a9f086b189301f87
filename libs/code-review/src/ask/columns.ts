import { argument, foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { activationOf, behind, linearMaker, makerOf } from './ancestry.js';
import { rankOf } from './facts.js';
import { spreadOut } from './makings.js';

/** A column [N, 1] or a row [N] of one number for each example. */
export type Layout = 'column' | 'row';

/** Operations of one value that leave its shape. */
const KEEPS =
  /^(neg|pow|square|exp|log|sqrt|abs|clamp|detach|to|float|double|cuda|cpu|clone|contiguous|requires_grad|sigmoid|Sigmoid|tanh|Tanh|relu|ReLU|dropout|Dropout|softplus|Softplus|Variable|data)$/;
const ARITHMETIC = /^(add|sub|mul|div|truediv|minimum|maximum)$/;

function isOne(datum: Datum | undefined): boolean {
  return datum === 1n || datum === -1n;
}

/**
 * Whether a value is a column or a row, by its shape or by what made it where that is not known: `q(s).gather(1, a)` is a
 * column, `q(s).max(1)[0]` a row.
 */
export function layoutOf(value: Value, depth = 0): Layout | undefined {
  const { shape, made } = value;
  if (shape !== undefined)
    return shape.length === 1 ? 'row' : shape.length === 2 && shape[1] === 1 ? 'column' : undefined;
  if (depth > 40) return undefined;
  const name = makerOf(value);
  const [first] = value.inputs;
  const args = made.kind === 'operation' ? made.args : undefined;
  if (name === 'gather' && args !== undefined && isOne(argument(args, 'dim', 1))) {
    const index = argument(args, 'index', 2);
    return isValue(index) && isColumnIndex(index) ? 'column' : undefined;
  }
  if (name === 'squeeze') {
    const dim = args && argument(args, 'dim', 1);
    if (first === undefined) return undefined;
    if (isOne(dim) && isColumnWide(first)) return 'row';
    // A column loses the dimension that it has for its own.
    return (dim === undefined || isOne(dim)) && layoutOf(first, depth + 1) === 'column' ? 'row' : undefined;
  }
  if (name === 'unsqueeze' && args !== undefined)
    return isOne(argument(args, 'dim', 1)) && first !== undefined && layoutOf(first, depth + 1) === 'row'
      ? 'column'
      : undefined;
  if (name === 'view' || name === 'reshape') {
    const sizes = spreadOut(args?.positional.slice(1) ?? []);
    if (sizes.length === 1) return 'row';
    return sizes.length === 2 && sizes[1] === 1n ? 'column' : undefined;
  }
  if (isBestOfRow(value)) return 'row';
  if (/^(pairwise_distance|cosine_similarity|PairwiseDistance|CosineSimilarity)$/.test(name))
    return first !== undefined && isDistanceOfRows(value, first) ? 'row' : undefined;
  if (made.kind === 'batch') {
    if (first !== undefined && holdsOneNumber(first)) return 'column';
    const whole = first === undefined ? undefined : itemOf(first);
    if (whole !== undefined) return layoutOf(whole, depth + 1);
  }
  if (KEEPS.test(name)) return first === undefined ? undefined : layoutOf(first, depth + 1);
  if (ARITHMETIC.test(name) && args !== undefined) {
    const layouts = args.positional.map((datum) => (isValue(datum) ? layoutOf(datum, depth + 1) : 'number'));
    if (layouts.includes('column') && layouts.every((one) => one === 'column' || one === 'number'))
      return 'column';
    return layouts.includes('row') && !layouts.includes('column') ? 'row' : undefined;
  }
  if (isColumnWide(value) && rankOf(first ?? value) === 2) return 'column';
  return rankOf(value) === 1 ? 'row' : undefined;
}

/** Whether it is one distance for each example: of what a linear layer gives, its last dimension gone. */
function isDistanceOfRows({ made }: Value, first: Value): boolean {
  const keeps =
    made.kind === 'layer'
      ? made.module.layer?.config['keepdim'] === true
      : made.kind === 'operation' && (made.args.named.has('keepdim') || made.args.positional.length > 4);
  const of = behind(first);
  return !keeps && linearMaker(of) !== undefined && makerOf(of) === 'Linear';
}

/** The values of all examples of which a value is one example's: batches of it are laid out as they are. */
function itemOf(item: Value): Value | undefined {
  const [whole] = item.inputs;
  if (makerOf(item) !== 'getitem' || whole === undefined) return undefined;
  const [one, all] = [rankOf(item), rankOf(whole)];
  return one !== undefined && all === one + 1 ? whole : undefined;
}

/** `torch.from_numpy(np.array([int(same)]))`: an item of one number in a list of its own. */
function holdsOneNumber(item: Value): boolean {
  let current = item;
  for (let depth = 0; depth < 6; depth++) {
    const call = foreignCall(current);
    const given =
      call === undefined
        ? current.made.kind === 'operation' && current.made.args.positional[0]
        : call.args.positional[0];
    const name = call?.name ?? makerOf(current);
    if (
      Array.isArray(given) &&
      /^(numpy\.(array|asarray)|array|tensor|FloatTensor|Tensor|as_tensor)$/.test(name)
    ) {
      const [only]: readonly Datum[] = given;
      return (
        given.length === 1 &&
        (typeof only === 'number' ||
          typeof only === 'bigint' ||
          (isValue(only) && /^(int|float)$/.test(makerOf(only))))
      );
    }
    const [first] = current.inputs;
    if (first === undefined || !/^(from_numpy|tensor|float|astype|to|as_tensor|FloatTensor)$/.test(name))
      return false;
    current = first;
  }
  return false;
}

/** Whether it is what a layer of one output gives. */
export function isColumnWide(value: Value): boolean {
  const layer = linearMaker(activationOf(value) === undefined ? behind(value) : (value.inputs[0] ?? value));
  return layer?.sizes['out_features'] === 1;
}

/** An index of one column: `a.unsqueeze(1)`, `a.view(-1, 1)`. */
function isColumnIndex(value: Value): boolean {
  let current = value;
  for (let depth = 0; depth < 10; depth++) {
    const name = makerOf(current);
    const args = current.made.kind === 'operation' ? current.made.args : undefined;
    if (name === 'unsqueeze' && args !== undefined) return isOne(argument(args, 'dim', 1));
    if (name === 'view' || name === 'reshape') return layoutOf(current) === 'column';
    const [first] = current.inputs;
    if (first === undefined || !/^(to|long|cuda|type|int|LongTensor|tensor)$/.test(name)) return false;
    current = first;
  }
  return false;
}

/** `x.max(1)[0]`, `x.max(dim=1).values`: the largest of each row of what a network gives. */
function isBestOfRow(value: Value): boolean {
  const { made } = value;
  const [from] = value.inputs;
  const isPart =
    (makerOf(value) === 'getitem' && made.kind === 'operation' && made.args.positional[1] === 0n) ||
    (makerOf(value) === 'unpacked' && made.kind === 'operation' && made.args.positional[1] === 0n) ||
    (made.kind === 'attribute' && made.name === 'values');
  if (!isPart || from?.made.kind !== 'operation' || from.made.name !== 'max') return false;
  const { args } = from.made;
  const [scores] = args.positional;
  return (
    isOne(argument(args, 'dim', 1)) &&
    argument(args, 'keepdim', 2) !== true &&
    isValue(scores) &&
    linearMaker(behind(scores)) !== undefined
  );
}
