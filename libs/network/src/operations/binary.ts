import { eachElement } from '../costs.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { broadcastShapes, resultType, sameAs } from '../shapes.js';
import { DTYPES, isFloatingPoint, isIntegral, tensorType, type DType, type TensorType } from '../tensor.js';
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

type Gives = 'common' | 'floating' | 'double' | 'bool';

interface Binary {
  readonly names: readonly string[];
  readonly gives: Gives;
  /** Refuses what PyTorch refuses. */
  readonly check?: (a: Operand, b: Operand) => void;
  /** True where the other operand must be a tensor too. */
  readonly tensors?: boolean;
  /** False where it cannot be done in place. */
  readonly inPlace?: boolean;
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

function refusesComplex(words: string): NonNullable<Binary['check']> {
  return (a, b) => {
    const dtype = operandType(a, b);
    if (isComplex(dtype)) raise('RuntimeError', words, tensorType(operandShape(a, b), dtype));
  };
}

function checkPower(a: Operand, b: Operand): void {
  noKernel('pow', isBool)(a, b);
  if (typeof b === 'bigint' && b < 0n && isTensor(a) && isIntegral(a.dtype))
    raise('RuntimeError', 'Integers to negative integer powers are not allowed.', sameAs(a));
}

/** Bits are of whole numbers and truth values. */
const isFractional = (dtype: DType): boolean => !isIntegral(dtype);
const isComplex = (dtype: DType): boolean => DTYPES[dtype].category === 'complex';
/** Remainders are of real numbers. */
const isNotReal = (dtype: DType): boolean => dtype === 'bool' || isComplex(dtype);
const isNotFloat = (dtype: DType): boolean => !isFloatingPoint(dtype);
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
  { names: ['floor_divide'], gives: 'common', check: noKernel('div_floor_cpu', isNotReal) },
  { names: ['remainder'], gives: 'common', check: noKernel('remainder_cpu', isNotReal) },
  { names: ['fmod'], gives: 'common', check: noKernel('fmod_cpu', isNotReal) },
  { names: ['pow'], gives: 'common', check: checkPower },
  { names: ['float_power'], gives: 'double' },
  {
    names: ['maximum'],
    gives: 'common',
    check: refusesComplex('maximum not implemented for complex tensors.'),
    tensors: true,
    inPlace: false,
  },
  {
    names: ['minimum'],
    gives: 'common',
    check: refusesComplex('minimum not implemented for complex tensors.'),
    tensors: true,
    inPlace: false,
  },
  {
    names: ['fmax'],
    gives: 'common',
    check: refusesComplex('fmax not implemented for complex tensors.'),
    tensors: true,
    inPlace: false,
  },
  {
    names: ['fmin'],
    gives: 'common',
    check: refusesComplex('fmin not implemented for complex tensors.'),
    tensors: true,
    inPlace: false,
  },
  { names: ['atan2', 'arctan2'], gives: 'floating', tensors: true },
  { names: ['hypot'], gives: 'common', check: noKernel('hypot_cpu', isNotFloat), tensors: true },
  { names: ['xlogy'], gives: 'floating' },
  {
    names: ['logaddexp'],
    gives: 'common',
    check: noKernel('logaddexp_cpu', isIntegral),
    tensors: true,
    inPlace: false,
  },
  { names: ['bitwise_and'], gives: 'common', check: noKernel('bitwise_and_cpu', isFractional) },
  { names: ['bitwise_or'], gives: 'common', check: noKernel('bitwise_or_cpu', isFractional) },
  { names: ['bitwise_xor'], gives: 'common', check: noKernel('bitwise_xor_cpu', isFractional) },
  { names: ['bitwise_left_shift'], gives: 'common', check: noKernel('lshift_cpu', isFractional) },
  { names: ['bitwise_right_shift'], gives: 'common', check: noKernel('rshift_cpu', isFractional) },
  { names: ['eq'], gives: 'bool' },
  { names: ['ne', 'not_equal'], gives: 'bool' },
  { names: ['lt', 'less'], gives: 'bool', check: noKernel('lt_cpu', isComplex) },
  { names: ['le', 'less_equal'], gives: 'bool', check: noKernel('le_cpu', isComplex) },
  { names: ['gt', 'greater'], gives: 'bool', check: noKernel('gt_cpu', isComplex) },
  { names: ['ge', 'greater_equal'], gives: 'bool', check: noKernel('ge_cpu', isComplex) },
  { names: ['logical_and'], gives: 'bool', tensors: true },
  { names: ['logical_or'], gives: 'bool', tensors: true },
  { names: ['logical_xor'], gives: 'bool', tensors: true },
  { names: ['isclose'], gives: 'bool' },
];

function typeOf(gives: Gives, a: Operand, b: Operand, rounding: unknown): DType {
  if (gives === 'bool') return 'bool';
  const common = operandType(a, b);
  if (gives === 'double') return isComplex(common) ? 'complex128' : 'float64';
  return gives === 'floating' && isIntegral(common) && rounding === null ? 'float32' : common;
}

function binary({ names, gives, check, more, tensors = false, inPlace = true }: Binary): OperationDefinition {
  const [name = '', ...aliases] = names;
  return defineOperation({
    name,
    aliases,
    homes: everywhere,
    inPlace,
    signature: {
      input: required(tensorOrNumber),
      other: required<Operand>(tensors ? tensor : tensorOrNumber),
      ...more,
    },
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
        tensorType(condition.shape, operandType(input, other)),
      );
    return tensorType(
      broadcastShapes(broadcastShapes(condition.shape, shapeOf(input)), shapeOf(other)),
      operandType(input, other),
    );
  },
});

/** How far numbers of a type reach, and what C++ calls it. */
const REACH: Readonly<Partial<Record<DType, readonly [least: number, most: number, name: string]>>> = {
  uint8: [0, 255, 'uint8_t'],
  int8: [-128, 127, 'int8_t'],
  int16: [-32_768, 32_767, 'int16_t'],
  int32: [-(2 ** 31), 2 ** 31 - 1, 'int'],
  float16: [-65_504, 65_504, 'at::Half'],
};

/** A number that is put among others must be one of their type. @throws Raised */
function checkFits(value: Operand, input: TensorType): void {
  const reach = REACH[input.dtype];
  if (isTensor(value) || reach === undefined) return;
  const [least, most, name] = reach;
  const number = Number(value);
  const isEndless = !Number.isFinite(number) && input.dtype === 'float16';
  if (isEndless || (number >= least && number <= most)) return;
  raise('RuntimeError', `value cannot be converted to type ${name} without overflow`, sameAs(input));
}

const maskedFill = defineOperation({
  name: 'masked_fill',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), mask: required(tensor), value: required(tensorOrNumber) },
  infer({ input, mask, value }) {
    if (isTensor(value) && value.shape.length > 0) {
      broadcastShapes(mask.shape, input.shape);
      raise(
        'RuntimeError',
        `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.shape.length} dimension(s).`,
        sameAs(input),
      );
    }
    if (mask.dtype !== 'bool')
      raise(
        'RuntimeError',
        'masked_fill_ only supports boolean masks, but got mask with dtype ' + DTYPES[mask.dtype].cppName,
        sameAs(input),
      );
    checkFits(value, input);
    return tensorType(broadcastShapes(mask.shape, input.shape), input.dtype);
  },
});

const lerp = defineOperation({
  name: 'lerp',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), end: required(tensor), weight: required(tensorOrNumber) },
  infer({ input, end, weight }) {
    const shape = broadcastShapes(
      broadcastShapes(input.shape, end.shape),
      isTensor(weight) ? weight.shape : [],
    );
    const output = tensorType(shape, input.dtype);
    if (end.dtype !== input.dtype)
      raise(
        'RuntimeError',
        `expected dtype ${DTYPES[input.dtype].cppName} for \`end\` but got dtype ${DTYPES[end.dtype].cppName}`,
        output,
      );
    if (isIntegral(input.dtype))
      raise(
        'RuntimeError',
        `"lerp_kernel_${isTensor(weight) ? 'tensor' : 'scalar'}" not implemented for '${DTYPES[input.dtype].scalarName}'`,
        output,
      );
    return output;
  },
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
