import { isCall } from '@tensormark/network';
import type { ModelReading } from '@tensormark/frameworks';

/** A reading on inputs laid out as the answer's framework has them. */
export interface LaidOut {
  readonly reading: ModelReading;
  /** Keras has channels last: the sizes asked for were turned so, and so are those that come out. */
  readonly turned: boolean;
}

/** The most channels that a picture or a signal is taken to have where the other sizes may be the channels too. */
const FEW = 4;

/**
 * Reads an answer on the inputs that the question states, which are written for one framework, and the answer may be in the
 * other: PyTorch has `[1, 28, 28]` where Keras has `[28, 28, 1]`. A network of Keras that does not take the one is read on
 * the other. One of PyTorch is too, but is then for a person: to turn its input may be what the question asks of the code.
 */
export function readLaidOut(
  shape: readonly number[],
  read: (shape: readonly number[]) => ModelReading,
): LaidOut {
  const reading = read(shape);
  const plain = { reading, turned: false };
  if (shape.length < 2 || shape.length > 4 || reading.errors.length === 0) return plain;
  const first = shape[0] ?? 0;
  const last = shape.at(-1) ?? 0;
  if (isKeras(reading)) {
    if (first >= last) return plain;
    const other = read(channelsLast(shape));
    return other.errors.length === 0 ? { reading: other, turned: true } : plain;
  }
  if (last > FEW || last >= first) return plain;
  const channelsFirst = [last, ...shape.slice(0, -1)];
  return read(channelsFirst).errors.length === 0
    ? { reading: inDoubt(reading, shape, channelsFirst), turned: false }
    : plain;
}

function inDoubt(reading: ModelReading, shape: readonly number[], other: readonly number[]): ModelReading {
  const doubts = reading.errors.map(({ place }) => ({
    line: place.line,
    what: `the network does not take [N, ${shape.join(', ')}] and would take [N, ${other.join(', ')}]`,
    place,
    bears: 'network' as const,
  }));
  return {
    ...reading,
    errors: reading.errors.map((error) => ({ ...error, unsure: true })),
    unknowns: [...reading.unknowns, ...doubts.slice(0, 1)],
  };
}

/** `[1, 28, 28]` as Keras has it: `[28, 28, 1]`. */
export function channelsLast([channels, ...sizes]: readonly number[]): readonly number[] {
  return channels === undefined ? [] : [...sizes, channels];
}

function isKeras({ network }: ModelReading): boolean {
  return network?.nodes.some((node) => isCall(node) && node.operation.startsWith('keras.')) === true;
}
