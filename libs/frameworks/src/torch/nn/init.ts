import { asNumber, PyTuple } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
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

/** Fills a tensor with values that are not followed; what is left to read is whether PyTorch would refuse. */
function filling(check?: (rt: Runtime, tensor: TensorObject) => void): NativeImplementation {
  return (rt, tensor) => {
    if (!(tensor instanceof TensorObject))
      return rt.raise('AttributeError', "'NoneType' object has no attribute 'zero_'");
    check?.(rt, tensor);
    if (tensor.elements !== undefined) tensor.elements.storage.known = false;
    return tensor;
  };
}

const withFans = filling((rt, tensor) => void fans(rt, tensor));
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
  'zeros_(tensor)': filling(),
  'ones_(tensor)': filling(),
  'constant_(tensor, val)': filling(),
  'uniform_(tensor, a=0.0, b=1.0, generator=None)': filling(),
  'normal_(tensor, mean=0.0, std=1.0, generator=None)': filling(),
  'trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None)': filling(),
  'xavier_uniform_(tensor, gain=1.0, generator=None)': withFans,
  'xavier_normal_(tensor, gain=1.0, generator=None)': withFans,
  'xavier_uniform(tensor, gain=1.0)': withFans,
  'xavier_normal(tensor, gain=1.0)': withFans,
  [`kaiming_uniform_(tensor, ${KAIMING})`]: withFans,
  [`kaiming_normal_(tensor, ${KAIMING})`]: withFans,
  [`kaiming_uniform(tensor, ${KAIMING})`]: withFans,
  [`kaiming_normal(tensor, ${KAIMING})`]: withFans,
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
  'normal(tensor, mean=0.0, std=1.0)': filling(),
  'uniform(tensor, a=0.0, b=1.0)': filling(),
  'constant(tensor, val)': filling(),
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
