import type { Rational } from '@tensormark/network';
import { FormulaGraph, type Question } from './formula-graph.js';
import { possibleErrors, same, valueWith, type PossibleError } from './possible-errors.js';
import { MISCONCEPTIONS } from './table/table.js';

/** Two errors made together, with the number that they give. */
export interface PossiblePair {
  readonly errors: readonly [PossibleError, PossibleError];
  readonly value: Rational;
}

/** So many pairs are worked out at most. */
const MOST_PAIRS = 6_000;
/** In formulas with so many single errors, a number fits pairs by chance: none is looked for. */
const MOST_SINGLES_FOR_PAIRS = 4_000;

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
    const { graph, right, singles } = this;
    if (graph === undefined || right === undefined || singles.length > MOST_SINGLES_FOR_PAIRS) return [];
    const found: PossiblePair[] = [];
    let tried = 0;
    for (const [at, first] of singles.entries()) {
      for (const second of singles.slice(at + 1)) {
        if (!mayMeet(first, second)) continue;
        tried += 1;
        if (tried > MOST_PAIRS) return [];
        const value = valueWith(graph, [first.change, second.change]);
        if (value === undefined || [right, first.value, second.value].some((other) => same(other, value)))
          continue;
        found.push({ errors: [first, second], value });
      }
    }
    return found;
  }
}

/** Errors are looked for together where both are made all over, or both in the same layer, and are not both seldom. */
function mayMeet(a: PossibleError, b: PossibleError): boolean {
  if (a.misconception.about === b.misconception.about) return false;
  const frequencies = [a.misconception.frequency, b.misconception.frequency];
  if (!frequencies.includes('common') || frequencies.includes('rare')) return false;
  if (a.extent === 'everywhere' && b.extent === 'everywhere') return true;
  return (
    a.extent === 'one' && b.extent === 'one' && a.modules[0] !== undefined && a.modules[0] === b.modules[0]
  );
}
