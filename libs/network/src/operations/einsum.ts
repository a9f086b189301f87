import type { Cost } from '../costs.js';
import { product, quantity } from '../formula/formula.js';
import { defineOperation, type OperationDefinition } from '../operation.js';
import { EVERYTHING } from '../reach.js';
import { broadcastShapes } from '../shapes.js';
import { tensorType, type TensorType } from '../tensor.js';
import { isSequence, type Argument } from '../values/argument.js';
import { raise } from '../values/errors.js';
import { string, tensor, type Kind } from '../values/kinds.js';
import { required, rest } from '../values/signature.js';

/** The subscripts of one operand or the output: letters, and where the ellipsis stands. */
interface Subscripts {
  readonly letters: readonly string[];
  /** How many letters stand before the ellipsis; null without one. */
  readonly ellipsis: number | null;
}

interface Equation {
  readonly inputs: readonly Subscripts[];
  readonly output: Subscripts;
}

/** @throws Raised in PyTorch's words */
function parse(equation: string): Equation {
  const arrow = equation.indexOf('->');
  const left = arrow < 0 ? equation : equation.slice(0, arrow);
  const inputs = left.split(',').map((part) => parseSubscripts(part, left.indexOf(part)));
  if (arrow >= 0) return { inputs, output: parseSubscripts(equation.slice(arrow + 2), arrow + 2) };
  // Without an arrow the output takes every letter that appears once, in alphabetical order.
  const all = inputs.flatMap(({ letters }) => letters);
  const once = [...new Set(all)].filter((letter) => all.filter((other) => other === letter).length === 1);
  const dots = inputs.some(({ ellipsis }) => ellipsis !== null);
  return { inputs, output: { letters: once.toSorted(), ellipsis: dots ? 0 : null } };
}

function parseSubscripts(text: string, offset: number): Subscripts {
  const letters: string[] = [];
  let ellipsis: number | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ' ') continue;
    if (char === '.') {
      if (text.slice(at, at + 3) !== '...' || ellipsis !== null)
        raise('RuntimeError', "einsum(): found '.' for operand 0 that is not part of any ellipsis");
      ellipsis = letters.length;
      at += 2;
    } else if (isLetter(char)) letters.push(char);
    else
      raise(
        'RuntimeError',
        `einsum(): invalid subscript given at index ${offset + at} in the equation string, subscripts must be in [a-zA-Z]`,
      );
  }
  return { letters, ellipsis };
}

function isLetter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z');
}

interface Contraction {
  readonly output: TensorType;
  /** The size of each letter. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly equation: Equation;
}

/** @throws Raised as `torch.einsum` */
function contract(text: string, operands: readonly TensorType[]): Contraction {
  const [first] = operands;
  if (!first)
    return raise(
      'ValueError',
      'einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list',
    );
  const equation = parse(text);
  const { inputs, output } = equation;
  if (operands.length < inputs.length)
    raise('RuntimeError', 'einsum(): fewer operands were provided than specified in the equation');
  if (operands.length > inputs.length)
    raise('RuntimeError', 'einsum(): more operands were provided than specified in the equation');
  for (const [index, { shape }] of operands.entries()) {
    const { letters, ellipsis } = inputs[index] ?? { letters: [], ellipsis: null };
    checkCount(letters.length, shape.length, ellipsis !== null, index);
  }
  checkOutput(equation);
  const sizes = new Map<string, number>();
  let spread: readonly number[] = [];
  for (const [index, operand] of operands.entries()) {
    const { letters, ellipsis } = inputs[index] ?? { letters: [], ellipsis: null };
    const { shape } = operand;
    const extra = shape.length - letters.length;
    if (ellipsis !== null) spread = broadcastShapes(spread, shape.slice(ellipsis, ellipsis + extra));
    const own = new Map<string, number>();
    for (const [at, letter] of letters.entries()) {
      const size = shape[ellipsis !== null && at >= ellipsis ? at + extra : at] ?? 1;
      const before = own.get(letter);
      if (before !== undefined && before !== size)
        raise(
          'RuntimeError',
          `einsum(): subscript ${letter} is repeated for operand ${index} but the sizes don't match, ${size} != ${before}`,
        );
      own.set(letter, size);
      note(sizes, letter, size, index);
    }
  }
  const dims = output.letters.map((letter) => sizes.get(letter) ?? 1);
  const shape = output.ellipsis === null ? dims : dims.toSpliced(output.ellipsis, 0, ...spread);
  return { output: tensorType(shape, first.dtype), sizes, equation };
}

function checkOutput({ inputs, output }: Equation): void {
  for (const [at, letter] of output.letters.entries()) {
    if (output.letters.indexOf(letter) !== at)
      raise('RuntimeError', `einsum(): output subscript ${letter} appears more than once in the output`);
    if (!inputs.some(({ letters }) => letters.includes(letter)))
      raise(
        'RuntimeError',
        `einsum(): output subscript ${letter} does not appear in the equation for any input operand`,
      );
  }
}

function checkCount(letters: number, dims: number, ellipsis: boolean, operand: number): void {
  if (ellipsis ? dims >= letters : dims === letters) return;
  raise(
    'RuntimeError',
    ellipsis
      ? `einsum(): the number of subscripts in the equation (${letters}) is more than the number of dimensions (${dims}) for operand ${operand}`
      : `einsum(): the number of subscripts in the equation (${letters}) does not match the number of dimensions (${dims}) ` +
          `for operand ${operand} and no ellipsis was given`,
  );
}

function note(sizes: Map<string, number>, letter: string, size: number, operand: number): void {
  const seen = sizes.get(letter);
  if (seen === undefined || seen === 1) sizes.set(letter, size);
  else if (size !== 1 && size !== seen)
    raise(
      'RuntimeError',
      `einsum(): subscript ${letter} has size ${size} for operand ${operand} which does not broadcast with previously seen size ${seen}`,
    );
}

/**
 * Two operands multiply every letter's size; a chain is contracted from left to right, as PyTorch does by default. As there, a
 * letter that only one of two has and nothing needs later is summed away first, and two that share no letter to sum over are
 * multiplied elementwise.
 */
function costs(text: string, operands: readonly TensorType[]): readonly Cost[] {
  if (operands.length < 2) return [];
  const { equation, sizes, output } = contract(text, operands);
  const spread = output.shape
    .slice(
      equation.output.ellipsis ?? 0,
      (equation.output.ellipsis ?? 0) + output.shape.length - equation.output.letters.length,
    )
    .map((size) => quantity('batch_size', size));
  const steps: Cost[] = [];
  let held = new Set(equation.inputs[0]?.letters);
  for (let index = 1; index < operands.length; index++) {
    const next = equation.inputs[index]?.letters ?? [];
    const letters = new Set([...held, ...next]);
    const later = new Set([
      ...equation.output.letters,
      ...equation.inputs.slice(index + 1).flatMap((input) => input.letters),
    ]);
    const both = new Set(next.filter((letter) => held.has(letter)));
    const isSummed = (letter: string): boolean => !later.has(letter) && both.has(letter);
    const dims = [...letters]
      .filter((letter) => later.has(letter) || both.has(letter))
      .map((letter) => quantity(later.has(letter) ? 'positions' : 'inner_size', sizes.get(letter) ?? 1));
    const kind = [...letters].some(isSummed) ? 'multiply-accumulate' : 'elementwise';
    steps.push({ kind, count: product(...spread, ...dims) });
    held = new Set([...letters].filter((letter) => later.has(letter)));
  }
  return steps;
}

const operandList: Kind<readonly TensorType[]> = {
  expects: 'Tensors',
  read(value: Argument, name) {
    const items = isSequence(value) ? value : [value];
    return items.map((item) => tensor.read(item, name));
  },
};

export const EINSUM_OPERATIONS: readonly OperationDefinition[] = [
  defineOperation({
    name: 'einsum',
    homes: ['torch'],
    signature: { equation: required(string), operands: rest(operandList) },
    infer: ({ equation, operands }) => contract(equation, operands).output,
    costs: ({ equation, operands }) => costs(equation, operands),
    reach: () => EVERYTHING,
  }),
];
