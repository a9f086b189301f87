import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { oncePerProgram } from '../ask/once.js';
import { asNumber, atomOf, numberOf, onlyTerm, replaced, sumOf } from './expression.js';
import type { Expression } from './expression.js';
import { meaningOf } from './vocabulary.js';

/** What is added so that nothing is divided by 0, or no logarithm taken of it: it changes no formula. */
const LARGEST_GUARD = 1e-4;
const GUARD = /^_*(eps|epsilon|smooth|smoothing|smooth_\w+|tiny)$/i;
const DEEPEST = 60;
/** Characters of a key. No formula is as long; a loop that makes each value of the one before, twice, doubles it every turn. */
const LONGEST = 4000;

/** What a value of the program is, as far as its operations are known; each value is read once. */
export const expressionsIn = oncePerProgram((): ((datum: Datum | undefined) => Expression) => {
  const known = new Map<Value, Expression>();
  const ids = new Map<Datum, number>();
  const idOf = (datum: Datum): number => {
    const id = ids.get(datum) ?? ids.size;
    ids.set(datum, id);
    return id;
  };
  const read = (datum: Datum | undefined, depth: number): Expression => {
    if (typeof datum === 'number' || typeof datum === 'bigint') return numberOf(Number(datum));
    if (!isValue(datum)) return atomOf(typeof datum === 'object' ? `?${idOf(datum)}` : `?${String(datum)}`);
    let found = known.get(datum);
    if (found === undefined) {
      found = depth < DEEPEST ? made(datum, depth) : undefined;
      if (found === undefined || found.key.length > LONGEST) found = leaf(datum, depth);
      known.set(datum, found);
    }
    return found;
  };
  const made = (value: Value, depth: number): Expression | undefined => {
    if (value.made.kind !== 'operation') return undefined;
    const foreign = foreignCall(value);
    const name = foreign === undefined ? value.made.name : (foreign.name.split('.').at(-1) ?? '');
    const { positional, named } = foreign?.args ?? value.made.args;
    if (name === 'getitem') return indexed(value, positional, depth);
    if (name === 'gather' || name === 'index_select')
      return indexed(value, [positional[0], positional[2]], depth);
    if (
      (name === 'clamp' || name === 'clip' || name === 'clamp_min' || name === 'clip_by_value') &&
      named.size + positional.length > 1
    )
      return clamped(
        read(positional[0], depth + 1),
        positional[1] ?? named.get('min') ?? named.get('a_min'),
        positional[2] ?? named.get('max') ?? named.get('a_max'),
      );
    const meaning = meaningOf(name);
    if (meaning === undefined || !areOperands(positional)) return undefined;
    const args = positional.map((arg) => read(arg, depth + 1));
    const given = meaning(args);
    return given !== undefined && name === 'add' ? withoutGuards(given) : given;
  };
  const clamped = (
    of: Expression,
    low: Datum | undefined,
    high: Datum | undefined,
  ): Expression | undefined => {
    const [least, most] = [low, high].map((one) =>
      one === undefined || one === null ? undefined : read(one, 0),
    );
    if (least === undefined) return undefined;
    const [from, to] = [asNumber(least), most && asNumber(most)];
    if (from !== undefined && from > 0 && from <= LARGEST_GUARD) return of;
    if (most === undefined) return meaningOf('maximum')?.([of, least]);
    return to === undefined && from === undefined ? meaningOf('clip3')?.([of, least, most]) : undefined;
  };
  /** A part of something: of what is worked out element by element, the same of that part. */
  const indexed = (
    value: Value,
    [of, given]: readonly (Datum | undefined)[],
    depth: number,
  ): Expression | undefined => {
    const items = (Array.isArray(given) ? given : [given]).filter((one: Datum | undefined) => !isWhole(one));
    const whole = read(of, depth + 1);
    const [index] = items;
    if (items.length === 0) return whole;
    if (items.length > 1 || !isValue(index)) return undefined;
    return replaced(whole, (atom) => atomOf(`${atom.key}[#${index.id}]`, value));
  };
  const leaf = (value: Value, depth: number): Expression => {
    const { made, inputs } = value;
    const [of] = inputs;
    if (made.kind === 'attribute' && of !== undefined)
      return atomOf(`${read(of, depth + 1).key}.${made.name}`, value);
    return atomOf(`#${value.id}`, value);
  };
  return (datum) => read(datum, 0);
});

/** An index that leaves out nothing: `:`, `None`, `...`. */
function isWhole(index: Datum | undefined): boolean {
  if (index === null) return true;
  if (typeof index !== 'object' || Array.isArray(index) || !('kind' in index) || index.kind !== 'other')
    return false;
  const { holds, type } = index;
  return (
    type === 'ellipsis' ||
    (holds?.kind === 'slice' &&
      holds.start === null &&
      holds.stop === null &&
      (holds.step === null || holds.step === 1n))
  );
}

function areOperands(given: readonly Datum[]): boolean {
  return given.length < 5 && given.every((one) => typeof one !== 'string' && typeof one !== 'boolean');
}

/** A sum without what only guards it. */
function withoutGuards(expression: Expression): Expression {
  const { terms } = expression;
  if (terms.length < 2) return expression;
  const kept = terms.filter(
    ({ coefficient, factors: [factor, ...others] }) =>
      !(factor === undefined
        ? Math.abs(coefficient) <= LARGEST_GUARD
        : others.length === 0 &&
          factor.power === 1 &&
          factor.base.kind === 'atom' &&
          isGuard(factor.base.value)),
  );
  return kept.length === terms.length || kept.length === 0 ? expression : sumOf(kept);
}

function isGuard(value: Value | undefined): boolean {
  const made = value?.made;
  if (made?.kind === 'operation') return /(^|\.)epsilon$/.test(foreignCall(value)?.name ?? made.name);
  return (made?.kind === 'argument' || made?.kind === 'attribute') && GUARD.test(made.name);
}

/** The value that an expression is as a whole, where it is not looked into. */
export function valueIn(expression: Expression): Value | undefined {
  const only = onlyTerm(expression);
  const [factor, ...others] = only?.factors ?? [];
  return only?.coefficient === 1 && others.length === 0 && factor?.power === 1 && factor.base.kind === 'atom'
    ? factor.base.value
    : undefined;
}
