import { defineClass, getAttribute, PyList, PyObject, PyTuple, toArray } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../tensor/tensor.js';

/**
 * A `PackedSequence`: sequences of several lengths, as a recurrent layer takes them. Reading keeps the padded tensor it was made of,
 * time first, since which steps are padding changes no shape but that of the packed data itself.
 */
export class PackedObject extends PyObject {
  constructor(
    readonly padded: TensorObject,
    readonly lengths: PyValue,
  ) {
    super(packedClass);
  }

  /** Its data and the sizes of its batches, where the lengths are known: what the tuple that it is in PyTorch begins with. */
  get parts(): readonly TensorObject[] {
    const { known } = this;
    if (known === undefined) return [];
    const [, , ...rest] = this.padded.shape;
    const steps = known.reduce((sum, length) => sum + length, 0);
    return [
      new TensorObject({ shape: [steps, ...rest], dtype: this.padded.dtype }),
      new TensorObject({ shape: [Math.max(...known)], dtype: 'int64' }),
    ];
  }

  /** The lengths where they are known. */
  get known(): readonly number[] | undefined {
    if (this.lengths instanceof TensorObject) {
      const elements = this.lengths.known;
      return elements && Array.from(elements.toArray());
    }
    if (!(this.lengths instanceof PyList || this.lengths instanceof PyTuple)) return undefined;
    const { items } = this.lengths;
    return items.every((item) => typeof item === 'bigint') ? items.map(Number) : undefined;
  }
}

export const packedClass = defineClass({
  name: 'PackedSequence',
  module: 'torch.nn.utils.rnn',
  payload: PackedObject,
  unfollowed: 'byte char count double float half index int is_cuda is_pinned long short',
  methods: {
    'to(*args, **kwargs)': (_rt, self) => self,
    'cuda(*args, **kwargs)': (_rt, self) => self,
    'cpu()': (_rt, self) => self,
    'pin_memory()': (_rt, self) => self,
  },
  properties: {
    data: (rt, self) => self.parts[0] ?? rt.unknown('how many steps packed sequences have'),
    batch_sizes: (rt, self) => self.parts[1] ?? rt.unknown('how many packed sequences are left at each step'),
    sorted_indices: (rt) => rt.unknown('the order of packed sequences'),
    unsorted_indices: (rt) => rt.unknown('the order of packed sequences'),
  },
});

/** The first two dims exchanged: batch first to time first, and back. */
function exchanged(rt: Runtime, tensor: TensorObject): PyValue {
  return rt.call(getAttribute(rt, tensor, 'transpose'), [0n, 1n]);
}

/** A padded tensor in the layout that a layer of its own `batch_first` takes. */
export function paddedFor(rt: Runtime, packed: PackedObject, batchFirst: boolean): PyValue {
  return batchFirst ? exchanged(rt, packed.padded) : packed.padded;
}

/** What a recurrent layer gave for a packed sequence, packed as that was. */
export function packedLike(
  rt: Runtime,
  output: PyValue,
  { lengths }: PackedObject,
  batchFirst: boolean,
): PyValue {
  const padded = batchFirst && output instanceof TensorObject ? exchanged(rt, output) : output;
  return padded instanceof TensorObject ? new PackedObject(padded, lengths) : output;
}

const pack: NativeImplementation = (rt, input, lengths, batchFirst) => {
  if (!(input instanceof TensorObject)) return input ?? null;
  const padded = rt.truth(batchFirst ?? false) ? exchanged(rt, input) : input;
  if (!(padded instanceof TensorObject)) return padded;
  const given = new PackedObject(padded, lengths ?? null).known;
  const batch = padded.shape[1] ?? 0;
  if (given !== undefined && given.length !== batch)
    return rt.raise(
      'RuntimeError',
      `Expected \`len(lengths)\` to be equal to batch_size, but got ${given.length} (batch_size=${batch})`,
    );
  return new PackedObject(padded, lengths ?? null);
};

/** How many steps the longest of packed sequences has: fewer than it was padded to, if all are shorter. */
function stepsOf(packed: PackedObject, total: PyValue | undefined): number {
  if (typeof total === 'bigint') return Number(total);
  return packed.known === undefined ? (packed.padded.shape[0] ?? 0) : Math.max(...packed.known);
}

const unpack: NativeImplementation = (rt, sequence, batchFirst, _value, total) => {
  if (!(sequence instanceof PackedObject)) return rt.unknown('a sequence that is not packed');
  const { padded } = sequence;
  const steps = stepsOf(sequence, total);
  const [length = 0, batch = 0, ...rest] = padded.shape;
  const cut =
    steps < length
      ? rt.call(getAttribute(rt, padded, 'narrow'), [0n, 0n, BigInt(steps)])
      : steps === length
        ? padded
        : new TensorObject({ shape: [steps, batch, ...rest], dtype: padded.dtype });
  const output = rt.truth(batchFirst ?? false) && cut instanceof TensorObject ? exchanged(rt, cut) : cut;
  const lengths =
    sequence.lengths instanceof TensorObject
      ? sequence.lengths
      : new TensorObject({ shape: [batch], dtype: 'int64' });
  return new PyTuple([output, lengths]);
};

/** `pad_sequence`: sequences of several lengths, padded to the longest. */
const pad: NativeImplementation = (rt, sequences, batchFirst) => {
  const items = toArray(rt, sequences ?? null);
  const tensors = items.filter((item) => item instanceof TensorObject);
  const [first] = tensors;
  if (first === undefined || tensors.length < items.length) return rt.unknown('sequences that are padded');
  const steps = Math.max(...tensors.map(({ shape }) => shape[0] ?? 0));
  const [, ...rest] = first.shape;
  const batch = tensors.length;
  const shape = rt.truth(batchFirst ?? false) ? [batch, steps, ...rest] : [steps, batch, ...rest];
  return new TensorObject({ shape, dtype: first.dtype });
};

/** `pack_sequence`: sequences of several lengths, longest first. */
const packSequence: NativeImplementation = (rt, sequences) => {
  const items = toArray(rt, sequences ?? null);
  const padded = pad(rt, sequences ?? null, false);
  if (!(padded instanceof TensorObject)) return padded;
  const lengths = items.flatMap((item) => (item instanceof TensorObject ? [BigInt(item.shape[0] ?? 0)] : []));
  return new PackedObject(padded, new PyList(lengths));
};

/** The functions of `torch.nn.utils.rnn`. */
export const packing: Readonly<Record<string, NativeImplementation>> = {
  'pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True)': pack,
  'pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None)': unpack,
  'pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side=None)': pad,
  'pack_sequence(sequences, enforce_sorted=True)': packSequence,
  'unpad_sequence(padded_sequences, lengths, batch_first=False)': (rt) =>
    rt.unknown('sequences without their padding'),
};
