import { asNumber, numberOf, onlyTerm, power, product, scaled, sumOf } from './expression.js';
import type { Call, Expression, Factor, Term } from './expression.js';

/** What the names of a formula stand for. */
export type Bindings = ReadonlyMap<string, Expression>;

/** A formula found: what it has for its names, and the number that it is taken times. */
export interface Match {
  readonly bindings: Bindings;
  readonly scale: number;
}

/** What the names of a formula may stand for. */
export interface Roles {
  /** Whether a name may stand for that. */
  readonly mayBe: (name: string, of: Expression, known: Bindings) => boolean;
  /** Names that may stand for numbers too. */
  readonly numbers: ReadonlySet<string>;
}

interface Partial {
  readonly bindings: Bindings;
  readonly scale: number | undefined;
}

/** No search for one formula takes longer. */
const MOST_STEPS = 4000;

/** How an expression is a formula times a number, the first way that is accepted; undefined where it is none. */
export function matched(
  formula: Expression,
  of: Expression,
  roles: Roles,
  accepts: (match: Match) => boolean = () => true,
): Match | undefined {
  if ((formula.functions & of.functions) !== formula.functions) return undefined;
  const matcher = new Matcher(roles);
  for (const { bindings, scale } of matcher.sums(formula, of, { bindings: new Map(), scale: undefined }))
    if (accepts({ bindings, scale: scale ?? 1 })) return { bindings, scale: scale ?? 1 };
  return undefined;
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one), Math.abs(other));
}

/** The name that a term is, with any number before it. */
function bareName({ factors: [factor, ...others] }: Term): string | undefined {
  return factor?.base.kind === 'atom' && factor.power === 1 && others.length === 0
    ? factor.base.key
    : undefined;
}

/** Functions that a number before what they are given may be taken out of. */
const LINEAR = /^(sum|mean|abs|std)$/;

class Matcher {
  #steps = 0;

  constructor(private readonly roles: Roles) {}

  *sums(formula: Expression, of: Expression, from: Partial): Generator<Partial> {
    const bare = formula.terms.filter((term) => bareName(term) !== undefined);
    const others = formula.terms.filter((term) => bareName(term) === undefined);
    if (of.terms.length < formula.terms.length || (bare.length === 0 && of.terms.length > others.length))
      return;
    yield* this.#terms(others, bare, of.terms, from);
    // Any of the names may be the one that stands for what is left.
    if (of.terms.length > formula.terms.length)
      for (const one of bare.slice(0, -1))
        yield* this.#terms(others, [...bare.filter((other) => other !== one), one], of.terms, from);
  }

  *#terms(
    [term, ...others]: readonly Term[],
    bare: readonly Term[],
    left: readonly Term[],
    from: Partial,
  ): Generator<Partial> {
    if (this.#steps++ > MOST_STEPS) return;
    if (term === undefined) {
      yield* this.#names(bare, left, from);
      return;
    }
    for (const one of left)
      for (const found of this.#term(term, one, from))
        yield* this.#terms(
          others,
          bare,
          left.filter((other) => other !== one),
          found,
        );
  }

  /** Terms of a sum that are names alone: the last of them may stand for all that is left. */
  *#names([term, ...others]: readonly Term[], left: readonly Term[], from: Partial): Generator<Partial> {
    if (this.#steps++ > MOST_STEPS) return;
    if (term === undefined) {
      if (left.length === 0) yield from;
      return;
    }
    const name = bareName(term) ?? '';
    const known = from.bindings.get(name);
    if (known !== undefined) {
      const scale = from.scale ?? 1;
      const expected = scaled(known, term.coefficient * scale).terms;
      const rest = left.filter(
        (one) =>
          !expected.some(({ key, coefficient }) => key === one.key && isClose(coefficient, one.coefficient)),
      );
      if (left.length - rest.length === expected.length) yield* this.#names(others, rest, { ...from, scale });
      return;
    }
    if (others.length === 0 && left.length > 0 && (left.length > 1 || from.scale !== undefined)) {
      const rest = scaled(sumOf(left), 1 / (term.coefficient * (from.scale ?? 1)));
      const bindings = this.#bound(name, rest, from.bindings, left.length === 1);
      if (bindings !== undefined) yield { bindings, scale: from.scale ?? 1 };
      return;
    }
    for (const one of left) {
      const scale = from.scale ?? one.coefficient / term.coefficient;
      const bindings = this.#bound(
        name,
        scaled(sumOf([one]), 1 / (term.coefficient * scale)),
        from.bindings,
        true,
      );
      if (bindings !== undefined)
        yield* this.#names(
          others,
          left.filter((other) => other !== one),
          { bindings, scale },
        );
    }
  }

  *#term(term: Term, one: Term, from: Partial): Generator<Partial> {
    const order = term.factors.toSorted((a, b) => rank(a, from.bindings) - rank(b, from.bindings));
    for (const { bindings, times, open } of this.#factors(order, one.factors, from.bindings, 1)) {
      const whole = term.coefficient * times;
      if (open !== undefined) {
        const number = (one.coefficient / (whole * (from.scale ?? 1))) ** (1 / open.power);
        const bound = Number.isFinite(number)
          ? this.#bound(open.name, numberOf(number), bindings)
          : undefined;
        if (bound !== undefined) yield { bindings: bound, scale: from.scale ?? 1 };
      } else if (from.scale === undefined) yield { bindings, scale: one.coefficient / whole };
      else if (isClose(one.coefficient, whole * from.scale)) yield { bindings, scale: from.scale };
    }
  }

  *#factors(
    [factor, ...others]: readonly Factor[],
    left: readonly Factor[],
    bindings: Bindings,
    times: number,
    open?: { readonly name: string; readonly power: number },
  ): Generator<{
    readonly bindings: Bindings;
    readonly times: number;
    readonly open: { readonly name: string; readonly power: number } | undefined;
  }> {
    if (this.#steps++ > MOST_STEPS) return;
    if (factor === undefined) {
      if (left.length === 0) yield { bindings, times, open };
      return;
    }
    const { base, power: exponent } = factor;
    if (base.kind === 'atom') {
      const known = bindings.get(base.key);
      if (known !== undefined) {
        const rest = without(left, power(known, exponent));
        if (rest !== undefined) yield* this.#factors(others, rest.left, bindings, times * rest.times, open);
        return;
      }
      const isLast = others.length === 0;
      for (const one of left) {
        if (isLast && left.length > 1) break;
        if (one.power / exponent <= 0 || (exponent !== 1 && !Number.isInteger(one.power / exponent)))
          continue;
        const bound = this.#bound(
          base.key,
          power(
            sumOf([{ coefficient: 1, factors: [{ ...one, power: 1 }], key: one.base.key }]),
            one.power / exponent,
          ),
          bindings,
        );
        if (bound !== undefined)
          yield* this.#factors(
            others,
            left.filter((other) => other !== one),
            bound,
            times,
            open,
          );
      }
      if (isLast && left.length > 1 && exponent === 1) {
        let all = numberOf(1);
        for (const one of left)
          all = product(
            all,
            power(sumOf([{ coefficient: 1, factors: [{ ...one, power: 1 }], key: one.base.key }]), one.power),
          );
        const bound = this.#bound(base.key, all, bindings);
        if (bound !== undefined) yield* this.#factors([], [], bound, times, open);
      }
      if (open === undefined && this.roles.numbers.has(base.key))
        yield* this.#factors(others, left, bindings, times, { name: base.key, power: exponent });
      return;
    }
    for (const one of left) {
      if (one.base.kind !== base.kind || !isClose(one.power, exponent)) continue;
      const rest = left.filter((other) => other !== one);
      if (one.base.kind === 'sum' && base.kind === 'sum') {
        for (const found of this.sums(base, one.base, { bindings, scale: undefined }))
          yield* this.#factors(others, rest, found.bindings, times * (found.scale ?? 1) ** -exponent, open);
      } else if (one.base.kind === 'call' && base.kind === 'call' && one.base.name === base.name)
        for (const found of this.#call(base, one.base, bindings))
          yield* this.#factors(others, rest, found.bindings, times * (found.scale ?? 1) ** -exponent, open);
    }
  }

  *#call(formula: Call, of: Call, bindings: Bindings): Generator<Partial> {
    if (formula.args.length !== of.args.length) return;
    const [first, second] = of.args;
    yield* this.#args(formula, of.args, bindings);
    if ((formula.name === 'max' || formula.name === 'min') && first !== undefined && second !== undefined)
      yield* this.#args(formula, [second, first], bindings);
  }

  *#args({ name, args }: Call, given: readonly Expression[], bindings: Bindings, at = 0): Generator<Partial> {
    const [formula, of] = [args[at], given[at]];
    if (formula === undefined || of === undefined) {
      yield { bindings, scale: 1 };
      return;
    }
    const isLinear = LINEAR.test(name);
    for (const found of this.whole(formula, of, { bindings, scale: isLinear ? undefined : 1 }))
      if (isLinear)
        yield name === 'abs' || name === 'std' ? { ...found, scale: Math.abs(found.scale ?? 1) } : found;
      else yield* this.#args({ ...EMPTY, name, args }, given, found.bindings, at + 1);
  }

  /** A sum that may be a name alone, or nothing but a number. */
  *whole(formula: Expression, of: Expression, from: Partial): Generator<Partial> {
    const only = onlyTerm(formula);
    const name = only === undefined ? undefined : bareName(only);
    if (name !== undefined && only?.coefficient === 1 && !from.bindings.has(name)) {
      const bindings = this.#bound(name, of, from.bindings);
      if (bindings !== undefined) yield { bindings, scale: 1 };
      return;
    }
    yield* this.sums(formula, of, from);
  }

  /** `isTaken`: one term of a sum, whose sign is the formula's. */
  #bound(name: string, of: Expression, known: Bindings, isTaken = false): Bindings | undefined {
    if (asNumber(of) !== undefined && !this.roles.numbers.has(name)) return undefined;
    if (isTaken && asNumber(of) === undefined && (onlyTerm(of)?.coefficient ?? 1) < 0) return undefined;
    if (asNumber(of) === undefined)
      for (const other of known.values()) if (other.key === of.key) return undefined;
    return this.roles.mayBe(name, of, known) ? new Map(known).set(name, of) : undefined;
  }
}

const EMPTY: Call = { kind: 'call', key: '', name: '', args: [], functions: 0n };

/** Functions are looked for first, then names that are known, then the others. */
function rank({ base }: Factor, known: Bindings): number {
  return base.kind === 'call' ? 0 : base.kind === 'sum' ? 1 : known.has(base.key) ? 2 : 3;
}

/** What is left of factors without those of a product. */
function without(
  left: readonly Factor[],
  of: Expression,
): { readonly left: readonly Factor[]; readonly times: number } | undefined {
  const term = onlyTerm(of);
  const wanted: readonly Factor[] = term?.factors ?? [{ base: of, power: 1 }];
  const rest = left.filter(
    (one) =>
      !wanted.some(({ base, power: exponent }) => base.key === one.base.key && isClose(exponent, one.power)),
  );
  if (left.length - rest.length !== wanted.length) return undefined;
  return { left: rest, times: term?.coefficient ?? 1 };
}
