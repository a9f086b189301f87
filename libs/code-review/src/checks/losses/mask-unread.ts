import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { classesOf, hasUnknownBases, methodOf } from '../../ask/tree.js';

const HEAD = (scores: string): string => `
import torch
import torch.nn as nn

class Head(nn.Module):
    def __init__(self, width, most):
        super().__init__()
        self.k, self.q, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.register_buffer('tril', torch.tril(torch.ones(most, most)))MARK

    def forward(self, x):
        t = x.size(1)
        scores = self.q(x) @ self.k(x).transpose(-2, -1) * x.size(-1) ** -0.5
        ${scores}
        return torch.softmax(scores, dim=-1) @ self.v(x)
`;

export const maskUnread: Check = {
  id: 'mask-unread',
  title: 'A causal mask that is never applied',
  severity: 'warning',
  why: 'Each place attends to those after it, which hold what it is to predict: the loss falls to nothing, and what is generated is nonsense.',
  instead: 'Fill the scores with −∞ where the mask says so, before softmax.',
  needs:
    'A triangle that a class with a softmax and a product keeps as a buffer or attribute, and that nothing in the file reads.',
  wrong: [HEAD('scores = scores / 2').replace('MARK', '  # <--')],
  right: [HEAD("scores = scores.masked_fill(self.tril[:t, :t] == 0, float('-inf'))").replace('MARK', '')],
  *run(program) {
    if (!/\btri[lu]\(/.test(program.source) || !/softmax/i.test(program.source)) return;
    if (/\bgetattr\(|\b_buffers\b|\.buffers\(|named_buffers/.test(program.source)) return;
    const read = readNames(program.body);
    for (const one of classesOf(program)) {
      if (methodOf(one, 'forward') === undefined || hasUnknownBases(program, one)) continue;
      if (!/softmax/i.test(one.span.text) || !/@|matmul|bmm|einsum/.test(one.span.text)) continue;
      for (const { name, node } of trianglesIn(one)) {
        if (read.has(name)) continue;
        yield { at: node.span, message: `self.${name} is made here, and nothing reads it.`, evidence: [] };
      }
    }
  },
};

/** Attributes that are read anywhere. */
function readNames(body: readonly tree.Statement[]): ReadonlySet<string> {
  const written = new Set<object>();
  const read = new Set<string>();
  eachNode(body, (node) => {
    if (node.kind === 'Assign') for (const target of node.targets) written.add(target);
    if (node.kind === 'Attribute' && !written.has(node) && !/^(torch|np|numpy)$/.test(node.value.span.text))
      read.add(node.attribute);
  });
  return read;
}

/** Buffers and attributes of a class that are made of a triangle. */
function trianglesIn(
  owner: tree.ClassDefinition,
): { readonly name: string; readonly node: tree.Expression }[] {
  const found: { readonly name: string; readonly node: tree.Expression }[] = [];
  const isTriangle = (node: tree.Expression | undefined): boolean =>
    node !== undefined && /^~?\(?torch\.(tril|triu)\(/.test(node.span.text);
  eachNode(owner.body, (node) => {
    if (node.kind === 'Call' && node.callee.span.text === 'self.register_buffer') {
      const [key, value] = node.args;
      if (key?.kind === 'Constant' && typeof key.value === 'string' && isTriangle(value))
        found.push({ name: key.value, node });
    }
    if (node.kind === 'Assign' && node.targets.length === 1 && isTriangle(node.value)) {
      const name = /^self\.(\w+)$/.exec(node.targets[0]?.span.text ?? '')?.[1];
      if (name !== undefined) found.push({ name, node: node.value });
    }
  });
  return found;
}
