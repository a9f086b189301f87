import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

const FUNCTION = `
import torch
class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w):
        ctx.save_for_backward(x, w)
        return x * w

    @staticmethod
    def backward(ctx, grad):
        x, w = ctx.saved_tensors
`;

export const functionGradients: Check = {
  id: 'function-gradients',
  title: 'A backward that gives another number of gradients than its forward takes',
  severity: 'error',
  why: 'autograd expects one gradient for each argument of forward, None for those that have none, and raises an error otherwise.',
  instead: 'Return as many as forward has arguments after ctx.',
  needs: 'An autograd.Function with a plain list of arguments, whose returns can be counted.',
  wrong: [
    `${FUNCTION}        return grad * w  # <--\n`,
    `${FUNCTION}        return grad * w, grad * x, grad  # <--\n`,
  ],
  right: [
    `${FUNCTION}        return grad * w, grad * x\n`,
    // PyTorch leaves out what is more, where it is None.
    `${FUNCTION}        return grad * w, grad * x, None\n`,
    `${FUNCTION}        both = grad * w, grad * x\n        return both\n`,
  ],
  *run(program) {
    if (!/autograd/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      if (!definition.bases.some(({ span }) => /(^|\.)Function$/.test(span.text))) continue;
      const forward = methodOf(definition, 'forward');
      const backward = methodOf(definition, 'backward');
      if (forward === undefined || backward === undefined) continue;
      const [context, ...taken] = forward.parameters;
      if (context === undefined || !/^(ctx|context|self)$/.test(context.name)) continue;
      if (taken.some(({ kind }) => kind !== 'ordinary' && kind !== 'positional-only')) continue;
      for (const statement of statementsIn(backward.body)) {
        if (statement.kind !== 'Return' || statement.value === undefined) continue;
        const given = countOf(statement.value, backward);
        // More than were taken is allowed where what is more is None.
        const surplus = statement.value.kind === 'Tuple' ? statement.value.items.slice(taken.length) : [];
        if (given === undefined || given === taken.length) continue;
        if (surplus.length > 0 && surplus.every(isNone)) continue;
        yield {
          at: statement.span,
          message: `forward takes ${taken.length} arguments after ctx, and this gives ${given} gradient${given === 1 ? '' : 's'}.`,
          evidence: [places(['forward', forward.nameSpan])],
        };
      }
    }
  },
};

function isNone(node: tree.Expression): boolean {
  return node.kind === 'Constant' && node.value === null;
}

/** How many things an expression gives, where that can be told. */
function countOf(node: tree.Expression, within: tree.FunctionDefinition): number | undefined {
  if (node.kind === 'Tuple')
    return node.items.some(({ kind }) => kind === 'Starred') ? undefined : node.items.length;
  if (node.kind === 'BinOp') return isOfTensors(node) ? 1 : undefined;
  if (node.kind !== 'Name') return undefined;
  const made = statementsIn(within.body).filter((statement) => targetsOf(statement).includes(node.id));
  const isOne = made.every(
    (statement) =>
      statement.kind === 'AugAssign' ||
      (statement.kind === 'Assign' &&
        statement.targets.every(({ kind }) => kind !== 'Tuple') &&
        ((statement.value.kind === 'BinOp' && isOfTensors(statement.value)) ||
          statement.value.span.text.endsWith('.clone()'))),
  );
  return made.length > 0 && isOne ? 1 : undefined;
}

/** Arithmetic of tensors, and not of tuples: `(g,) + (None,) * n`. */
function isOfTensors(node: tree.BinaryOperation): boolean {
  let isPlain = true;
  eachNode(node, (part) => {
    if (part.kind === 'Tuple' || part.kind === 'List' || part.kind === 'IfExp') isPlain = false;
  });
  return isPlain;
}
