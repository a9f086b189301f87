import { Account, type Budget } from '../budget.js';
import type { Convention } from '../conventions.js';
import type { Evaluated, Expression, Numeral, ProblemKind, SeriesNode, Span } from '../expression.js';
import { FUNCTIONS } from './functions.js';
import { Rational } from '../rational.js';

/** Significant digits that approximations by double keep, with room for a long chain of operations. */
const PRECISION = 12;
const LARGEST_FACTORIAL = 1000;
const MAX_ROOT_DEGREE = 64;

export interface EvaluateOptions {
  /** Readings other than the usual one. */
  readonly conventions?: readonly Convention[];
  /** Values that stand in for parts of the tree, for replaying a calculation from another number. */
  readonly replace?: (part: Expression) => Rational | null | undefined;
  readonly account?: Account;
}

/** The exact value of an expression, or what is in the way. Never throws; bounded by the account's budget. */
export function evaluate(expression: Expression, options: EvaluateOptions = {}): Evaluated {
  const evaluation = new Evaluation(options);
  try {
    return evaluation.result(evaluation.valueOf(expression));
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        kind: 'unknown',
        problem: { kind: error.problem, message: error.message, start: error.start, end: error.end },
      };
    }
    throw error;
  }
}

/** The value of a numeral under the given conventions. */
export function numeralValue(numeral: Numeral, conventions: readonly Convention[] = []): Rational {
  const { otherMantissa } = numeral;
  const mantissa =
    otherMantissa && conventions.includes(otherMantissa.convention) ? otherMantissa.value : numeral.mantissa;
  const other = numeral.otherMultipliers.find(({ convention }) => conventions.includes(convention));
  const multiplier = other ? other.value : numeral.multiplier;
  return multiplier === Rational.ONE ? mantissa : mantissa.times(multiplier);
}

class Refusal extends Error {
  readonly start: number;
  readonly end: number;

  constructor(
    readonly problem: ProblemKind,
    message: string,
    place: Span,
  ) {
    super(message);
    this.start = place.start;
    this.end = place.end;
  }
}

class Evaluation {
  private approximate = false;
  private readonly budget: Budget;
  private readonly account: Account;
  private readonly conventions: readonly Convention[];
  private readonly variables = new Map<string, Rational>();

  constructor(private readonly options: EvaluateOptions) {
    this.account = options.account ?? new Account();
    this.budget = this.account.budget;
    this.conventions = options.conventions ?? [];
  }

  result(value: Rational): Evaluated {
    return this.approximate ? { kind: 'approximate', value, precision: PRECISION } : { kind: 'exact', value };
  }

  valueOf(node: Expression): Rational {
    if (!this.account.spend()) throw tooLong(node);
    const replacement = this.options.replace?.(node);
    if (replacement) return replacement;
    return this.checked(this.compute(node), node);
  }

  /** Long numbers cost more: reducing a fraction takes time with the square of its length. */
  private checked(value: Rational, place: Span): Rational {
    if (isSmall(value)) return value;
    const { bits } = value;
    if (bits > this.budget.bits) throw tooLarge(place);
    if (!this.account.spend(1 + (bits >> 6) ** 2)) throw tooLong(place);
    return value;
  }

  private compute(node: Expression): Rational {
    switch (node.kind) {
      case 'number':
        return numeralValue(node.numeral, this.conventions);
      case 'name':
        return this.name(node.name, node.meaning, node);
      case 'negative':
        return this.valueOf(node.of).negated();
      case 'sum': {
        const ofPreceding = this.conventions.includes('percent-of-what-precedes');
        let total = Rational.ZERO;
        for (const { negative, expression } of node.terms) {
          const share = ofPreceding && expression.kind === 'number' && expression.numeral.suffix === '%';
          const value = share ? total.times(this.valueOf(expression)) : this.valueOf(expression);
          total = negative ? total.minus(value) : total.plus(value);
          this.checked(total, node);
        }
        return total;
      }
      case 'product':
        return this.product(node);
      case 'fraction':
        return this.quotient(this.valueOf(node.numerator), this.valueOf(node.denominator), node.denominator);
      case 'power':
        return this.power(node.base, node.exponent, node);
      case 'root':
        return this.root(node.of, node.degree, node);
      case 'factorial':
        return this.factorial(this.valueOf(node.of), node);
      case 'remainder': {
        const dividend = this.valueOf(node.dividend);
        const divisor = this.valueOf(node.divisor);
        return dividend.minus(divisor.times(this.quotient(dividend, divisor, node.divisor).floor()));
      }
      case 'call':
        return this.call(node.function, node.arguments, node);
      case 'series':
        return this.series(node);
      case 'tuple':
        if (node.asNumber && this.conventions.includes('commas-group-thousands'))
          return this.valueOf(node.asNumber);
        if (!this.conventions.includes('shape-is-its-product'))
          throw new Refusal('not-a-number', 'A shape, not a number.', node);
        return node.items.reduce(
          (product, item) => this.multiply(product, this.valueOf(item), node),
          Rational.ONE,
        );
    }
  }

  private name(name: string, meaning: { first: Evaluated; last: Evaluated } | null, place: Span): Rational {
    const variable = this.variables.get(name);
    if (variable) return variable;
    if (meaning) {
      const meant = this.conventions.includes('name-is-unrounded') ? meaning.first : meaning.last;
      if (meant.kind === 'unknown') throw new Refusal(meant.problem.kind, meant.problem.message, place);
      if (meant.kind === 'approximate') this.approximate = true;
      return meant.value;
    }
    if (name === 'e') return this.inexact(Math.E);
    if (name === 'π' || name === 'pi') return this.inexact(Math.PI);
    throw new Refusal('unknown-name', `The working does not say what “${name}” is.`, place);
  }

  private inexact(value: number): Rational {
    this.approximate = true;
    return Rational.fromDouble(value);
  }

  private multiply(a: Rational, b: Rational, place: Span): Rational {
    return this.checked(a.times(b), place);
  }

  private quotient(dividend: Rational, divisor: Rational, place: Span): Rational {
    if (divisor.isZero) throw new Refusal('division-by-zero', 'Division by zero.', place);
    return dividend.dividedBy(divisor);
  }

  private product(node: Extract<Expression, { kind: 'product' }>): Rational {
    const tighter = this.conventions.includes('juxtaposition-binds-tighter');
    let total = Rational.ONE;
    let dividing = false;
    for (const { inverse, joined, expression } of node.factors) {
      const value = this.valueOf(expression);
      dividing = inverse || (tighter && dividing && joined === 'juxtaposed');
      total = dividing ? this.quotient(total, value, expression) : total.times(value);
      this.checked(total, node);
    }
    return total;
  }

  private power(baseNode: Expression, exponentNode: Expression, place: Span): Rational {
    const exponent = this.valueOf(exponentNode);
    if (
      baseNode.kind === 'name' &&
      baseNode.name === 'e' &&
      baseNode.meaning === null &&
      !this.variables.has('e')
    ) {
      return exponent.isZero ? Rational.ONE : this.double(Math.exp(exponent.toNumber()), place);
    }
    const base = this.valueOf(baseNode);
    if (base.isZero && exponent.sign < 0)
      throw new Refusal('division-by-zero', 'A negative power of zero.', place);
    if (exponent.isInteger) {
      if (base.isZero || base.equals(Rational.ONE)) return exponent.isZero ? Rational.ONE : base;
      const size = exponent.absolute();
      if (base.absolute().equals(Rational.ONE)) return size.numerator % 2n === 0n ? Rational.ONE : base;
      if (
        size.numerator > BigInt(this.budget.bits) ||
        (base.bits - 1) * Number(size.numerator) > this.budget.bits
      ) {
        throw tooLarge(place);
      }
      return base.power(Number(exponent.numerator));
    }
    if (exponent.denominator <= BigInt(MAX_ROOT_DEGREE) && exponent.absolute().numerator <= 64n) {
      const root = base.root(Number(exponent.denominator));
      if (root && root.bits * Number(exponent.absolute().numerator) <= this.budget.bits) {
        return root.power(Number(exponent.numerator));
      }
    }
    return this.double(base.toNumber() ** exponent.toNumber(), place);
  }

  private root(of: Expression, degreeNode: Expression | null, place: Span): Rational {
    const value = this.valueOf(of);
    const degree = degreeNode === null ? Rational.of(2) : this.valueOf(degreeNode);
    if (!degree.isInteger || degree.sign <= 0 || degree.numerator > BigInt(MAX_ROOT_DEGREE)) {
      throw new Refusal('not-a-real-number', 'This root is not one that can be taken here.', place);
    }
    const exact = value.root(Number(degree.numerator));
    return exact ?? this.double(value.toNumber() ** (1 / Number(degree.numerator)), place);
  }

  private double(value: number, place: Span): Rational {
    if (Number.isNaN(value)) throw new Refusal('not-a-real-number', 'This has no real value.', place);
    if (!Number.isFinite(value) || (value !== 0 && Math.abs(value) < 1e-300)) throw tooLarge(place);
    return this.inexact(value);
  }

  private factorial(value: Rational, place: Span): Rational {
    if (!value.isInteger || value.sign < 0)
      throw new Refusal('not-a-whole-number', 'Only whole numbers have a factorial.', place);
    if (value.numerator > BigInt(LARGEST_FACTORIAL)) throw tooLarge(place);
    if (!this.account.spend(Number(value.numerator))) throw tooLong(place);
    let product = 1n;
    for (let n = 2n; n <= value.numerator; n++) {
      product *= n;
      if (product >= 1n << BigInt(this.budget.bits)) throw tooLarge(place);
    }
    return Rational.of(product);
  }

  private call(name: string, argumentNodes: readonly Expression[], place: Span): Rational {
    const values = argumentNodes.map((argument) => this.valueOf(argument));
    const called = name === 'log' ? this.logarithmMeant() : name;
    const definition = FUNCTIONS.get(called);
    if (!definition) throw new Refusal('unknown-name', `“${name}” is no function known here.`, place);
    if (values.length === 0 || (definition.arity === 'one' && values.length > 1)) {
      throw new Refusal('not-a-number', `${name} takes one number.`, place);
    }
    const result = definition.of(values);
    if (result === null) throw new Refusal('not-a-real-number', 'This has no real value.', place);
    return typeof result === 'number' ? this.double(result, place) : result;
  }

  private logarithmMeant(): string {
    if (this.conventions.includes('log-is-base-10')) return 'log10';
    return this.conventions.includes('log-is-base-2') ? 'log2' : 'ln';
  }

  private series(node: SeriesNode): Rational {
    const from = this.valueOf(node.from);
    const to = this.valueOf(node.to);
    if (!from.isInteger || !to.isInteger)
      throw new Refusal('not-a-whole-number', 'The bounds must be whole numbers.', node);
    const outer = this.variables.get(node.variable);
    let total = node.operation === 'sum' ? Rational.ZERO : Rational.ONE;
    for (let n = from.numerator; n <= to.numerator; n++) {
      this.variables.set(node.variable, Rational.of(n));
      const value = this.valueOf(node.body);
      total = node.operation === 'sum' ? total.plus(value) : total.times(value);
      this.checked(total, node);
    }
    if (outer) this.variables.set(node.variable, outer);
    else this.variables.delete(node.variable);
    return total;
  }
}

function tooLarge(place: Span): Refusal {
  return new Refusal('too-large', 'The number is too large to be meant.', place);
}

function tooLong(place: Span): Refusal {
  return new Refusal('too-many-operations', 'The calculation takes too many operations.', place);
}

const SMALL = 1n << 62n;

function isSmall(value: Rational): boolean {
  return value.numerator < SMALL && value.numerator > -SMALL && value.denominator < SMALL;
}
