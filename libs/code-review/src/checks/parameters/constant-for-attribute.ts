import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

export const constantForAttribute: Check = {
  id: 'constant-for-attribute',
  title: 'A number stands where the setting is meant',
  severity: 'warning',
  why: 'Whoever makes the object with another margin or temperature still gets the one that is written here.',
  instead: 'Use the attribute: self.margin.',
  needs:
    'A margin, temperature, slope or weight kept by __init__, and a number equal to its default in a sum, product or quotient of the same class.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Triplets(nn.Module):
    def __init__(self, margin=0.3, hardest=False):
        super().__init__()
        self.margin, self.hardest = margin, hardest

    def forward(self, near, far):
        if self.hardest:
            return F.relu(near.max() - far.min() + 0.3)  # <--
        return F.relu(near - far + self.margin).mean()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Triplets(nn.Module):
    def __init__(self, margin=0.3, scale=2):
        super().__init__()
        self.margin, self.scale = margin, scale

    def forward(self, near, far):
        return F.relu(near - far + self.margin).mean() / 2
`,
  ],
  *run(program) {
    if (
      !/\b(margin|temperature|tau|alpha|gamma|beta|lamb\w*|smooth\w*)\s*(:\s*float\s*)?=\s*\d/.test(
        program.source,
      )
    )
      return;
    for (const owner of classesOf(program)) {
      const init = methodOf(owner, '__init__');
      if (init === undefined) continue;
      const kept = new Set(statementsIn(init.body).flatMap((one) => targetsOf(one)));
      for (const { name, fallback } of init.parameters.map((one) => ({
        name: one.name,
        fallback: defaultOf(one),
      }))) {
        if (fallback === undefined || !SETTINGS.test(name) || !kept.has(`self.${name}`)) continue;
        for (const method of owner.body) {
          if (method.kind !== 'FunctionDef' || method === init) continue;
          const at = standsFor(method, name, fallback);
          if (at === undefined) continue;
          yield {
            at: at.span,
            message: `${fallback} is the default of ${name}, and stands here in place of self.${name}.`,
            evidence: [places(['the setting', init.span])],
          };
        }
      }
    }
  },
};

const SETTINGS = /^(margin|temperature|tau|alpha|gamma|beta|lamb\w*|smooth\w*)$/;

/** The default of a parameter where it is a number that nobody writes by chance. */
function defaultOf({ fallback: given }: tree.ParameterNode): string | undefined {
  const text = given?.span.text ?? '';
  return /^\d*\.\d+$/.test(text) && !/^(0?\.50*|1\.0*|0\.0*|2\.0*)$/.test(text) ? text : undefined;
}

/** Where the number is worked with in a method that also works with the attribute in the same way. */
function standsFor(method: tree.FunctionDefinition, name: string, text: string): tree.Expression | undefined {
  let found: tree.Expression | undefined;
  const ways = new Set<string>();
  const numbers: tree.BinaryOperation[] = [];
  eachNode(method.body, (node) => {
    if (node.kind !== 'BinOp') return;
    if (node.right.span.text === `self.${name}`) ways.add(node.operator);
    if (node.right.kind === 'Constant' && node.right.span.text === text) numbers.push(node);
  });
  for (const node of numbers) if (ways.has(node.operator)) found ??= node;
  return found;
}
