import type { Value } from '@tensormark/frameworks';

/**
 * What is computed, however it is written: a sum of products with numbers before them. Equal expressions have equal keys. Sums within
 * products stay as they are written, but for a number before them, which is taken out.
 */
export interface Expression {
  readonly kind: 'sum';
  readonly key: string;
  /** Sorted by their keys; none for 0. */
  readonly terms: readonly Term[];
  /** The functions that are called anywhere in it, a bit each. */
  readonly functions: bigint;
}

export interface Term {
  readonly coefficient: number;
  /** Sorted by their keys; none for a number. */
  readonly factors: readonly Factor[];
  readonly key: string;
}

export interface Factor {
  readonly base: Base;
  readonly power: number;
}

export type Base = Atom | Call | Expression;

/** Something that is not looked into: a value of the program, or in a formula a name. */
export interface Atom {
  readonly kind: 'atom';
  readonly key: string;
  /** Undefined in formulas. */
  readonly value: Value | undefined;
}

/** A function of expressions: `exp`, `mean`, `softmax`. */
export interface Call {
  readonly kind: 'call';
  readonly key: string;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly functions: bigint;
}

const bits = new Map<string, bigint>();

/** The bit of a function's name. */
function bitOf(name: string): bigint {
  let bit = bits.get(name);
  if (bit === undefined) {
    bit = 1n << BigInt(bits.size);
    bits.set(name, bit);
  }
  return bit;
}

function functionsOf(base: Base): bigint {
  return base.kind === 'atom' ? 0n : base.functions;
}

/** Numbers that differ by rounding alone are the same. */
function written(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function termOf(coefficient: number, factors: readonly Factor[]): Term {
  const sorted =
    factors.length < 2 ? factors : factors.toSorted((one, other) => (one.base.key < other.base.key ? -1 : 1));
  const key = sorted
    .map(({ base, power }) => (power === 1 ? base.key : `${base.key}^${written(power)}`))
    .join('*');
  return { coefficient, factors: sorted, key };
}

/** A sum of terms, of which those of one key are put together. */
export function sumOf(terms: readonly Term[]): Expression {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const known = byKey.get(term.key);
    byKey.set(
      term.key,
      known === undefined ? term : { ...term, coefficient: known.coefficient + term.coefficient },
    );
  }
  const sorted = [...byKey.values()]
    .filter(({ coefficient }) => Math.abs(coefficient) > 1e-12)
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  let functions = 0n;
  for (const { factors } of sorted) for (const { base } of factors) functions |= functionsOf(base);
  return {
    kind: 'sum',
    key: `(${sorted.map(({ coefficient, key }) => `${written(coefficient)}·${key}`).join('+')})`,
    terms: sorted,
    functions,
  };
}

export function numberOf(value: number): Expression {
  return sumOf([termOf(value, [])]);
}

export function atomOf(key: string, value?: Value): Expression {
  return sumOf([termOf(1, [{ base: { kind: 'atom', key, value }, power: 1 }])]);
}

/** The number that an expression is; undefined for others. */
export function asNumber({ terms }: Expression): number | undefined {
  const [first] = terms;
  if (first === undefined) return 0;
  return terms.length === 1 && first.factors.length === 0 ? first.coefficient : undefined;
}

/** The only term of an expression; undefined for sums. */
export function onlyTerm({ terms }: Expression): Term | undefined {
  return terms.length === 1 ? terms[0] : undefined;
}

export function sum(...parts: readonly Expression[]): Expression {
  return sumOf(parts.flatMap(({ terms }) => terms));
}

export function scaled({ terms }: Expression, by: number): Expression {
  return sumOf(terms.map((term) => ({ ...term, coefficient: term.coefficient * by })));
}

/** A sum as a number and the rest, whose first term has no number before it. */
function withoutContent(expression: Expression): readonly [content: number, rest: Expression] {
  const content = expression.terms[0]?.coefficient ?? 1;
  return content === 1 ? [1, expression] : [content, scaled(expression, 1 / content)];
}

/** An expression as one term: sums become a factor. */
function asTerm(expression: Expression): Term {
  const only = onlyTerm(expression);
  if (only !== undefined) return only;
  if (expression.terms.length === 0) return termOf(0, []);
  const [content, rest] = withoutContent(expression);
  return termOf(content, [{ base: rest, power: 1 }]);
}

export function product(one: Expression, other: Expression): Expression {
  const [first, second] = [asNumber(one), asNumber(other)];
  if (first !== undefined) return scaled(other, first);
  if (second !== undefined) return scaled(one, second);
  const [left, right] = [asTerm(one), asTerm(other)];
  return productOf(left.coefficient * right.coefficient, [...left.factors, ...right.factors]);
}

/** A product of factors, of which those of one base are put together, and exponentials. */
function productOf(coefficient: number, factors: readonly Factor[]): Expression {
  const byKey = new Map<string, Factor>();
  let exponent: Expression | undefined;
  for (const { base, power } of factors) {
    const [given] = base.kind === 'call' && base.name === 'exp' ? base.args : [];
    if (given !== undefined) {
      exponent = exponent === undefined ? scaled(given, power) : sum(exponent, scaled(given, power));
      continue;
    }
    const known = byKey.get(base.key);
    byKey.set(base.key, { base, power: power + (known?.power ?? 0) });
  }
  const kept = [...byKey.values()].filter(({ power }) => Math.abs(power) > 1e-12);
  if (exponent !== undefined && asNumber(exponent) !== 0)
    kept.push({ base: callBase('exp', [exponent]), power: 1 });
  const [only] = kept;
  if (kept.length === 1 && only?.power === 1 && only.base.kind === 'sum')
    return scaled(only.base, coefficient);
  return sumOf([termOf(coefficient, kept)]);
}

export function power(of: Expression, exponent: number): Expression {
  if (exponent === 1) return of;
  const { coefficient, factors } = asTerm(of);
  const raised = coefficient ** exponent;
  if (Number.isFinite(raised))
    return productOf(
      raised,
      factors.map(({ base, power: inner }) => ({ base, power: inner * exponent })),
    );
  // The root of something negative stays as it is.
  return sumOf([termOf(1, [{ base: scaled(of, 1), power: exponent }])]);
}

function callBase(name: string, args: readonly Expression[]): Call {
  let functions = bitOf(name);
  for (const arg of args) functions |= arg.functions;
  return { kind: 'call', key: `${name}[${args.map(({ key }) => key).join(',')}]`, name, args, functions };
}

/** A function of expressions, as it stands. */
export function callOf(name: string, ...args: readonly Expression[]): Expression {
  return sumOf([termOf(1, [{ base: callBase(name, args), power: 1 }])]);
}

export function exponential(of: Expression): Expression {
  const logarithms = of.terms.flatMap(({ coefficient, factors: [factor, ...others] }) => {
    const [given] = factor?.base.kind === 'call' && factor.base.name === 'log' ? factor.base.args : [];
    return given !== undefined && others.length === 0 && factor?.power === 1
      ? [power(given, coefficient)]
      : [];
  });
  const rest = sumOf(
    of.terms.filter(
      ({ factors: [factor, ...others] }) =>
        others.length > 0 ||
        factor === undefined ||
        factor.power !== 1 ||
        factor.base.kind !== 'call' ||
        factor.base.name !== 'log',
    ),
  );
  const value = asNumber(rest);
  let made = value === undefined ? callOf('exp', rest) : numberOf(Math.exp(value));
  for (const one of logarithms) made = product(made, one);
  return made;
}

export function logarithm(of: Expression): Expression {
  const only = onlyTerm(of);
  if (only === undefined || only.coefficient <= 0) return callOf('log', of);
  return sum(
    ...(only.coefficient === 1 ? [] : [numberOf(Math.log(only.coefficient))]),
    ...only.factors.map(({ base, power: exponent }) => {
      if (base.kind === 'call' && base.name === 'exp' && base.args[0] !== undefined)
        return scaled(base.args[0], exponent);
      return scaled(callOf('log', sumOf([termOf(1, [{ base, power: 1 }])])), exponent);
    }),
  );
}

/** A sum or mean over some dimensions, whichever they are: numbers are taken out of it. */
export function reduced(name: string, of: Expression): Expression {
  if (of.terms.length === 0) return of;
  const value = asNumber(of);
  if (value !== undefined && name === 'mean') return of;
  const [content, rest] = withoutContent(of);
  return scaled(callOf(name, rest), content);
}

/** The absolute value, of which no sign is left. */
export function absolute(of: Expression): Expression {
  const [content, rest] = withoutContent(of);
  return scaled(callOf('abs', rest), Math.abs(content));
}

/** Functions of one element at a time. */
const ELEMENTWISE = /^(exp|log|abs|sigmoid|tanh|sin|cos|pow|max|min)$/;

/** The same with something else for each atom; undefined where a function in it is not worked out element by element. */
export function replaced(of: Expression, by: (atom: Atom) => Expression): Expression | undefined {
  const parts: Expression[] = [];
  for (const { coefficient, factors } of of.terms) {
    let made = numberOf(coefficient);
    for (const { base, power: exponent } of factors) {
      const inner =
        base.kind === 'atom' ? by(base) : base.kind === 'sum' ? replaced(base, by) : replacedIn(base, by);
      if (inner === undefined) return undefined;
      made = product(made, power(inner, exponent));
    }
    parts.push(made);
  }
  return sum(...parts);
}

function replacedIn({ name, args }: Call, by: (atom: Atom) => Expression): Expression | undefined {
  if (!ELEMENTWISE.test(name)) return undefined;
  const given: Expression[] = [];
  for (const arg of args) {
    const one = replaced(arg, by);
    if (one === undefined) return undefined;
    given.push(one);
  }
  const [first] = given;
  if (first === undefined) return undefined;
  return name === 'exp' ? exponential(first) : name === 'log' ? logarithm(first) : callOf(name, ...given);
}
