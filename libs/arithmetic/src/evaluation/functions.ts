import { Rational } from '../rational.js';

/** A function of one or more numbers. Exact where the result is rational and says so by returning a `Rational`. */
export interface MathFunction {
  /** How LaTeX writes it: `\ln`, `\operatorname{sigmoid}`. */
  readonly latex: string;
  readonly arity: 'one' | 'one-or-two' | 'many';
  /** Null where the function has no real value there. A number is an approximation by double. */
  readonly of: (values: readonly Rational[]) => Rational | number | null;
}

const first = (values: readonly Rational[]): Rational => values[0] ?? Rational.ZERO;

function exactly(of: (value: Rational) => Rational): MathFunction['of'] {
  return (values) => of(first(values));
}

function logarithm(base: number): MathFunction['of'] {
  return (values) => {
    const value = first(values);
    if (value.sign <= 0) return null;
    if (base !== Math.E) {
      const exponent = Math.round(logOf(value) / Math.log(base));
      if (Math.abs(exponent) <= 400 && Rational.of(base).power(exponent).equals(value))
        return Rational.of(exponent);
    }
    if (value.equals(Rational.ONE)) return Rational.ZERO;
    return base === 2 ? logOf(value) / Math.LN2 : base === 10 ? logOf(value) / Math.LN10 : logOf(value);
  };
}

/** The logarithm of numbers beyond the doubles, too. */
function logOf(value: Rational): number {
  const direct = value.toNumber();
  if (Number.isFinite(direct) && direct !== 0) return Math.log(direct);
  return logOfInteger(value.numerator) - logOfInteger(value.denominator);
}

function logOfInteger(n: bigint): number {
  const hex = n.toString(16);
  return Math.log(Number(BigInt(`0x${hex.slice(0, 13)}`))) + Math.max(0, hex.length - 13) * 4 * Math.LN2;
}

function byDouble(of: (value: number) => number): MathFunction['of'] {
  return (values) => {
    const value = first(values);
    const result = of(value.toNumber());
    return Number.isFinite(result) ? result : null;
  };
}

const extreme =
  (wanted: 1 | -1): MathFunction['of'] =>
  (values) =>
    values.reduce((best, value) => (value.compare(best) === wanted ? value : best), first(values));

/** The functions a working may use; to add one is to add a line. */
export const FUNCTIONS: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>([
  ['floor', { latex: 'floor', arity: 'one', of: exactly((value) => value.floor()) }],
  ['ceil', { latex: 'ceil', arity: 'one', of: exactly((value) => value.ceiling()) }],
  ['round', { latex: '\\operatorname{round}', arity: 'one', of: exactly((value) => value.rounded()) }],
  ['abs', { latex: '\\operatorname{abs}', arity: 'one', of: exactly((value) => value.absolute()) }],
  [
    'relu',
    {
      latex: '\\operatorname{ReLU}',
      arity: 'one',
      of: exactly((value) => (value.sign < 0 ? Rational.ZERO : value)),
    },
  ],
  ['max', { latex: '\\max', arity: 'many', of: extreme(1) }],
  ['min', { latex: '\\min', arity: 'many', of: extreme(-1) }],
  [
    'exp',
    {
      latex: '\\exp',
      arity: 'one',
      of: (values) => (first(values).isZero ? Rational.ONE : byDouble(Math.exp)(values)),
    },
  ],
  ['ln', { latex: '\\ln', arity: 'one', of: logarithm(Math.E) }],
  ['log', { latex: '\\log', arity: 'one', of: logarithm(Math.E) }],
  ['log2', { latex: '\\log_{2}', arity: 'one', of: logarithm(2) }],
  ['log10', { latex: '\\log_{10}', arity: 'one', of: logarithm(10) }],
  [
    'sigmoid',
    {
      latex: '\\sigma',
      arity: 'one',
      of: (values) =>
        first(values).isZero ? Rational.of(1, 2) : byDouble((x) => 1 / (1 + Math.exp(-x)))(values),
    },
  ],
  [
    'tanh',
    {
      latex: '\\tanh',
      arity: 'one',
      of: (values) => (first(values).isZero ? Rational.ZERO : byDouble(Math.tanh)(values)),
    },
  ],
  // Of angles in radians.
  ...(['sin', 'cos', 'tan'] as const).map(
    (name) => [name, { latex: `\\${name}`, arity: 'one', of: byDouble(Math[name]) }] as const,
  ),
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...[...FUNCTIONS.keys()].map((name) => [name, name] as const),
  ['ceiling', 'ceil'],
  ['int', 'floor'],
  ['math.floor', 'floor'],
  ['math.ceil', 'ceil'],
  ['math.exp', 'exp'],
  ['math.log', 'ln'],
  ['np.exp', 'exp'],
  ['np.log', 'ln'],
  ['loge', 'ln'],
  ['log_2', 'log2'],
  ['log_10', 'log10'],
  ['lg', 'log10'],
  ...['sin', 'cos', 'tan', 'tanh'].flatMap((name) =>
    ['math', 'np', 'torch'].map((room) => [`${room}.${name}`, name] as const),
  ),
  ['σ', 'sigmoid'],
  ['sqrt', 'sqrt'],
  ['math.sqrt', 'sqrt'],
]);

/** Functions that are written without brackets, too: `ln 2`. */
export function isPrefixFunction(written: string): boolean {
  return ['ln', 'log', 'log2', 'log10', 'exp', 'sqrt'].includes(written);
}

/** The table's key for a function as written, `sqrt` for the root, or null. */
export function functionNamed(written: string): string | null {
  return SPELLINGS.get(written) ?? SPELLINGS.get(written.toLowerCase()) ?? null;
}
