import { foreignCall } from './called-name.js';
import { Value } from './value.js';
import type { Datum } from './value.js';

/** A data set of TensorFlow's collection of pairs, picture and label, and which of its parts. */
export interface CollectedPart {
  readonly name: Datum | undefined;
  readonly loaded: Value;
  readonly part: 'train' | 'test' | undefined;
}

/** What `tfds.load(…, as_supervised=True)` gave: a part that was unpacked of it, or taken under its name. */
export function collectedPart(datum: Datum | undefined): CollectedPart | undefined {
  let current = datum;
  let last: Datum | undefined;
  for (let depth = 0; depth < 3 && current instanceof Value && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined) {
      if (call.name !== 'tensorflow_datasets.load' || call.args.named.get('as_supervised') !== true)
        return undefined;
      const asked = call.args.named.get('split') ?? call.args.positional[1];
      const of =
        typeof last === 'bigint' && Array.isArray(asked)
          ? asked[Number(last)]
          : typeof last === 'string'
            ? last
            : asked;
      const name = call.args.positional[0] ?? call.args.named.get('name');
      // Of the pair of data and what is known of them, the whole is no part.
      return depth === 0 && call.args.named.get('with_info') === true
        ? undefined
        : { name, loaded: current, part: of === 'train' || of === 'test' ? of : undefined };
    }
    if (current.made.name !== 'unpacked' && current.made.name !== 'getitem') return undefined;
    const [from, key]: readonly Datum[] = current.made.args.positional;
    // With what is known of them in second place, the data are in the first.
    last ??= key;
    current = from;
  }
  return undefined;
}
