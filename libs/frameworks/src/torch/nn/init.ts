import { asNumber, PyTuple } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import type { Start } from '@tensormark/network';
import { changedInPlace } from '../operations.js';
import { countOf } from '../values/elements.js';
import { TensorObject } from '../tensor/tensor.js';

function fans(rt: Runtime, tensor: PyValue): { readonly fanIn: number; readonly fanOut: number } {
  const shape = tensor instanceof TensorObject ? tensor.shape : [];
  if (shape.length < 2)
    return rt.raise(
      'ValueError',
      'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions',
    );
  const field = countOf(shape.slice(2));
  return { fanIn: (shape[1] ?? 1) * field, fanOut: (shape[0] ?? 1) * field };
}

type StartRule = (shape: readonly number[], ...given: readonly (number | string)[]) => Start;

const UNKNOWN: StartRule = () => ({ kind: 'unknown' });

/**
 * Fills a tensor: what it starts with is kept as a rule, its values are not followed. What is left to read is whether PyTorch
 * would refuse.
 */
function filling(
  check?: (rt: Runtime, tensor: TensorObject) => void,
  start: StartRule = UNKNOWN,
): NativeImplementation {
  return (rt, tensor, ...given) => {
    if (!(tensor instanceof TensorObject))
      return rt.raise('AttributeError', "'NoneType' object has no attribute 'zero_'");
    check?.(rt, tensor);
    const plain = given.filter((value) => value !== null && value !== undefined);
    const known = plain.flatMap((value) =>
      typeof value === 'bigint'
        ? [Number(value)]
        : typeof value === 'number' || typeof value === 'string'
          ? [value]
          : [],
    );
    changedInPlace(rt, tensor);
    if (known.length === plain.length) tensor.restart(start(tensor.shape, ...known));
    if (tensor.elements !== undefined) tensor.elements.storage.known = false;
    return tensor;
  };
}

const withFans = (start: StartRule): NativeImplementation =>
  filling((rt, tensor) => void fans(rt, tensor), start);

function fansOf([first = 1, second = 1, ...field]: readonly number[]): {
  readonly in: number;
  readonly out: number;
} {
  const size = field.reduce((count, each) => count * each, 1);
  return { in: second * size, out: first * size };
}

const uniform = (deviation: number): Start => ({
  kind: 'uniform',
  low: -Math.sqrt(3) * deviation,
  high: Math.sqrt(3) * deviation,
});
const normal = (deviation: number): Start => ({ kind: 'normal', mean: 0, deviation });

/** Glorot and Bengio (2010): a deviation of `gain · √(2 / (in + out))`. */
const xavier =
  (draw: (deviation: number) => Start): StartRule =>
  (shape, gain = 1) => {
    const { in: inputs, out } = fansOf(shape);
    return draw(Number(gain) * Math.sqrt(2 / (inputs + out)));
  };

/** He et al. (2015): a deviation of `gain / √fan`. */
const kaiming =
  (draw: (deviation: number) => Start): StartRule =>
  (shape, slope = 0, mode = 'fan_in', nonlinearity = 'leaky_relu') => {
    const fan = mode === 'fan_out' ? fansOf(shape).out : fansOf(shape).in;
    const factor =
      nonlinearity === 'leaky_relu'
        ? Math.sqrt(2 / (1 + Number(slope) ** 2))
        : (GAINS[String(nonlinearity)] ?? 1);
    return draw(factor / Math.sqrt(fan));
  };

const constant: StartRule = (_, value = 0) => ({ kind: 'constant', value: Number(value) });
const uniformBetween: StartRule = (_, low = 0, high = 1) => ({
  kind: 'uniform',
  low: Number(low),
  high: Number(high),
});
const normalAround: StartRule = (_, mean = 0, deviation = 1) => ({
  kind: 'normal',
  mean: Number(mean),
  deviation: Number(deviation),
});
/** Cut at a and b, which is no matter where they lie ten deviations away. */
const truncated: StartRule = (_, mean = 0, deviation = 1, a = -2, b = 2) =>
  Math.min(Number(mean) - Number(a), Number(b) - Number(mean)) >= 10 * Number(deviation)
    ? { kind: 'normal', mean: Number(mean), deviation: Number(deviation) }
    : { kind: 'unknown' };
const matrix = (words: string): NativeImplementation =>
  filling((rt, tensor) => {
    if (tensor.shape.length !== 2) rt.raise('ValueError', words);
  });

const GAINS: Readonly<Record<string, number>> = {
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 0.75,
};

function gain(rt: Runtime, nonlinearity: PyValue, param: PyValue): PyValue {
  if (typeof nonlinearity !== 'string') return 1n;
  if (nonlinearity === 'leaky_relu') {
    const slope = param === null ? 0.01 : asNumber(rt, param);
    return Math.sqrt(2 / (1 + slope ** 2));
  }
  const plain = /^(linear|sigmoid|conv(_transpose)?[123]d)$/.test(nonlinearity) ? 1n : GAINS[nonlinearity];
  return plain ?? rt.raise('ValueError', `Unsupported nonlinearity ${nonlinearity}`);
}

const KAIMING = "a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None";

/** `torch.nn.init`; names without an underscore are the old spellings. */
export const initialisers: Readonly<Record<string, NativeImplementation>> = {
  'zeros_(tensor)': filling(undefined, () => ({ kind: 'constant', value: 0 })),
  'ones_(tensor)': filling(undefined, () => ({ kind: 'constant', value: 1 })),
  'constant_(tensor, val)': filling(undefined, constant),
  'uniform_(tensor, a=0.0, b=1.0, generator=None)': filling(undefined, uniformBetween),
  'normal_(tensor, mean=0.0, std=1.0, generator=None)': filling(undefined, normalAround),
  'trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None)': filling(undefined, truncated),
  'xavier_uniform_(tensor, gain=1.0, generator=None)': withFans(xavier(uniform)),
  'xavier_normal_(tensor, gain=1.0, generator=None)': withFans(xavier(normal)),
  'xavier_uniform(tensor, gain=1.0)': withFans(xavier(uniform)),
  'xavier_normal(tensor, gain=1.0)': withFans(xavier(normal)),
  [`kaiming_uniform_(tensor, ${KAIMING})`]: withFans(kaiming(uniform)),
  [`kaiming_normal_(tensor, ${KAIMING})`]: withFans(kaiming(normal)),
  [`kaiming_uniform(tensor, ${KAIMING})`]: withFans(kaiming(uniform)),
  [`kaiming_normal(tensor, ${KAIMING})`]: withFans(kaiming(normal)),
  'orthogonal_(tensor, gain=1, generator=None)': filling((rt, tensor) => {
    if (tensor.shape.length < 2)
      rt.raise('ValueError', 'Only tensors with 2 or more dimensions are supported');
  }),
  'sparse_(tensor, sparsity, std=0.01, generator=None)': matrix(
    'Only tensors with 2 dimensions are supported',
  ),
  'eye_(tensor)': matrix('Only tensors with 2 dimensions are supported'),
  'dirac_(tensor, groups=1)': filling((rt, tensor) => {
    if (tensor.shape.length < 3 || tensor.shape.length > 5)
      rt.raise('ValueError', 'Only tensors with 3, 4, or 5 dimensions are supported');
  }),
  'normal(tensor, mean=0.0, std=1.0)': filling(undefined, normalAround),
  'uniform(tensor, a=0.0, b=1.0)': filling(undefined, uniformBetween),
  'constant(tensor, val)': filling(undefined, constant),
  'calculate_gain(nonlinearity, param=None)': (rt, nonlinearity, param) =>
    gain(rt, nonlinearity ?? null, param ?? null),
  '_calculate_fan_in_and_fan_out(tensor)': (rt, tensor) => {
    const { fanIn, fanOut } = fans(rt, tensor ?? null);
    return new PyTuple([BigInt(fanIn), BigInt(fanOut)]);
  },
  '_calculate_correct_fan(tensor, mode)': (rt, tensor, mode) => {
    const { fanIn, fanOut } = fans(rt, tensor ?? null);
    return BigInt(mode === 'fan_out' ? fanOut : fanIn);
  },
};
