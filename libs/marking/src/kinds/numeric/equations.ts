import type { Equation, Verdict, Working } from '@tensormark/arithmetic';
import type { Evidence } from '../../proposal.js';

const MOST_EQUATIONS = 60;

/** Every equation of the working with its verdict, for the ticks and crosses beside it. */
export function equationEvidence(working: Working): Evidence[] {
  return working.equations.slice(0, MOST_EQUATIONS).map((equation) => ({
    kind: 'equation',
    span: { start: equation.start, end: equation.end },
    verdict: verdictOf(equation),
    says: sentenceOf(equation),
  }));
}

type Shown = 'true' | 'false' | 'rounded' | 'not-understood';

function verdictOf(equation: Equation): Shown {
  switch (equation.verdict) {
    case 'true':
    case 'false':
    case 'rounded':
    case 'not-understood':
      return equation.verdict;
    case 'running-total':
      return 'true';
  }
}

function sentenceOf(equation: Equation): string {
  const telling =
    equation.pairs.find(({ verdict }) => verdict.kind === equation.verdict) ?? equation.pairs[0];
  return telling === undefined ? 'This is no equation.' : describe(telling.verdict);
}

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'true':
      return 'The equation holds.';
    case 'rounded':
      return 'The equation holds after rounding.';
    case 'running-total':
      return 'The equals sign carries a running total on; each step is taken by itself.';
    case 'false':
      return `The left side is ${verdict.left.toDecimal()}, the right side ${verdict.right.toDecimal()}.`;
    case 'not-understood':
      return `Not checked: ${verdict.message}`;
  }
}
