import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { makerOf } from '../../ask/ancestry.js';
import { spreadOut } from '../../ask/makings.js';
import { featuresOf } from '../../ask/widths.js';
import { isSame, sizedBy } from './rows-swapped.js';

/** What attention gives by heads [batch, heads, time, width], laid out as [batch, time, heads * width] as it is. */
export function areHeadsMerged(value: Value, to: readonly number[]): boolean {
  const { shape } = value;
  if (!/^(matmul|scaled_dot_product_attention)$/.test(makerOf(value)) || shape?.length !== 4) return false;
  const [batch = 0, heads = 0, time = 0, width = 0] = shape;
  return heads > 1 && time > 1 && heads !== time && to.join() === [batch, time, heads * width].join();
}

/**
 * Features [batch, time, heads * width], straight from a layer, cut to [batch, heads, time, width] as they lie: each head
 * then has pieces of different words.
 */
export function areHeadsCut(value: Value, to: readonly Datum[]): boolean {
  const [batch, heads, time, width] = to;
  if (to.length !== 4 || typeof heads !== 'bigint' || heads < 2n || typeof width !== 'bigint') return false;
  const features = featuresOf(
    /^(chunk|split|unpacked|getitem)$/.test(makerOf(value)) ? partOf(value) : value,
  );
  if (features === undefined) return false;
  const parts = Number(heads * width);
  if (value.shape !== undefined) {
    const [rows, steps, all] = value.shape;
    if (value.shape.length !== 3 || all !== parts || steps === undefined || steps <= 1) return false;
    return batch === BigInt(rows ?? 0) && time === BigInt(steps) && heads !== time;
  }
  return features.size % parts === 0 && sizedBy(batch)?.dimension === 0 && sizedBy(time)?.dimension === 1;
}

/**
 * The same with the heads in one dimension with the batch: [batch, time, heads * width], straight from a layer, cut to
 * [batch * heads, time, width].
 */
export function areHeadsBatched(value: Value, to: readonly Datum[]): boolean {
  const [rows, time, width] = to;
  if (to.length !== 3 || makerOf(value) !== 'Linear' || width === -1n) return false;
  const { shape } = value;
  if (shape !== undefined) {
    const [batch = 0, steps = 0, features = 0] = shape;
    const heads = Number(rows) / batch;
    const isCut = typeof rows === 'bigint' && typeof width === 'bigint' && Number.isInteger(heads);
    return shape.length === 3 && steps > 1 && isCut && heads > 1 && Number(width) * heads === features;
  }
  if (!isValue(rows) || rows.made.kind !== 'operation' || rows.made.name !== 'mul') return false;
  const [given] = value.inputs;
  const factors = rows.made.args.positional;
  const isOfBatch = factors.some((factor) => {
    const sized = sizedBy(factor);
    return sized?.dimension === 0 && sized.tensor === given;
  });
  return isOfBatch && (time === -1n || sizedBy(time)?.dimension === 1);
}

function partOf(value: Value): Value {
  const [whole] = value.inputs;
  return whole === undefined ? value : /^(chunk|split)$/.test(makerOf(whole)) ? partOf(whole) : whole;
}

/**
 * Heads that were put before the words, [batch, heads, time, width], laid out as [batch, time, …] with no turn back, where
 * only the sizes' names are known.
 */
export function areHeadsLeft(value: Value, to: readonly Datum[]): boolean {
  if (
    value.shape !== undefined ||
    to.length !== 3 ||
    !/^(matmul|scaled_dot_product_attention)$/.test(makerOf(value))
  )
    return false;
  const heads = value.inputs[makerOf(value) === 'matmul' ? 1 : 2];
  const turned = heads && behindParts(heads);
  if (turned === undefined || !isTurned(turned)) return false;
  const [cut] = turned.inputs;
  if (cut?.made.kind !== 'operation' || !/^(view|reshape)$/.test(cut.made.name)) return false;
  const sizes = spreadOut(cut.made.args.positional.slice(1));
  return sizes.length === 4 && isSame(sizes[0], to[0]) && isSame(sizes[1], to[1]);
}

/** The value that a part was taken of by chunk or split. */
function behindParts(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 6; depth++) {
    const [first] = current.inputs;
    if (first === undefined || !/^(unpacked|chunk|split|contiguous|getitem)$/.test(makerOf(current)))
      return current;
    current = first;
  }
  return current;
}

/** Whether dimensions 1 and 2 were swapped. */
function isTurned({ made }: Value): boolean {
  if (made.kind !== 'operation') return false;
  const dims = spreadOut(made.args.positional.slice(1));
  if (made.name === 'permute') return dims.join() === '0,2,1,3';
  return made.name === 'transpose' && (dims.join() === '1,2' || dims.join() === '2,1');
}

/**
 * Heads that were gathered one by one before the batch, `torch.zeros(heads, batch, time, width)` or `torch.stack(heads)`, laid out as
 * [batch, time, …].
 */
export function areHeadsGathered(value: Value, to: readonly Datum[]): boolean {
  if (to.length !== 3) return false;
  const gathered = gatheredIn(value);
  if (gathered.made.kind !== 'operation') return false;
  if (gathered.made.name === 'stack') return areHeadsStacked(gathered, to);
  if (!/^(zeros|empty|ones)$/.test(gathered.made.name)) return false;
  const sizes = spreadOut(gathered.made.args.positional);
  const [heads, batch, time] = sizes;
  return (
    sizes.length === 4 &&
    heads !== 1n &&
    typeof heads === 'bigint' &&
    isSame(batch, to[0]) &&
    isSame(time, to[1])
  );
}

/** What was made room for, behind moves and what was written into it. */
function gatheredIn(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 20; depth++) {
    const [first] = current.inputs;
    if (first === undefined || !/^(setitem|to|cuda|float|contiguous|relu)$/.test(makerOf(current)))
      return current;
    current = first;
  }
  return current;
}

/** What layers made of one tensor [batch, time, …], stacked in front of it, and laid out by that tensor's own sizes. */
function areHeadsStacked(stack: Value, to: readonly Datum[]): boolean {
  if (stack.made.kind !== 'operation') return false;
  const dim = stack.made.args.named.get('dim') ?? stack.made.args.positional[1] ?? 0n;
  const [first] = stack.inputs;
  const heads = first !== undefined && makerOf(first) === 'comprehension' ? first.inputs : stack.inputs;
  if (dim !== 0n || heads.length === 0) return false;
  const [batch, time] = [sizedBy(to[0] ?? null), sizedBy(to[1] ?? null)];
  return (
    batch?.dimension === 0 &&
    time?.dimension === 1 &&
    batch.tensor === time.tensor &&
    heads.every(
      (one) => (one.made.kind === 'layer' || makerOf(one) === 'call') && one.inputs.includes(batch.tensor),
    )
  );
}
