import type { Rational } from '@tensormark/network';
import { FormulaGraph, type Question } from './formula-graph.js';
import { possibleErrors, same, valueWith, type PossibleError } from './possible-errors.js';
import { MISCONCEPTIONS } from './table/table.js';

/** Two errors made together, with the number that they give. */
export interface PossiblePair {
  readonly errors: readonly [PossibleError, PossibleError];
  readonly value: Rational;
}

/** So many pairs are worked out at most, in so many places of a formula; past either none is looked for. */
const MOST_PAIRS = 6_000;
const MOST_PLACES = 200_000;
/** In a total of more layers than this, two errors in one of them are not looked for: too many other numbers fit. */
const MOST_LAYERS_FOR_LOCAL_PAIRS = 6;

/** All numbers that a question's errors give, worked out once for all answers to it. */
export class Catalogue {
  readonly right: Rational | undefined;
  readonly singles: readonly PossibleError[];
  private pairsFound: readonly PossiblePair[] | undefined;

  private constructor(
    readonly graph: FormulaGraph | undefined,
    question: Question,
  ) {
    this.right = graph?.value(graph.root);
    this.singles = graph === undefined ? [] : possibleErrors(graph, question, MISCONCEPTIONS);
  }

  static of(question: Question): Catalogue {
    return new Catalogue(FormulaGraph.of(question), question);
  }

  /** Pairs of errors that are about different things and give another number than either and than the right one. */
  get pairs(): readonly PossiblePair[] {
    this.pairsFound ??= this.findPairs();
    return this.pairsFound;
  }

  private findPairs(): readonly PossiblePair[] {
    const { graph, right } = this;
    if (graph === undefined || right === undefined) return [];
    const found: PossiblePair[] = [];
    let tried = 0;
    const before = graph.spent;
    for (const [first, second] of this.meetings()) {
      tried += 1;
      if (tried > MOST_PAIRS || graph.spent - before > MOST_PLACES) return [];
      const value = valueWith(graph, [first.change, second.change]);
      if (value === undefined || [right, first.value, second.value].some((other) => same(other, value)))
        continue;
      found.push({ errors: [first, second], value });
    }
    return found;
  }

  /** Pairs that are both made all over, or both in the same one of a few layers. */
  private *meetings(): Generator<readonly [PossibleError, PossibleError]> {
    yield* meeting(this.singles.filter(({ extent }) => extent === 'everywhere'));
    const layers = new Map<string, PossibleError[]>();
    for (const error of this.singles) {
      const [module] = error.modules;
      if (error.extent !== 'one' || module === undefined) continue;
      layers.set(module, [...(layers.get(module) ?? []), error]);
    }
    if (layers.size > MOST_LAYERS_FOR_LOCAL_PAIRS) return;
    for (const errors of layers.values()) yield* meeting(errors);
  }
}

function* meeting(errors: readonly PossibleError[]): Generator<readonly [PossibleError, PossibleError]> {
  for (const [at, first] of errors.entries())
    for (const second of errors.slice(at + 1)) if (mayMeet(first, second)) yield [first, second];
}

/** Two errors are looked for together where they are about different things and one of them is common, the other not rare. */
function mayMeet({ misconception: a }: PossibleError, { misconception: b }: PossibleError): boolean {
  const frequencies = [a.frequency, b.frequency];
  return a.about !== b.about && frequencies.includes('common') && !frequencies.includes('rare');
}
