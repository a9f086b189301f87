import {
  extendClass,
  NdArray,
  NOT_IMPLEMENTED,
  numericType,
  rawFunction,
  PyUnknown,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { applyInPlace, applyOperation } from '../operations.js';
import { fromArray } from '../tensor/arrays.js';
import { tensorClass, TensorObject } from '../tensor/tensor.js';
import { ARITHMETIC, ORDERINGS } from './arithmetic-operators.js';

/** Python's operators, by the operation of the table that each is. */
const BINARY = {
  ...ARITHMETIC,
  and: 'bitwise_and',
  or: 'bitwise_or',
  xor: 'bitwise_xor',
  lshift: 'bitwise_left_shift',
  rshift: 'bitwise_right_shift',
} as const;

const COMPARISONS = { eq: 'eq', ne: 'ne', ...ORDERINGS } as const;
const UNARY = { neg: 'neg', abs: 'abs', invert: 'bitwise_not', pos: 'positive' } as const;

/** What an operator takes besides a tensor: anything else is the other operand's business. */
function isOperand(value: PyValue): boolean {
  return (
    value instanceof TensorObject ||
    value instanceof PyUnknown ||
    value instanceof NdArray ||
    numericType(value) !== undefined ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean'
  );
}

function apply(rt: Runtime, name: string, args: readonly PyValue[]): PyValue {
  const definition = operation(name);
  return definition === undefined
    ? rt.unknown(`the operation ${name} is not interpreted`)
    : applyOperation(
        rt,
        definition,
        args.map((arg) => (arg instanceof NdArray ? fromArray(arg) : arg)),
      );
}

function define(name: string, body: (rt: Runtime, self: PyValue, other: PyValue) => PyValue): void {
  tensorClass.define(
    name,
    rawFunction(name, (rt, [self, other]) => body(rt, self ?? null, other ?? null), { binds: true }),
  );
}

for (const [operator, name] of Object.entries(BINARY)) {
  define(`__${operator}__`, (rt, self, other) =>
    isOperand(other) ? apply(rt, name, [self, other]) : NOT_IMPLEMENTED,
  );
  define(`__r${operator}__`, (rt, self, other) =>
    isOperand(other) ? apply(rt, name, [other, self]) : NOT_IMPLEMENTED,
  );
  define(`__i${operator}__`, (rt, self, other) => {
    const definition = operation(name);
    if (!(self instanceof TensorObject) || definition === undefined || !isOperand(other))
      return NOT_IMPLEMENTED;
    return applyInPlace(rt, definition, self, [other]);
  });
}

for (const [operator, name] of Object.entries(COMPARISONS))
  define(`__${operator}__`, (rt, self, other) =>
    isOperand(other)
      ? apply(rt, name, [self, other])
      : operator === 'eq'
        ? false
        : operator === 'ne'
          ? true
          : NOT_IMPLEMENTED,
  );

for (const [operator, name] of Object.entries(UNARY))
  define(`__${operator}__`, (rt, self) => apply(rt, name, [self]));

/** `value in tensor` */
extendClass(tensorClass, {
  payload: TensorObject,
  methods: {
    '__contains__(item)': (rt, self, item) => {
      const { known } = self;
      if (known === undefined || typeof item === 'object')
        return rt.unknown('whether a tensor contains a value');
      return known.toArray().includes(Number(item));
    },
  },
});
