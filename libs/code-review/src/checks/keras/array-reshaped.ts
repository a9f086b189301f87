import { arrayFacts, foreignCall, isValue, sizesOf } from '@tensormark/frameworks';
import type { Called, Datum, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { isGuarded } from '../../ask/library-names.js';
import { places, spanOf } from '../../ask/places.js';
import { isOtherOrder, shown } from './shape-words.js';
import type { KerasPart } from './in-keras.js';

type Sizes = readonly (number | undefined)[];

/** An array that is given a shape of another number of elements. */
export const arrayReshapedInKeras: KerasPart = {
  why: 'Another shape has to have as many elements as there are: NumPy raises a ValueError.',
  instead: 'Write the sizes of one example as they are, with the number of examples or -1 before them.',
  wrong: [
    `
from keras.datasets import mnist
(x, y), _ = mnist.load_data()
x = x.reshape(60000, 28, 27)  # <--
`,
    `
import numpy as np
from tensorflow.keras.datasets import cifar10
(x, y), (xt, yt) = cifar10.load_data()
rows = np.reshape(xt, (len(xt), 32 * 32))  # <--
`,
    `
from sklearn.model_selection import train_test_split
from tensorflow.keras.datasets import fashion_mnist
(x, y), _ = fashion_mnist.load_data()
a, b, c, d = train_test_split(x, y, test_size=0.1)
a = a.reshape(a.shape[0], 28, 28, 3)  # <--
`,
  ],
  right: [
    `
import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow.keras.datasets import cifar10, fashion_mnist
(x, y), (xt, yt) = cifar10.load_data()
rows = np.reshape(xt, (len(xt), np.prod(xt.shape[1:])))
whole = x[:100].reshape((-1, 32 * 32 * 3))
same = x.reshape((len(x),) + x.shape[1:])
(f, g), _ = fashion_mnist.load_data()
a, b, c, d = train_test_split(f, g, test_size=0.1)
a = a.reshape(a.shape[0], 28, 28, 1)
flat = b.reshape(len(b), -1)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (isOtherOrder(program)) return;
    const said = new Set<number>();
    for (const { at, of, sizes, given, wanted } of reshapesIn(program)) {
      if (said.has(at.start) || fits(given, wanted, isCountOf(first(sizes), of))) continue;
      said.add(at.start);
      yield {
        at,
        severity: 'error',
        message: `${shown(given)} are not as many numbers as ${shown(wanted)}.`,
        evidence: [places(['the array', spanOf(of)])],
      };
    }
  },
};

/** An array of a shape that is known, and the sizes that it is to have. */
export interface Reshape {
  readonly at: Span;
  readonly of: Datum;
  readonly sizes: readonly Datum[];
  readonly given: Sizes;
  readonly wanted: Sizes;
}

/** Every reshape of an array whose shape is known, each place once for each shape. */
export function* reshapesIn(program: Program): Generator<Reshape> {
  const said = new Set<string>();
  for (const call of callsNamed(program, 'reshape')) {
    const at = call.moment.span;
    const asked = askedOf(call);
    if (at === undefined || asked === undefined || isGuarded(program)(at)) continue;
    const { of, sizes } = asked;
    const given = arrayFacts(of).shape;
    const wanted = sizes.length === 1 ? sizesOf(sizes[0], arrayFacts) : sizesOf(sizes, arrayFacts);
    const key = `${at.start}:${given?.join() ?? ''}:${wanted?.join() ?? ''}`;
    if (given === undefined || wanted === undefined || said.has(key)) continue;
    said.add(key);
    yield { at, of, sizes, given, wanted };
  }
}

/** What is reshaped, and the sizes as they are given. */
function askedOf({ result }: Called): { readonly of: Datum; readonly sizes: readonly Datum[] } | undefined {
  if (!isValue(result) || result.made.kind !== 'operation' || result.made.args.named.size > 0)
    return undefined;
  const call = foreignCall(result);
  if (call !== undefined && call.name !== 'numpy.reshape') return undefined;
  const [of, ...sizes] = (call ?? result.made).args.positional;
  return of === undefined || !isValue(of) || sizes.length === 0 ? undefined : { of, sizes };
}

function first(sizes: readonly Datum[]): Datum | undefined {
  const [one] = sizes;
  return Array.isArray(one) ? one[0] : one;
}

/** Whether a size is how many examples there are: `len(x)`, `x.shape[0]`. */
function isCountOf(size: Datum | undefined, of: Datum): boolean {
  if (!isValue(size) || size.made.kind !== 'operation') return false;
  const [from, axis] = size.made.args.positional;
  if (size.made.name === 'len') return from === of;
  return (
    size.made.name === 'getitem' &&
    axis === 0n &&
    isValue(from) &&
    from.made.kind === 'attribute' &&
    from.made.name === 'shape' &&
    from.inputs[0] === of
  );
}

/** Whether there may be as many elements; where the examples are not counted, those of one are compared. */
function fits(given: Sizes, wanted: Sizes, isCounted: boolean): boolean {
  const [have, want] = isCounted ? [given.slice(1), wanted.slice(1)] : [given, wanted];
  const whole = product(have);
  const known = product(want.filter((size) => size !== -1));
  if (whole === undefined || known === undefined || known <= 0) return true;
  return want.includes(-1) ? whole % known === 0 : whole === known;
}

function product(sizes: Sizes): number | undefined {
  return sizes.reduce<number | undefined>(
    (so, size) => (so === undefined || size === undefined ? undefined : so * size),
    1,
  );
}
