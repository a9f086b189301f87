import type { Formula } from './formula.js';

/** The formulas directly inside one, in written order. */
export function childrenOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'literal':
    case 'quantity':
      return [];
    case 'part':
    case 'floor':
    case 'ceil':
      return [formula.of];
    case 'sum':
      return formula.terms;
    case 'product':
      return formula.factors;
    case 'difference':
      return [formula.from, formula.subtract];
    case 'quotient':
      return [formula.numerator, formula.denominator];
    case 'power':
      return [formula.base, formula.exponent];
    case 'maximum':
    case 'minimum':
      return formula.of;
  }
}

/** The same formula over other children, given in the order of {@link childrenOf}. */
export function withChildren(formula: Formula, children: readonly Formula[]): Formula {
  const [first, second] = children;
  switch (formula.kind) {
    case 'literal':
    case 'quantity':
      return formula;
    case 'part':
    case 'floor':
    case 'ceil':
      return { ...formula, of: first ?? formula.of };
    case 'sum':
      return { kind: 'sum', terms: children };
    case 'product':
      return { kind: 'product', factors: children };
    case 'difference':
      return { kind: 'difference', from: first ?? formula.from, subtract: second ?? formula.subtract };
    case 'quotient':
      return {
        kind: 'quotient',
        numerator: first ?? formula.numerator,
        denominator: second ?? formula.denominator,
      };
    case 'power':
      return { kind: 'power', base: first ?? formula.base, exponent: second ?? formula.exponent };
    case 'maximum':
    case 'minimum':
      return { ...formula, of: children };
  }
}

/** Rewrites from the leaves up; a node for which `change` gives undefined stays as it is. */
export function rewrite(formula: Formula, change: (node: Formula) => Formula | undefined): Formula {
  const children = childrenOf(formula);
  let rebuilt = formula;
  if (children.length > 0) {
    const changed = children.map((child) => rewrite(child, change));
    if (changed.some((child, index) => child !== children[index])) rebuilt = withChildren(formula, changed);
  }
  return change(rebuilt) ?? rebuilt;
}

/** Where a node stands in a formula: the child indices from the root down. */
export type FormulaPath = readonly number[];

/** Every node with its place, the root first. */
export function* nodesOf(
  formula: Formula,
  path: FormulaPath = [],
): Generator<{ readonly node: Formula; readonly path: FormulaPath }> {
  yield { node: formula, path };
  for (const [index, child] of childrenOf(formula).entries()) yield* nodesOf(child, [...path, index]);
}

/** The formula with the node at one place replaced. @throws RangeError where there is no such place. */
export function replaceAt(formula: Formula, path: FormulaPath, replacement: Formula): Formula {
  const [index, ...rest] = path;
  if (index === undefined) return replacement;
  const children = childrenOf(formula);
  const child = children[index];
  if (child === undefined) throw new RangeError(`a ${formula.kind} has no child ${index}`);
  return withChildren(formula, children.with(index, replaceAt(child, rest, replacement)));
}
