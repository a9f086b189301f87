import { evaluate as evaluateWritten, Rational as Exact, type Expression } from '@tensormark/arithmetic';
import { evaluate, FormulaError, rewrite, type Formula, type Rational } from '@tensormark/network';
import type { NodeId, Reference, ReferenceNode } from './reference.js';

/** Values of nodes, by their ids. */
export type NodeValues = ReadonlyMap<NodeId, Rational>;

/** What each route to a node gives from the values of the nodes before it, those that give one, the formula's first. */
export function routeValues(node: ReferenceNode, reference: Reference, values: NodeValues): Rational[] {
  if (node.measure === 'expression') {
    const value = valueOfExpression(node.expression, reference, values);
    return value === undefined ? [] : [value];
  }
  return [node.formula, ...node.otherRoutes].flatMap((route) => {
    const value = valueOfFormula(route, reference, values);
    return value === undefined ? [] : [value];
  });
}

function valueOfFormula(formula: Formula, { nodes }: Reference, values: NodeValues): Rational | undefined {
  const missing = { any: false };
  const replaced = resolved(formula, (id) => {
    if (!nodes.has(id)) return undefined;
    const value = values.get(id);
    if (value === undefined) missing.any = true;
    return value;
  });
  if (missing.any) return undefined;
  try {
    return evaluate(replaced);
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}

/** The formula with each part that stands for a node at that node's value. */
function resolved(formula: Formula, valueOf: (id: NodeId) => Rational | undefined): Formula {
  return rewrite(formula, (node) => {
    if (node.kind !== 'part') return undefined;
    const value = valueOf(node.name);
    return value === undefined ? undefined : constant(value);
  });
}

function constant({ numerator, denominator }: Rational): Formula {
  const whole: Formula = { kind: 'literal', value: numerator };
  if (denominator === 1n) return whole;
  return { kind: 'quotient', numerator: whole, denominator: { kind: 'literal', value: denominator } };
}

function valueOfExpression(
  expression: Expression,
  { nodes }: Reference,
  values: NodeValues,
): Rational | undefined {
  const missing = { any: false };
  const result = evaluateWritten(expression, {
    replace: (part) => {
      if (part.kind !== 'name' || !nodes.has(part.name)) return null;
      const value = values.get(part.name);
      if (value === undefined) missing.any = true;
      return value === undefined ? null : Exact.of(value.numerator, value.denominator);
    },
  });
  return missing.any || result.kind === 'unknown' ? undefined : result.value;
}
