import { eachElement } from '../costs.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { broadcastShapes, resultType, sameAs } from '../shapes.js';
import { DTYPES, isIntegral, promoteTypes, tensorType, type DType, type TensorType } from '../tensor.js';
import { isTensor } from '../values/argument.js';
import { raise } from '../values/errors.js';
import { nullable, string, tensor, tensorOrNumber } from '../values/kinds.js';
import { keywordOnly, required, type Slot } from '../values/signature.js';

/** A tensor or a Python number. */
export type Operand = TensorType | bigint | number | boolean;

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** The type two operands share: a number only lifts a tensor to its category. */
export function operandType(a: Operand, b: Operand): DType {
  const tensors = [a, b].filter(isTensor);
  const dtype = tensors.length > 0 ? resultType(tensors) : numberType(a);
  return [a, b]
    .filter((operand) => !isTensor(operand))
    .reduce<DType>((type, number) => lift(type, number), dtype);
}

function numberType(operand: Operand): DType {
  if (typeof operand === 'boolean') return 'bool';
  return typeof operand === 'bigint' ? 'int64' : 'float32';
}

function lift(dtype: DType, number: Operand): DType {
  if (typeof number === 'number' && isIntegral(dtype)) return 'float32';
  if (typeof number === 'bigint' && dtype === 'bool') return 'int64';
  return dtype;
}

function shapeOf(operand: Operand): readonly number[] {
  return isTensor(operand) ? operand.shape : [];
}

/** The shape two operands broadcast to. @throws Raised */
export function operandShape(a: Operand, b: Operand): readonly number[] {
  return broadcastShapes(shapeOf(a), shapeOf(b));
}

type Gives = 'common' | 'floating' | 'bool';

interface Binary {
  readonly names: readonly string[];
  readonly gives: Gives;
  /** Refuses what PyTorch refuses. */
  readonly check?: (a: Operand, b: Operand) => void;
  /** Arguments after the two operands. */
  readonly more?: Readonly<Record<string, Slot<unknown>>>;
}

const alpha = { alpha: keywordOnly(tensorOrNumber, 1n) };

function isTruth(operand: Operand): boolean {
  return isTensor(operand) ? operand.dtype === 'bool' : typeof operand === 'boolean';
}

function checkSubtraction(a: Operand, b: Operand): void {
  const count = [a, b].filter(isTruth).length;
  if (count === 0) return;
  const assume = tensorType(operandShape(a, b), operandType(operandType(a, b) === 'bool' ? 1n : a, b));
  raise(
    'RuntimeError',
    count === 2
      ? 'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.'
      : 'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
    assume,
  );
}

/** Refuses types that a kernel is not made for. */
function noKernel(kernel: string, refuses: (dtype: DType) => boolean): NonNullable<Binary['check']> {
  return (a, b) => {
    const dtype = operandType(a, b);
    if (refuses(dtype))
      raise(
        'RuntimeError',
        `"${kernel}" not implemented for '${DTYPES[dtype].scalarName}'`,
        tensorType(operandShape(a, b), dtype),
      );
  };
}

/** Bits are of whole numbers and truth values. */
const isFractional = (dtype: DType): boolean => !isIntegral(dtype);
const isBool = (dtype: DType): boolean => dtype === 'bool';

const BINARIES: readonly Binary[] = [
  { names: ['add'], gives: 'common', more: alpha },
  { names: ['sub', 'subtract'], gives: 'common', more: alpha, check: checkSubtraction },
  { names: ['rsub'], gives: 'common', more: alpha, check: checkSubtraction },
  { names: ['mul', 'multiply'], gives: 'common' },
  {
    names: ['div', 'divide', 'true_divide'],
    gives: 'floating',
    more: { rounding_mode: keywordOnly(nullable(string), null) },
  },
  { names: ['floor_divide'], gives: 'common', check: noKernel('div_floor_cpu', isBool) },
  { names: ['remainder'], gives: 'common' },
  { names: ['fmod'], gives: 'common' },
  { names: ['pow'], gives: 'common' },
  { names: ['float_power'], gives: 'floating' },
  { names: ['maximum'], gives: 'common' },
  { names: ['minimum'], gives: 'common' },
  { names: ['fmax'], gives: 'common' },
  { names: ['fmin'], gives: 'common' },
  { names: ['atan2', 'arctan2'], gives: 'floating' },
  { names: ['hypot'], gives: 'common' },
  { names: ['xlogy'], gives: 'floating' },
  { names: ['logaddexp'], gives: 'common', check: noKernel('logaddexp_cpu', isIntegral) },
  { names: ['bitwise_and'], gives: 'common', check: noKernel('bitwise_and_cpu', isFractional) },
  { names: ['bitwise_or'], gives: 'common', check: noKernel('bitwise_or_cpu', isFractional) },
  { names: ['bitwise_xor'], gives: 'common', check: noKernel('bitwise_xor_cpu', isFractional) },
  { names: ['bitwise_left_shift'], gives: 'common' },
  { names: ['bitwise_right_shift'], gives: 'common' },
  { names: ['eq'], gives: 'bool' },
  { names: ['ne', 'not_equal'], gives: 'bool' },
  { names: ['lt', 'less'], gives: 'bool' },
  { names: ['le', 'less_equal'], gives: 'bool' },
  { names: ['gt', 'greater'], gives: 'bool' },
  { names: ['ge', 'greater_equal'], gives: 'bool' },
  { names: ['logical_and'], gives: 'bool' },
  { names: ['logical_or'], gives: 'bool' },
  { names: ['logical_xor'], gives: 'bool' },
  { names: ['isclose'], gives: 'bool' },
];

function typeOf(gives: Gives, a: Operand, b: Operand, rounding: unknown): DType {
  if (gives === 'bool') return 'bool';
  const common = operandType(a, b);
  return gives === 'floating' && isIntegral(common) && rounding === null ? 'float32' : common;
}

function binary({ names, gives, check, more }: Binary): OperationDefinition {
  const [name = '', ...aliases] = names;
  return defineOperation({
    name,
    aliases,
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensorOrNumber), other: required(tensorOrNumber), ...more },
    infer({ input, other, ...rest }) {
      const shape = operandShape(input, other);
      check?.(input, other);
      const rounding = 'rounding_mode' in rest ? rest['rounding_mode'] : null;
      return tensorType(shape, typeOf(gives, input, other, rounding));
    },
    costs: (_, [output]) => eachElement('elementwise', output),
  });
}

const where = defineOperation({
  name: 'where',
  homes: everywhere,
  signature: {
    condition: required(tensor),
    input: required(tensorOrNumber),
    other: required(tensorOrNumber),
  },
  infer({ condition, input, other }) {
    if (condition.dtype !== 'bool' && condition.dtype !== 'uint8')
      raise(
        'RuntimeError',
        `where expected condition to be a boolean tensor, but got a tensor with dtype ${DTYPES[condition.dtype].scalarName}`,
        tensorType(operandShape(input, other), operandType(input, other)),
      );
    return tensorType(
      broadcastShapes(broadcastShapes(condition.shape, shapeOf(input)), shapeOf(other)),
      operandType(input, other),
    );
  },
});

const maskedFill = defineOperation({
  name: 'masked_fill',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), mask: required(tensor), value: required(tensorOrNumber) },
  infer({ input, mask, value }) {
    if (isTensor(value) && value.shape.length > 0)
      raise(
        'RuntimeError',
        `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.shape.length} dimension(s).`,
        sameAs(input),
      );
    if (mask.dtype !== 'bool')
      raise(
        'RuntimeError',
        'masked_fill_ only supports boolean masks, but got mask with dtype ' + DTYPES[mask.dtype].cppName,
        sameAs(input),
      );
    return tensorType(broadcastShapes(mask.shape, input.shape), input.dtype);
  },
});

const lerp = defineOperation({
  name: 'lerp',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), end: required(tensor), weight: required(tensorOrNumber) },
  infer: ({ input, end, weight }) =>
    tensorType(
      broadcastShapes(broadcastShapes(input.shape, end.shape), isTensor(weight) ? weight.shape : []),
      promoteTypes(input.dtype, end.dtype),
    ),
  costs: (_, [output]) => eachElement('elementwise', output, 3),
});

/** `input + value · (a ∘ b)`. */
function fused(name: 'addcmul' | 'addcdiv'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    inPlace: true,
    signature: {
      input: required(tensor),
      tensor1: required(tensor),
      tensor2: required(tensor),
      value: keywordOnly(tensorOrNumber, 1n),
    },
    infer: ({ input, tensor1, tensor2 }) =>
      tensorType(
        broadcastShapes(broadcastShapes(input.shape, tensor1.shape), tensor2.shape),
        resultType([input, tensor1, tensor2]),
      ),
    costs: (_, [output]) => eachElement('elementwise', output, 3),
  });
}

export const BINARY_OPERATIONS: readonly OperationDefinition[] = [
  ...BINARIES.map(binary),
  where,
  maskedFill,
  lerp,
  fused('addcmul'),
  fused('addcdiv'),
];
