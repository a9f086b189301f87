import { LONG_TEXT } from '../objects/equality.js';
import type { PyValue } from '../objects/object.js';
import { countWork } from '../objects/work.js';
import { binary, inPlace, unary } from '../operations/binary.js';
import { compare } from '../operations/comparison.js';
import type { ComparisonSymbol } from '../operations/comparison.js';
import { truth } from '../operations/conversion.js';
import { addIntegers } from '../operations/numbers.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import type { Evaluate, Frame } from './frame.js';
import { isUnknown } from './names.js';
import { Condition } from './questions.js';
import { eitherValue } from './watched.js';

export function compileBinary(c: Compiler, node: tree.BinaryOperation): Evaluate {
  const left = c.expression(node.left);
  const right = c.expression(node.right);
  const { operator, span } = node;
  const general = (frame: Frame, a: PyValue, b: PyValue): PyValue => {
    frame.span = span;
    return binary(frame.rt, operator, a, b);
  };
  switch (operator) {
    case '+':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'bigint' && typeof b === 'bigint') return addIntegers(frame.rt, a, b);
        if (typeof a === 'number' && typeof b === 'number') return a + b;
        return general(frame, a, b);
      };
    case '-':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'bigint' && typeof b === 'bigint') return addIntegers(frame.rt, a, -b);
        if (typeof a === 'number' && typeof b === 'number') return a - b;
        return general(frame, a, b);
      };
    default:
      return (frame) => {
        const a = left(frame);
        return general(frame, a, right(frame));
      };
  }
}

/** `target op= value` once the target's present value is known. */
export function inPlaceOperation(
  operator: tree.Operator,
): (frame: Frame, left: PyValue, right: PyValue) => PyValue {
  return (frame, left, right) => inPlace(frame.rt, operator, left, right);
}

export function compileUnary(c: Compiler, node: tree.UnaryOperation): Evaluate {
  const operand = c.expression(node.operand);
  const { operator, span } = node;
  if (operator === 'not') {
    return (frame) => {
      const value = operand(frame);
      if (isUnknown(value)) return value;
      frame.span = span;
      return !truth(frame.rt, value);
    };
  }
  return (frame) => {
    const value = operand(frame);
    frame.span = span;
    return unary(frame.rt, operator, value);
  };
}

export function compileBoolean(c: Compiler, node: tree.BooleanOperation): Evaluate {
  const values = node.values.map((value) => c.expression(value));
  const stopsAt = node.operator === 'or';
  const { span } = node;
  const last = values.length - 1;
  return (frame) => {
    let result: PyValue = null;
    for (let index = 0; index <= last; index++) {
      result = values[index]?.(frame) ?? null;
      if (index === last || isUnknown(result)) return result;
      if (typeof result !== 'boolean') frame.span = span;
      if (truth(frame.rt, result) === stopsAt) return result;
    }
    return result;
  };
}

export function compileComparison(c: Compiler, node: tree.Comparison): Evaluate {
  const left = c.expression(node.left);
  const [first, ...others] = node.comparators.map((value, index) => {
    const symbol: ComparisonSymbol = node.operators[index] ?? '==';
    return { symbol, value: c.expression(value) };
  });
  const { span } = node;
  if (first === undefined) return left;
  const compareFirst = comparisonOf(first.symbol, span);
  if (others.length === 0) {
    return (frame) => {
      const a = left(frame);
      return compareFirst(frame, a, first.value(frame));
    };
  }
  return (frame) => {
    let previous = first.value;
    let a = left(frame);
    let b = previous(frame);
    let result = compareFirst(frame, a, b);
    for (const { symbol, value } of others) {
      if (isUnknown(result) || !truth(frame.rt, result)) return result;
      previous = value;
      a = b;
      b = previous(frame);
      frame.span = span;
      result = compare(frame.rt, symbol, a, b);
    }
    return result;
  };
}

type Compare = (frame: Frame, a: PyValue, b: PyValue) => PyValue;

function comparisonOf(symbol: ComparisonSymbol, span: tree.Comparison['span']): Compare {
  const general: Compare = (frame, a, b) => {
    frame.span = span;
    return compare(frame.rt, symbol, a, b);
  };
  switch (symbol) {
    case 'is':
      return (frame, a, b) =>
        (a === null || b === null) && !isUnknown(a) && !isUnknown(b) ? a === b : general(frame, a, b);
    case 'is not':
      return (frame, a, b) =>
        (a === null || b === null) && !isUnknown(a) && !isUnknown(b) ? a !== b : general(frame, a, b);
    case '==':
      return (frame, a, b) =>
        (typeof a === 'bigint' && typeof b === 'bigint') || (typeof a === 'string' && typeof b === 'string')
          ? sameValues(frame, a, b)
          : general(frame, a, b);
    case '!=':
      return (frame, a, b) =>
        (typeof a === 'bigint' && typeof b === 'bigint') || (typeof a === 'string' && typeof b === 'string')
          ? !sameValues(frame, a, b)
          : general(frame, a, b);
    case '<':
      return (frame, a, b) => (typeof a === 'bigint' && typeof b === 'bigint' ? a < b : general(frame, a, b));
    case '>':
      return (frame, a, b) => (typeof a === 'bigint' && typeof b === 'bigint' ? a > b : general(frame, a, b));
    default:
      return general;
  }
}

/** Whether two ints or two texts are equal; long texts count by their length. */
function sameValues(frame: Frame, a: bigint | string, b: bigint | string): boolean {
  if (typeof a === 'string' && a.length > LONG_TEXT) countWork(frame.rt, a.length / 8);
  return a === b;
}

export function compileConditional(c: Compiler, node: tree.Conditional): Evaluate {
  const test = c.expression(node.test);
  const body = c.expression(node.body);
  const orElse = c.expression(node.orElse);
  const { span } = node.test;
  const condition = new Condition(span);
  return (frame) => {
    const value = test(frame);
    if (typeof value !== 'boolean') {
      if (isUnknown(value)) {
        const { watcher } = frame.rt;
        return watcher === undefined ? value : eitherValue(frame, watcher, condition, body, orElse);
      }
      frame.span = span;
    }
    return truth(frame.rt, value) ? body(frame) : orElse(frame);
  };
}
