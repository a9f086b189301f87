import type { Role } from './quantities.js';

/**
 * A small expression tree, evaluated exactly, printed as a person would write it, and rewritten by whoever looks for
 * the mistake behind a number. Nodes are plain immutable data: compare and copy them freely.
 */
export type Formula =
  | Literal
  | Quantity
  | Part
  | { readonly kind: 'sum'; readonly terms: readonly Formula[] }
  | { readonly kind: 'difference'; readonly from: Formula; readonly subtract: Formula }
  | { readonly kind: 'product'; readonly factors: readonly Formula[] }
  | { readonly kind: 'quotient'; readonly numerator: Formula; readonly denominator: Formula }
  | { readonly kind: 'power'; readonly base: Formula; readonly exponent: Formula }
  | { readonly kind: 'floor'; readonly of: Formula }
  | { readonly kind: 'ceil'; readonly of: Formula }
  | { readonly kind: 'maximum'; readonly of: readonly Formula[] }
  | { readonly kind: 'minimum'; readonly of: readonly Formula[] };

/** A number that belongs to the formula itself, as the 1 of `(H - K)/s + 1`. */
export interface Literal {
  readonly kind: 'literal';
  readonly value: bigint;
}

/** A number that belongs to the network, with what it is: 64 as `out_channels`. */
export interface Quantity {
  readonly kind: 'quantity';
  readonly role: Role;
  readonly value: bigint;
}

/** A result that one would write down on the way, with its name: `conv1`, `weight`, `total`. */
export interface Part {
  readonly kind: 'part';
  readonly name: string;
  readonly of: Formula;
}

export function literal(value: number | bigint): Literal {
  return { kind: 'literal', value: BigInt(value) };
}

export function quantity(role: Role, value: number | bigint): Quantity {
  return { kind: 'quantity', role, value: BigInt(value) };
}

export function part(name: string, of: Formula): Part {
  return { kind: 'part', name, of };
}

/** A sum; of one term, that term; of none, zero. */
export function sum(...terms: readonly Formula[]): Formula {
  const [only] = terms;
  if (only === undefined) return literal(0);
  return terms.length === 1 ? only : { kind: 'sum', terms };
}

/** A product; of one factor, that factor; of none, one. */
export function product(...factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (only === undefined) return literal(1);
  return factors.length === 1 ? only : { kind: 'product', factors };
}

export function difference(from: Formula, subtract: Formula): Formula {
  return { kind: 'difference', from, subtract };
}

export function quotient(numerator: Formula, denominator: Formula): Formula {
  return { kind: 'quotient', numerator, denominator };
}

export function power(base: Formula, exponent: Formula): Formula {
  return { kind: 'power', base, exponent };
}

export function floor(of: Formula): Formula {
  return { kind: 'floor', of };
}

export function ceil(of: Formula): Formula {
  return { kind: 'ceil', of };
}

export function maximum(...of: readonly Formula[]): Formula {
  return { kind: 'maximum', of };
}

export function minimum(...of: readonly Formula[]): Formula {
  return { kind: 'minimum', of };
}
