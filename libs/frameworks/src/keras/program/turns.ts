import { foreignCall } from '../../program/called-name.js';
import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts } from './array-facts.js';
import { arrayFacts } from './arrays.js';
import { isBatched, streamOf } from './streams.js';

/** What is known of an array, of what a turn of `for x, y in data` is given too. */
export function turnFacts(datum: Datum | undefined): ArrayFacts {
  let current = datum;
  for (let depth = 0; depth < 4 && current instanceof Value && current.made.kind === 'operation'; depth++) {
    const { name, args }: Extract<Value['made'], { readonly kind: 'operation' }> = current.made;
    const [of, part] = args.positional;
    if (
      name === 'unpacked' &&
      of instanceof Value &&
      of.made.kind === 'operation' &&
      of.made.name === 'element'
    )
      return ofTurn(of.made.args.positional[0], part);
    if (name === 'element') return ofWholeTurn(of);
    const call = foreignCall(current);
    if (call === undefined || !/^tensorflow\.(dtypes\.)?cast$/.test(call.name)) break;
    [current] = call.args.positional;
  }
  return arrayFacts(datum);
}

/** Inputs or targets of a batch of a `tf.data.Dataset`, or of one example. */
function ofTurn(data: Datum | undefined, part: Datum | undefined): ArrayFacts {
  const stream = part === 0n || part === 1n ? streamOf(data) : undefined;
  if (stream === undefined) return NOTHING;
  const { elements: _, ...facts } = part === 0n ? stream.inputs : stream.targets;
  if (facts.shape === undefined) return NOTHING;
  const [, ...example] = facts.shape;
  return { ...facts, shape: isBatched(data) ? [undefined, ...example] : example };
}

/** A batch of a data set that gives inputs and nothing else, as it goes over an array. */
function ofWholeTurn(data: Datum | undefined): ArrayFacts {
  let current = data;
  for (let depth = 0; depth < 12 && current instanceof Value && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined) {
      const [given] = call.args.positional;
      if (!call.name.endsWith('.from_tensor_slices') || !(given instanceof Value)) return NOTHING;
      const { elements: _, ...facts } = arrayFacts(given);
      const example = facts.shape?.slice(1);
      return { ...facts, shape: example && (isBatched(data) ? [undefined, ...example] : example) };
    }
    if (!/^(batch|shuffle|repeat|prefetch|cache|take|skip)$/.test(current.made.name)) return NOTHING;
    [current] = current.made.args.positional;
  }
  return NOTHING;
}
