import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { nodesOf } from '../../ask/tree.js';

export const precedence: Check = {
  id: 'precedence',
  title: 'Divided in another order than it reads',
  severity: 'warning',
  why: 'x ** 1 / 2 is half of x, no root; a / b // c first divides by b and then rounds the quotient by c down to a whole number.',
  instead: 'Set brackets: x ** (1 / 2), a / (b // c).',
  needs:
    'A power of 1 or −1 divided by a small whole number, or a quotient divided by // whose first divisor is halved elsewhere too.',
  wrong: [
    `
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.scale = (dim // heads) ** 1 / 2  # <--
`,
    `
import math
import torch

def rates(d_model):
    steps = torch.arange(0, d_model // 2, 2).float()
    return torch.exp(steps * (-math.log(10000.0) / d_model // 2))  # <--
`,
  ],
  right: [
    `
import math
import torch

def rates(d_model, heads, height, stride):
    steps = torch.arange(0, d_model // 2, 2).float()
    scale = (d_model // heads) ** (1 / 2) + (d_model // heads) ** 0.5
    rows = (height / stride) // 2
    return torch.exp(steps * (-math.log(10000.0) / (d_model // 2))), scale, rows, 2 ** 3 / 2
`,
  ],
  *run(program) {
    if (!/\*\*\s*-?1\s*\/|\/[^/\n]+\/\//.test(program.source)) return;
    const found: (readonly [tree.BinaryOperation, string])[] = [];
    for (const node of nodesOf(program, 'BinOp')) {
      if (node.left.kind !== 'BinOp' || isBracketed(program, node.left)) continue;
      const { left, right, operator } = node;
      if (operator === '/' && left.operator === '**' && isOne(left.right) && isRootOf(right))
        found.push([
          node,
          `${left.right.span.text} / ${right.span.text} is no exponent here: the power comes first, and is divided by ${right.span.text}.`,
        ]);
      if (operator === '//' && left.operator === '/' && isOfFraction(program, left, right))
        found.push([
          node,
          `This is rounded down to a whole number: ${left.right.span.text} // ${right.span.text} is not worked out first.`,
        ]);
    }
    for (const [node, message] of found) yield { at: node.span, message, evidence: [] };
  },
};

/** Whether brackets say that an operation is meant to come first. */
function isBracketed({ source }: Program, { span }: tree.Expression): boolean {
  return /^\s*\)/.test(source.slice(span.end, span.end + 4)) && source[span.start - 1] === '(';
}

function isOne(node: tree.Expression): boolean {
  return /^-?\s*1(\.0?)?$/.test(node.span.text);
}

function isRootOf(node: tree.Expression): boolean {
  return /^[2-4](\.0?)?$/.test(node.span.text);
}

/** Whether what is divided is a fraction for certain, and the divisors belong together by what is written elsewhere. */
function isOfFraction(
  { source }: Program,
  { left, right: divisor }: tree.BinaryOperation,
  last: tree.Expression,
): boolean {
  const together = new RegExp(`${escaped(divisor.span.text)}\\s*//\\s*${escaped(last.span.text)}\\b`, 'g');
  return /\blog\w*\(/.test(left.span.text) || (source.match(together) ?? []).length > 1;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
