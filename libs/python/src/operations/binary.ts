import { typeNameInErrors } from '../objects/callables.js';
import { NOT_IMPLEMENTED, typeOf, unbox } from '../objects/classes.js';
import { PyBytes } from '../objects/bytes.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { unknownBase } from './attributes.js';
import {
  addIntegers,
  countIntegerWork,
  divideIntegers,
  floatFloorDivide,
  floatModulo,
  floatPower,
  floorDivide,
  floorModulo,
  multiplyIntegers,
  powerIntegers,
  shiftLeft,
  shiftRight,
  toFloat,
} from './numbers.js';

/** A binary operator: its special methods, and what it does to numbers. */
interface Operator {
  readonly symbol: BinarySymbol;
  readonly method: string;
  readonly reflected: string;
  readonly inPlace: string;
  readonly integers: ((rt: Runtime, a: bigint, b: bigint) => PyValue) | undefined;
  readonly floats: ((a: number, b: number) => PyValue) | undefined;
  /** What two bools give, where that is a bool. */
  readonly booleans?: (a: boolean, b: boolean) => boolean;
}

export type BinarySymbol = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';

function operator(
  symbol: BinarySymbol,
  name: string,
  integers: Operator['integers'],
  floats?: Operator['floats'],
  booleans?: Operator['booleans'],
): [BinarySymbol, Operator] {
  const methods = { method: `__${name}__`, reflected: `__r${name}__`, inPlace: `__i${name}__` };
  return [symbol, { symbol, ...methods, integers, floats, ...(booleans === undefined ? {} : { booleans }) }];
}

export const OPERATORS: ReadonlyMap<BinarySymbol, Operator> = new Map([
  operator('+', 'add', addIntegers, (a, b) => a + b),
  operator(
    '-',
    'sub',
    (rt, a, b) => addIntegers(rt, a, -b),
    (a, b) => a - b,
  ),
  operator('*', 'mul', multiplyIntegers, (a, b) => a * b),
  operator('/', 'truediv', divideIntegers, (a, b) =>
    b === 0 ? raise('ZeroDivisionError', 'float division by zero') : a / b,
  ),
  operator('//', 'floordiv', floorDivide, floatFloorDivide),
  operator('%', 'mod', moduloIntegers, floatModulo),
  operator('**', 'pow', power, powerFloats),
  operator('@', 'matmul', undefined),
  operator('<<', 'lshift', shiftLeft),
  operator('>>', 'rshift', shiftRight),
  operator(
    '&',
    'and',
    bitwise((a, b) => a & b),
    undefined,
    (a, b) => a && b,
  ),
  operator(
    '|',
    'or',
    bitwise((a, b) => a | b),
    undefined,
    (a, b) => a || b,
  ),
  operator(
    '^',
    'xor',
    bitwise((a, b) => a ^ b),
    undefined,
    (a, b) => a !== b,
  ),
]);

function moduloIntegers(rt: Runtime, a: bigint, b: bigint): bigint {
  countIntegerWork(rt, a, b, 'product');
  return floorModulo(a, b);
}

function bitwise(combine: (a: bigint, b: bigint) => bigint): (rt: Runtime, a: bigint, b: bigint) => bigint {
  return (rt, a, b) => {
    countIntegerWork(rt, a, b, 'linear');
    return combine(a, b);
  };
}

function power(rt: Runtime, a: bigint, b: bigint): PyValue {
  if (b >= 0n) return powerIntegers(rt, a, b);
  if (a === 0n) return raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  return floatPower(toFloat(a), toFloat(b));
}

function powerFloats(a: number, b: number): PyValue {
  if (a < 0 && !Number.isInteger(b) && Number.isFinite(b) && Number.isFinite(a)) {
    return raise('ValueError', 'complex numbers are not supported here');
  }
  return floatPower(a, b);
}

/** What two numbers give, or undefined where the operands are no numbers or the operator not theirs. */
export function onNumbers(rt: Runtime, op: Operator, left: PyValue, right: PyValue): PyValue | undefined {
  if (typeof left === 'boolean' && typeof right === 'boolean' && op.booleans !== undefined)
    return op.booleans(left, right);
  const a = typeof left === 'boolean' ? BigInt(left) : left;
  const b = typeof right === 'boolean' ? BigInt(right) : right;
  if (typeof a === 'bigint') {
    if (typeof b === 'bigint') return op.integers?.(rt, a, b);
    return typeof b === 'number' ? op.floats?.(toFloat(a), b) : undefined;
  }
  if (typeof a !== 'number') return undefined;
  if (typeof b === 'number') return op.floats?.(a, b);
  return typeof b === 'bigint' ? op.floats?.(a, toFloat(b)) : undefined;
}

/** `left op right`, with both operands' special methods. */
export function binary(rt: Runtime, symbol: BinarySymbol, left: PyValue, right: PyValue): PyValue {
  const op = operatorOf(symbol);
  const numeric = onNumbers(rt, op, left, right);
  if (numeric !== undefined) return numeric;
  const result = throughMethods(rt, op, left, right);
  return result === NOT_IMPLEMENTED ? unanswered(rt, op, symbol, left, right) : result;
}

/** `left op= right` */
export function inPlace(rt: Runtime, symbol: BinarySymbol, left: PyValue, right: PyValue): PyValue {
  const op = operatorOf(symbol);
  const numeric = onNumbers(rt, op, left, right);
  if (numeric !== undefined) return numeric;
  const method = typeOf(left).lookup(op.inPlace);
  if (method !== undefined && method !== null) {
    const result =
      left instanceof PyUnknown
        ? unknownOf(rt, symbol, left, left, right)
        : rt.call(rt.bind(method, left), [right]);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const result = throughMethods(rt, op, left, right);
  return result === NOT_IMPLEMENTED ? unanswered(rt, op, `${symbol}=`, left, right) : result;
}

function operatorOf(symbol: BinarySymbol): Operator {
  const op = OPERATORS.get(symbol);
  if (op === undefined) throw new Error(`no such operator: ${symbol}`);
  return op;
}

function throughMethods(rt: Runtime, op: Operator, left: PyValue, right: PyValue): PyValue {
  if (left instanceof PyUnknown) return unknownOf(rt, op.symbol, left, left, right);
  const leftClass = typeOf(left);
  const rightClass = typeOf(right);
  const method = leftClass.lookup(op.method);
  const reflected = rightClass === leftClass ? undefined : rightClass.lookup(op.reflected);
  if (
    reflected !== undefined &&
    reflected !== null &&
    rightClass.isSubclassOf(leftClass) &&
    reflected !== leftClass.lookup(op.reflected)
  ) {
    const result = rt.call(rt.bind(reflected, right), [left]);
    if (result !== NOT_IMPLEMENTED) return result;
    return method === undefined || method === null
      ? NOT_IMPLEMENTED
      : rt.call(rt.bind(method, left), [right]);
  }
  if (method !== undefined && method !== null) {
    const result = rt.call(rt.bind(method, left), [right]);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  if (right instanceof PyUnknown) return unknownOf(rt, op.symbol, right, left, right);
  return reflected === undefined || reflected === null
    ? NOT_IMPLEMENTED
    : rt.call(rt.bind(reflected, right), [left]);
}

/** An operator with an unknown among its operands. */
function unknownOf(
  rt: Runtime,
  symbol: string,
  unknown: PyUnknown,
  ...operands: readonly PyValue[]
): PyValue {
  return rt.watcher?.derived(rt, { kind: 'operator', symbol, operands }) ?? unknown;
}

/** What an operator gives that neither operand has: unknown where one's class has a base that is not known. */
function unanswered(rt: Runtime, op: Operator, symbol: string, left: PyValue, right: PyValue): PyValue {
  const [one, other] = [unknownBase(rt, left), unknownBase(rt, right)];
  const unknown = one ?? other;
  return unknown === undefined
    ? unsupported(op.symbol, symbol, left, right)
    : unknownOf(rt, op.symbol, unknown, one ?? left, other ?? right);
}

function unsupported(base: BinarySymbol, symbol: string, left: PyValue, right: PyValue): never {
  const [a, b] = [typeNameInErrors(left), typeNameInErrors(right)];
  const plain = unbox(left);
  if (base === '+') {
    if (typeof plain === 'string') return raise('TypeError', `can only concatenate str (not "${b}") to str`);
    if (left instanceof PyList) return raise('TypeError', `can only concatenate list (not "${b}") to list`);
    if (left instanceof PyTuple)
      return raise('TypeError', `can only concatenate tuple (not "${b}") to tuple`);
  }
  if (base === '+' && left instanceof PyBytes) return raise('TypeError', `can't concat ${b} to ${a}`);
  if (base === '*') {
    if (isSequence(plain)) return raise('TypeError', `can't multiply sequence by non-int of type '${b}'`);
    if (isSequence(unbox(right)))
      return raise('TypeError', `can't multiply sequence by non-int of type '${a}'`);
  }
  const shown = symbol === '**' ? '** or pow()' : symbol;
  return raise('TypeError', `unsupported operand type(s) for ${shown}: '${a}' and '${b}'`);
}

function isSequence(value: PyValue): boolean {
  return typeof value === 'string' || value instanceof PyList || value instanceof PyTuple;
}

const UNARY = new Map([
  ['-', '__neg__'],
  ['+', '__pos__'],
  ['~', '__invert__'],
]);

/** `-value`, `+value`, `~value` */
export function unary(rt: Runtime, symbol: '-' | '+' | '~', value: PyValue): PyValue {
  const plain = typeof value === 'boolean' ? BigInt(value) : value;
  if (typeof plain === 'bigint') {
    countIntegerWork(rt, plain, 0n, 'linear');
    return symbol === '-' ? -plain : symbol === '+' ? plain : ~plain;
  }
  if (typeof plain === 'number' && symbol !== '~') return symbol === '-' ? -plain : plain;
  if (value instanceof PyUnknown) return unknownOf(rt, symbol, value, value);
  const method = typeOf(value).lookup(UNARY.get(symbol) ?? '');
  if (method === undefined || method === null)
    return raise('TypeError', `bad operand type for unary ${symbol}: '${typeOf(value).name}'`);
  return rt.call(rt.bind(method, value), []);
}
