import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { factorsOf } from '../../ask/factors.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

const STEP = (decay: string): string => `
import torch

class Descent(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, weight_decay=0.01):
        super().__init__(params, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None:
                    continue
                p.add_(p.grad, alpha=-group['lr'])
                ${decay}
`;

export const decayOfNumber: Check = {
  id: 'decay-of-number',
  title: 'A weight decay that does not depend on the weights',
  severity: 'warning',
  why: 'Decay draws each weight towards 0 by a part of itself; the same number taken from all of them moves the small and the negative ones away from it.',
  instead: 'Multiply by the weight: p.add_(p, alpha=-lr * weight_decay), or p.mul_(1 - lr * weight_decay).',
  needs:
    'A parameter or its gradient, changed by a weight decay and a learning rate with no weight among the factors.',
  wrong: [
    STEP("p.add_(group['weight_decay'], alpha=-group['lr'])  # <--"),
    STEP("p -= group['lr'] * group['weight_decay']  # <--"),
    `
def descend(params, lr, wd):
    for p in params:
        g = p.grad.data
        g = g + wd  # <--
        p.data -= lr * g
`,
  ],
  right: [
    STEP("p.add_(p, alpha=-group['lr'] * group['weight_decay'])"),
    STEP("p.mul_(1 - group['lr'] * group['weight_decay'])"),
    `
def descend(params, lr, wd):
    for p in params:
        g = p.grad.data
        g = g + wd * p.data
        g = g.add(wd, p.data)
        p.data -= lr * g
`,
  ],
  *run(program) {
    if (!/weight_?decay|\bwd\b/.test(program.source)) return;
    for (const one of statementsOf(program)) {
      const change = changeIn(one);
      if (change === undefined || !isLearned(program, one, change.of)) continue;
      const factors = factorsOf(change.by);
      if (!factors.some(isDecay) || !factors.every((factor) => isDecay(factor) || isRate(factor))) continue;
      yield {
        at: one.span,
        message: `${change.of} is changed by a number that is the same for all weights.`,
        evidence: [],
      };
    }
  },
};

/** What is added to something, or taken from it. */
interface Change {
  readonly of: string;
  readonly by: tree.Expression;
}

function changeIn(one: tree.Statement): Change | undefined {
  if (one.kind === 'AugAssign' && /^[-+]$/.test(one.operator))
    return { of: one.target.span.text, by: one.value };
  if (one.kind === 'Assign' && one.targets.length === 1) {
    const [of = ''] = targetsOf(one);
    const { value } = one;
    if (value.kind === 'BinOp' && /^[-+]$/.test(value.operator) && value.left.span.text === of)
      return { of, by: value.right };
    return value.kind === 'Call' ? changeBy(value, /^(add|sub)$/, of) : undefined;
  }
  return one.kind === 'Expr' && one.value.kind === 'Call' ? changeBy(one.value, /^(add_|sub_)$/) : undefined;
}

function changeBy({ callee, args }: tree.Call, method: RegExp, target?: string): Change | undefined {
  const [by] = args;
  if (callee.kind !== 'Attribute' || !method.test(callee.attribute) || by === undefined || args.length > 1)
    return undefined;
  const of = callee.value.span.text;
  return target === undefined || target === of ? { of, by } : undefined;
}

/** Whether it is a parameter or its gradient, by what it is called and what it is gone over in or made of. */
function isLearned(program: Program, one: tree.Statement, of: string): boolean {
  if (/^\w+\.(grad\.data|data\.grad|data|grad)$/.test(of)) return true;
  if (!/^\w+$/.test(of)) return false;
  const home = functionsAround(program, one.span).at(-1);
  const before = program.source.slice(home?.span.start ?? 0, one.span.start);
  return new RegExp(
    String.raw`\bfor\s+(\w+\s*,\s*)?${of}\s+in\b[^\n]*param|\b${of}\s*=\s*\w+\.grad(\.data)?\s*$`,
    'm',
  ).test(before);
}

/** The last name of `wd`, `self.wd` and `group['wd']`. */
const lastName = ({ span: { text } }: tree.Expression): string =>
  /(\w+)\s*$|\[['"](\w+)['"]\]$/
    .exec(text)
    ?.slice(1)
    .find((name) => name !== undefined) ?? '';

const isDecay = (node: tree.Expression): boolean =>
  /^(Name|Attribute|Subscript)$/.test(node.kind) && /^(\w*weight_?decay|wd|\w+_wd)$/.test(lastName(node));

const isRate = (node: tree.Expression): boolean =>
  node.kind === 'Constant' ||
  (/^(Name|Attribute|Subscript)$/.test(node.kind) &&
    /^(\w*lr|learning_rate|eta|step_size)$/.test(lastName(node)));
