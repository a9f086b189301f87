import { eachElement } from '../costs.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { broadcastShapes, sameAs } from '../shapes.js';
import { DTYPES, isIntegral, tensorType, type DType, type TensorType } from '../tensor.js';
import { isTensor } from '../values/argument.js';
import { raise } from '../values/errors.js';
import { float, int, nullable, tensor, tensorOrNumber } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { operandType } from './binary.js';

/**
 * What a function of one tensor does with integers: gives floats or keeps them; `bool` gives truth values of all, and
 * `measures` the size of complex numbers, which is real.
 */
type OnIntegers = 'promotes' | 'keeps' | 'bool' | 'measures';

const FLOATING = [
  ['exp'],
  ['exp2'],
  ['expm1'],
  ['log'],
  ['log2'],
  ['log10'],
  ['log1p'],
  ['sqrt'],
  ['rsqrt'],
  ['sin'],
  ['cos'],
  ['tan'],
  ['asin', 'arcsin'],
  ['acos', 'arccos'],
  ['atan', 'arctan'],
  ['sinh'],
  ['cosh'],
  ['asinh', 'arcsinh'],
  ['acosh', 'arccosh'],
  ['atanh', 'arctanh'],
  ['erf'],
  ['erfc'],
  ['erfinv'],
  ['lgamma'],
  ['digamma'],
  ['reciprocal'],
  ['deg2rad'],
  ['rad2deg'],
  ['sinc'],
] as const;

const KEEPING = [['sign'], ['sgn'], ['nan_to_num']] as const;

const TRUTH = ['isnan', 'isinf', 'isfinite', 'signbit'];

const everywhere: readonly Home[] = ['torch', 'Tensor'];

function resultOf({ shape, dtype }: TensorType, onIntegers: OnIntegers): TensorType {
  if (onIntegers === 'bool') return tensorType(shape, 'bool');
  if (onIntegers === 'measures' && dtype.startsWith('complex'))
    return tensorType(shape, dtype === 'complex128' ? 'float64' : 'float32');
  return tensorType(shape, onIntegers === 'promotes' && isIntegral(dtype) ? 'float32' : dtype);
}

function unary(names: readonly string[], onIntegers: OnIntegers): OperationDefinition {
  const [name = '', ...aliases] = names;
  return defineOperation({
    name,
    aliases,
    homes: everywhere,
    inPlace: onIntegers !== 'bool',
    signature: { input: required(tensor) },
    infer: ({ input }) => resultOf(input, onIntegers),
    costs: (_, [output]) => eachElement('elementwise', output),
  });
}

/** Refuses a type in the words of the kernel that there is none of. */
function unimplemented(kernel: string, input: TensorType): never {
  return raise(
    'RuntimeError',
    `"${kernel}" not implemented for '${DTYPES[input.dtype].scalarName}'`,
    sameAs(input),
  );
}

/** Functions that keep numbers' type and have no kernel for truth values, or for any whole numbers. */
function rounding(names: readonly string[], kernel: string, integers: boolean): OperationDefinition {
  const [name = '', ...aliases] = names;
  return defineOperation({
    name,
    aliases,
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), ...(name === 'round' && { decimals: optional(int, 0n) }) },
    infer({ input }) {
      if (integers ? input.dtype === 'bool' : isIntegral(input.dtype)) unimplemented(kernel, input);
      return resultOf(input, name === 'abs' ? 'measures' : 'keeps');
    },
    costs: (_, [output]) => eachElement('elementwise', output),
  });
}

const square = defineOperation({
  name: 'square',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor) },
  infer: ({ input }) => tensorType(input.shape, input.dtype === 'bool' ? 'int64' : input.dtype),
  costs: (_, [output]) => eachElement('elementwise', output),
});

const positive = defineOperation({
  name: 'positive',
  homes: everywhere,
  signature: { input: required(tensor) },
  infer({ input }) {
    if (input.dtype === 'bool')
      raise('RuntimeError', 'The `+` operator, on a bool tensor is not supported.', sameAs(input));
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('elementwise', output),
});

const logicalNot = defineOperation({
  name: 'logical_not',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor) },
  infer: ({ input }) => resultOf(input, 'bool'),
  costs: (_, [output]) => eachElement('elementwise', output),
});

const negation = defineOperation({
  name: 'neg',
  aliases: ['negative'],
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor) },
  infer({ input }) {
    if (input.dtype === 'bool')
      raise(
        'RuntimeError',
        'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, ' +
          'use the `~` or `logical_not()` operator instead.',
        sameAs(input),
      );
    return sameAs(input);
  },
  costs: (_, [output]) => eachElement('elementwise', output),
});

const bitwiseNot = defineOperation({
  name: 'bitwise_not',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor) },
  infer({ input }) {
    if (!isIntegral(input.dtype))
      raise(
        'RuntimeError',
        `"bitwise_not_cpu" not implemented for '${DTYPES[input.dtype].scalarName}'`,
        tensorType(input.shape, 'bool'),
      );
    return sameAs(input);
  },
});

const clamp = defineOperation({
  name: 'clamp',
  aliases: ['clip'],
  homes: everywhere,
  inPlace: true,
  signature: {
    input: required(tensor),
    min: optional(nullable(tensorOrNumber), null),
    max: optional(nullable(tensorOrNumber), null),
  },
  infer({ input, min, max }) {
    if (min === null && max === null)
      raise('RuntimeError', "torch.clamp: At least one of 'min' or 'max' must not be None");
    if (input.dtype.startsWith('complex'))
      raise('RuntimeError', 'clamp is not supported for complex types', sameAs(input));
    const bounds = [min, max].filter((bound) => bound !== null);
    const dtype = bounds.reduce<DType>(
      (type, bound) => operandType({ ...input, dtype: type }, bound),
      input.dtype,
    );
    const shape = bounds.reduce<readonly number[]>(
      (sizes, bound) => (isTensor(bound) ? broadcastShapes(sizes, bound.shape) : sizes),
      input.shape,
    );
    return tensorType(shape, dtype);
  },
  costs: (_, [output]) => eachElement('elementwise', output),
});

function clampOneSide(name: 'clamp_min' | 'clamp_max'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), bound: required(tensorOrNumber) },
    infer: ({ input }) => sameAs(input),
    costs: (_, [output]) => eachElement('elementwise', output),
  });
}

const logit = defineOperation({
  name: 'logit',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), eps: optional(nullable(float), null) },
  infer: ({ input }) => resultOf(input, 'promotes'),
  costs: (_, [output]) => eachElement('elementwise', output, 3),
});

/** `x.float()`, `x.long()`: a cast to one type. */
function cast(name: string, dtype: DType): OperationDefinition {
  return defineOperation({
    name,
    homes: ['Tensor'],
    signature: { input: required(tensor) },
    infer: ({ input }) => tensorType(input.shape, dtype),
  });
}

const CASTS: readonly (readonly [string, DType])[] = [
  ['float', 'float32'],
  ['double', 'float64'],
  ['half', 'float16'],
  ['bfloat16', 'bfloat16'],
  ['int', 'int32'],
  ['long', 'int64'],
  ['short', 'int16'],
  ['char', 'int8'],
  ['byte', 'uint8'],
  ['bool', 'bool'],
];

export const UNARY_OPERATIONS: readonly OperationDefinition[] = [
  ...FLOATING.map((names) => unary(names, 'promotes')),
  ...KEEPING.map((names) => unary(names, 'keeps')),
  rounding(['abs', 'absolute'], 'abs_cpu', true),
  rounding(['floor'], 'floor_vml_cpu', true),
  rounding(['ceil'], 'ceil_vml_cpu', true),
  rounding(['trunc', 'fix'], 'trunc_vml_cpu', true),
  rounding(['round'], 'round_vml_cpu', true),
  rounding(['frac'], 'frac_cpu', false),
  square,
  positive,
  logicalNot,
  ...TRUTH.map((name) => unary([name], 'bool')),
  negation,
  bitwiseNot,
  clamp,
  clampOneSide('clamp_min'),
  clampOneSide('clamp_max'),
  logit,
  ...CASTS.map(([name, dtype]) => cast(name, dtype)),
];
