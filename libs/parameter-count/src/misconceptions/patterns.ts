import { literal, product, sum, type Formula, type Role } from '@tensormark/network';

export type Product = Extract<Formula, { kind: 'product' }>;
export type Sum = Extract<Formula, { kind: 'sum' }>;
type Test = (formula: Formula) => boolean;

/** A formula without the names that its results were given. */
export function bare(formula: Formula): Exclude<Formula, { kind: 'part' }> {
  let inside = formula;
  while (inside.kind === 'part') inside = inside.of;
  return inside;
}

export function isQuantity(formula: Formula, ...roles: readonly Role[]): boolean {
  const inside = bare(formula);
  return inside.kind === 'quantity' && roles.includes(inside.role);
}

export function isLiteral(formula: Formula, value?: bigint): boolean {
  const inside = bare(formula);
  return inside.kind === 'literal' && (value === undefined || inside.value === value);
}

export const KERNEL_ROLES: readonly Role[] = [
  'kernel_length',
  'kernel_depth',
  'kernel_height',
  'kernel_width',
];
export const INPUT_SIDE_ROLES: readonly Role[] = ['in_length', 'in_depth', 'in_height', 'in_width'];
export const OUTPUT_SIDE_ROLES: readonly Role[] = ['out_length', 'out_depth', 'out_height', 'out_width'];

export const isKernel: Test = (formula) => isQuantity(formula, ...KERNEL_ROLES);
export const isInputSide: Test = (formula) => isQuantity(formula, ...INPUT_SIDE_ROLES);
export const isOutputSide: Test = (formula) =>
  isQuantity(formula, ...OUTPUT_SIDE_ROLES) || isSideOfOutput(formula);

/** A part that stands for an output's side: `conv1/height`. */
function isSideOfOutput(formula: Formula): boolean {
  return formula.kind === 'part' && /\/(?:length|depth|height|width)$/.test(formula.name);
}

/** Channels that go into a convolution, divided by its groups or not. */
export const isInputChannels: Test = (formula) => {
  const inside = bare(formula);
  return (
    isQuantity(inside, 'in_channels') ||
    (inside.kind === 'quotient' && isQuantity(inside.numerator, 'in_channels'))
  );
};

export const isOutputChannels: Test = (formula) => {
  const inside = bare(formula);
  return (
    isQuantity(inside, 'out_channels') ||
    (inside.kind === 'quotient' && isQuantity(inside.numerator, 'out_channels'))
  );
};

/** The bias among the terms of a sum: the 1 of `3·3·3 + 1`, or a result that was named so. */
export const isBias: Test = (formula) =>
  isQuantity(formula, 'bias') || (formula.kind === 'part' && /(?:^|[./])bias(?:es)?$/.test(formula.name));

/** The biases that a sum adds to weights: named ones, or as many as there are outputs. */
export function biasesOf(formula: Formula): readonly Formula[] {
  if (formula.kind !== 'sum') return [];
  const named = formula.terms.filter(isBias);
  if (named.length > 0 || !formula.terms.some((term) => bare(term).kind === 'product')) return named;
  return formula.terms.filter((term) => isQuantity(term, 'out_channels', 'out_features'));
}

/** The sum without its biases; undefined where it has none. */
export function withoutBias(formula: Formula): Formula | undefined {
  const biases = biasesOf(formula);
  return withoutTerms(formula, (term) => biases.includes(term));
}

/** The product with other factors in place of those that pass; undefined where none does. */
export function withFactors(
  formula: Formula,
  test: Test,
  ...instead: readonly Formula[]
): Formula | undefined {
  if (formula.kind !== 'product') return undefined;
  const at = formula.factors.findIndex(test);
  if (at === -1) return undefined;
  const kept = (factors: readonly Formula[]): readonly Formula[] => factors.filter((each) => !test(each));
  return product(...kept(formula.factors.slice(0, at)), ...instead, ...kept(formula.factors.slice(at)));
}

/** The sum without the terms that pass; undefined where none does, or where nothing would be left. */
export function withoutTerms(formula: Formula, test: Test): Formula | undefined {
  if (formula.kind !== 'sum') return undefined;
  const rest = formula.terms.filter((term) => !test(term));
  return rest.length === formula.terms.length || rest.length === 0 ? undefined : sum(...rest);
}

/** Weights and biases, told apart where a formula counts both. */
export interface WithBias {
  /** The weights alone. */
  readonly weights: Formula;
  /** How many outputs have a bias. */
  readonly outputs: Formula;
  /** The weights of one output; undefined where the formula does not count by outputs. */
  readonly perOutput: Formula | undefined;
}

/** Reads `out · (in + 1)` and `weights + biases`. */
export function splitBias(formula: Formula): WithBias | undefined {
  if (formula.kind === 'product') {
    const at = formula.factors.findIndex((factor) => withoutBias(bare(factor)) !== undefined);
    const inside = formula.factors[at];
    const weights = inside && withoutBias(bare(inside));
    if (weights === undefined) return undefined;
    const outputs = formula.factors.toSpliced(at, 1);
    return { weights: product(...outputs, weights), outputs: product(...outputs), perOutput: weights };
  }
  const [outputs, second] = biasesOf(formula);
  const weights = withoutBias(formula);
  // The 1 of `3·3·3 + 1` alone does not say how many outputs there are.
  const counts = outputs !== undefined && second === undefined && !isQuantity(outputs, 'bias');
  return counts && weights !== undefined ? { weights, outputs, perOutput: undefined } : undefined;
}

export const NOTHING = literal(0);
