import {
  childrenOf,
  evaluate,
  FormulaError,
  withChildren,
  type Formula,
  type KnownValues,
  type Rational,
} from '@tensormark/network';
import type { Measure } from '../reference/reference.js';
import { calculationOf, LayerScope, type Calculation } from './layer-scope.js';
import { NO_SURROUNDINGS, type Surroundings } from './surroundings.js';

/** Formulas larger than this are not searched: no question that a person works through comes near. */
const MOST_FORMULAS = 20_000;
const DEEPEST = 2_000;

/** What a named part of a formula stands for. */
export interface PartMeaning {
  readonly module: string;
  readonly calculation: Calculation;
  /** What it stands for where the part itself only has its value. */
  readonly formula?: Formula;
}

/** What is asked, as the search takes it. */
export interface Question {
  readonly formula: Formula;
  readonly measure: Measure;
  readonly module: string;
  /** Parts that stand for numbers with a meaning of their own; any other is a step of the layer it stands in. */
  readonly meaningOf: (part: string, within: PartMeaning) => PartMeaning | undefined;
  readonly surroundings?: Surroundings;
}

/** A formula of the graph at its place. */
interface Place {
  readonly formula: Formula;
  readonly scope: LayerScope;
  /** The places that it is used in, and as which child there. */
  readonly parents: { readonly at: number; readonly slot: number }[];
}

/** One rewriting of the places of a graph. */
export interface Change {
  readonly places: readonly number[];
  rewrite(formula: Formula, scope: LayerScope): Formula | undefined;
}

/**
 * A formula with all that it rests on, each shared part once, so that a wrong result on the way is wrong wherever it is
 * used and a change is worked out through those places alone that it reaches.
 */
export class FormulaGraph {
  /** Children stand before their parents; the whole is last. */
  readonly places: Place[] = [];
  private readonly scopes = new Map<string, LayerScope>();
  private readonly byKind = new Map<Formula['kind'] | 'layer', number[]>();
  readonly root: Formula;
  private readonly numberOf = new Map<Formula, number>();
  /** Where the number stands that a part names. */
  private readonly partAt = new Map<string, number>();
  /** What stands in the graph for a formula as it was given: parts are replaced by what they stand for. */
  private readonly standing = new Map<Formula, Formula>();
  /** Places gone through by {@link changed} so far: what budgets are measured in. */
  spent = 0;
  /** What the formulas of the graph are worth, and those of the latest change. */
  private readonly lasting = new Map<Formula, Rational>();
  private passing = new Map<Formula, Rational>();
  private readonly known: KnownValues = {
    get: (formula) => this.lasting.get(formula) ?? this.passing.get(formula),
    set: (formula, value) => this.passing.set(formula, value),
  };

  private constructor(private readonly question: Question) {
    const { module, measure } = question;
    this.root = this.take(question.formula, { module, calculation: calculationOf(measure) }, true, 0);
  }

  /** Undefined for a formula past all use. */
  static of(question: Question): FormulaGraph | undefined {
    try {
      return new FormulaGraph(question);
    } catch (error) {
      if (error instanceof TooLarge) return undefined;
      throw error;
    }
  }

  /** The places of formulas of some kinds, in order. */
  placesOf(kinds: readonly (Formula['kind'] | 'layer')[]): readonly number[] {
    return [...new Set(kinds.flatMap((kind) => this.byKind.get(kind) ?? []))];
  }

  /** Undefined where the formula has no value. */
  value(formula: Formula): Rational | undefined {
    try {
      return evaluate(formula, this.known);
    } catch (error) {
      if (error instanceof FormulaError) return undefined;
      throw error;
    }
  }

  /**
   * The whole formula with changes made at their places, the earlier change first where two meet; undefined where one of
   * them no longer has anything to change.
   */
  changed(changes: readonly Change[]): Formula | undefined {
    return this.rebuilt(changes)?.get(this.places.length - 1);
  }

  /** Whether changes make a number on the way another, by the name of its part. */
  alters(changes: readonly Change[], part: string): boolean {
    const at = this.partAt.get(part);
    const before = at === undefined ? undefined : this.places[at];
    const after = at === undefined ? undefined : this.rebuilt(changes)?.get(at);
    if (before === undefined || after === undefined) return false;
    const [old, now] = [this.value(before.formula), this.value(after)];
    return (
      old === undefined ||
      now === undefined ||
      old.numerator !== now.numerator ||
      old.denominator !== now.denominator
    );
  }

  /** The formulas of all places that changes reach. */
  private rebuilt(changes: readonly Change[]): ReadonlyMap<number, Formula> | undefined {
    const dirty = new Set<number>();
    for (const { places } of changes) for (const place of places) this.reach(place, dirty);
    this.spent += dirty.size;
    this.passing = new Map();
    const wanted = changes.map(({ places }) => new Set(places));
    const replaced = new Map<number, Map<number, Formula>>();
    const rebuilt = new Map<number, Formula>();
    for (const at of [...dirty].toSorted((a, b) => a - b)) {
      const place = this.places[at];
      if (place === undefined) continue;
      let formula = this.withReplaced(place.formula, replaced.get(at));
      for (const [index, change] of changes.entries()) {
        if (wanted[index]?.has(at) !== true) continue;
        const other = change.rewrite(formula, place.scope);
        if (other === undefined) return undefined;
        formula = other;
      }
      if (formula === place.formula) continue;
      rebuilt.set(at, formula);
      for (const { at: parent, slot } of place.parents) {
        const known = replaced.get(parent);
        if (known === undefined) replaced.set(parent, new Map([[slot, formula]]));
        else known.set(slot, formula);
      }
    }
    return rebuilt;
  }

  private withReplaced(formula: Formula, others: ReadonlyMap<number, Formula> | undefined): Formula {
    if (others === undefined) return formula;
    const children = [...childrenOf(formula)];
    for (const [slot, other] of others) children[slot] = other;
    const changed = withChildren(formula, children);
    if (formula.kind === 'sum') this.learnSum(formula, changed, others);
    return changed;
  }

  /** A long sum of which a few terms changed is worth what it was and what those differ by. */
  private learnSum(
    before: Extract<Formula, { kind: 'sum' }>,
    after: Formula,
    others: ReadonlyMap<number, Formula>,
  ): void {
    const known = this.value(before);
    if (known?.denominator !== 1n || others.size * 2 > before.terms.length) return;
    let total = known.numerator;
    for (const [slot, other] of others) {
      const old = before.terms[slot] && this.value(before.terms[slot]);
      const now = this.value(other);
      if (old?.denominator !== 1n || now?.denominator !== 1n) return;
      total += now.numerator - old.numerator;
    }
    this.known.set(after, { numerator: total, denominator: 1n });
  }

  /** Adds the places that a place is used in, and those that they are used in. */
  private reach(from: number, dirty: Set<number>): void {
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (dirty.has(at)) continue;
      dirty.add(at);
      for (const parent of this.places[at]?.parents ?? []) open.push(parent.at);
    }
  }

  private take(given: Formula, within: PartMeaning, top: boolean, depth: number): Formula {
    const before = this.standing.get(given);
    if (before !== undefined) return before;
    if (depth > DEEPEST) throw new TooLarge();
    const meaning = given.kind === 'part' ? this.question.meaningOf(given.name, within) : undefined;
    const formula = this.grown(given, meaning, within, top, depth + 1);
    this.standing.set(given, formula);
    // Of a part and what it stands for, that is the whole.
    if (!this.numberOf.has(formula)) this.put(formula, within, top && formula.kind !== 'part');
    return formula;
  }

  /** The formula over children that are in the graph. */
  private grown(
    given: Formula,
    meaning: PartMeaning | undefined,
    within: PartMeaning,
    top: boolean,
    depth: number,
  ): Formula {
    if (given.kind === 'part' && meaning !== undefined) {
      // A step of the same calculation is no whole of its own.
      const isWhole = top || meaning.module !== within.module || meaning.calculation !== within.calculation;
      const inside = this.take(standingFor(given, meaning), meaning, isWhole, depth);
      const at = this.numberOf.get(inside);
      if (at !== undefined) this.partAt.set(given.name, at);
      return inside === given.of ? given : { ...given, of: inside };
    }
    const children = childrenOf(given);
    const taken = children.map((child) => this.take(child, within, top && given.kind === 'part', depth));
    return taken.every((child, index) => child === children[index]) ? given : withChildren(given, taken);
  }

  private put(formula: Formula, within: PartMeaning, top: boolean): void {
    if (this.places.length >= MOST_FORMULAS) throw new TooLarge();
    const at = this.places.length;
    const scope = this.scopeOf(within);
    this.places.push({ formula, scope, parents: [] });
    this.numberOf.set(formula, at);
    const value = this.value(formula);
    if (value !== undefined) this.lasting.set(formula, value);
    scope.add(formula);
    this.index(formula.kind, at);
    if (top) this.index('layer', at);
    for (const [slot, child] of childrenOf(formula).entries())
      this.places[this.numberOf.get(child) ?? -1]?.parents.push({ at, slot });
  }

  private index(kind: Formula['kind'] | 'layer', at: number): void {
    const known = this.byKind.get(kind);
    if (known === undefined) this.byKind.set(kind, [at]);
    else known.push(at);
  }

  private scopeOf({ module, calculation }: PartMeaning): LayerScope {
    const key = `${calculation} ${module}`;
    const known = this.scopes.get(key);
    if (known !== undefined) return known;
    const scope = new LayerScope(module, calculation, this.question.surroundings ?? NO_SURROUNDINGS);
    this.scopes.set(key, scope);
    return scope;
  }
}

/** What a part stands for. A bare number in its place is the same quantity with another value. */
function standingFor({ of }: Extract<Formula, { kind: 'part' }>, { formula }: PartMeaning): Formula {
  if (formula?.kind === 'literal' && of.kind === 'quantity') return { ...of, value: formula.value };
  return formula ?? of;
}

class TooLarge extends Error {}
