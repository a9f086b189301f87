import { product, type Formula, type Tensor } from '@tensormark/network';
import { draft, valueOf, type Draft } from '../draft.js';
import { sizeOf, type Axis, type SizeLabel } from '../layout/axes.js';
import type { What } from '../what.js';
import type { Counting } from './count.js';
import { isCall, membersOf } from './members.js';
import { isZero } from './layers/layer-count.js';

/** One size of an output, under the name that it is asked by. */
export interface NamedSize {
  readonly what: Extract<What, SizeLabel | 'size-2' | 'size-3'>;
  readonly axis: Axis;
}

/** The sizes of an output without its batch, in order: `channels`, `height`, `width`. */
export function sizesOf(axes: readonly Axis[]): readonly NamedSize[] {
  const times = new Map<SizeLabel, number>();
  return axes.flatMap((axis): NamedSize[] => {
    const { label } = axis;
    if (label === 'batch') return [];
    const before = times.get(label) ?? 0;
    times.set(label, before + 1);
    return [{ what: before === 0 ? label : before === 1 ? 'size-2' : 'size-3', axis }];
  });
}

/** Output sizes, and the units that an output has: all its elements. */
export function countSizes(counting: Counting, of: string, what: What): Draft | undefined {
  if (what === 'units') return countUnits(counting, of);
  const tensor = counting.layout.outputOf(of);
  if (tensor === undefined) return undefined;
  const found = sizesOf(counting.layout.axesOf(tensor)).find((size) => size.what === what);
  if (found === undefined) return undefined;
  // A size that another call worked out, and that went through, is that call's.
  return found.axis.draft?.of === of ? found.axis.draft : draft(of, what, sizeOf(found.axis));
}

const COMPUTES =
  /^(?:Lazy)?(?:Conv\dd|ConvTranspose\dd|Linear|Bilinear|RNN|LSTM|GRU|RNNCell|LSTMCell|GRUCell|MultiheadAttention)$|^keras\.(?:Dense|(?:Separable|Depthwise)?Conv\dD(?:Transpose)?|SimpleRNN|LSTM|GRU|ConvLSTM\dD|MultiHeadAttention)$/;

function countUnits(counting: Counting, of: string): Draft | undefined {
  if (isCall(counting, of)) {
    const tensor = counting.layout.outputOf(of);
    return tensor === undefined ? undefined : draft(of, 'units', elements(counting, tensor));
  }
  if (!counting.network.modules.has(of)) return undefined;
  const parts = membersOf(counting, of).flatMap((member) => {
    const site = counting.layout.sites.byName.get(member);
    if (site !== undefined && !COMPUTES.test(site.node.layer?.type ?? '')) return [];
    return counting.draft(member, 'units') ?? [];
  });
  const terms = parts.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'elements'));
  const [, second] = terms;
  const [only] = parts.filter(({ formula }) => !isZero(formula));
  return second === undefined && only !== undefined
    ? draft(of, 'units', valueOf(only, 'elements'))
    : draft(of, 'units', { kind: 'sum', terms });
}

/** All elements of an output, size by size. */
export function elements({ layout }: Counting, tensor: Tensor): Formula {
  const sizes = sizesOf(layout.axesOf(tensor));
  return product(...sizes.map(({ axis }) => sizeOf(axis)));
}
