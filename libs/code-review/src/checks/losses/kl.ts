import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { statementsOf } from '../../ask/tree.js';

/** A divergence from the standard normal written out: `-0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())`. */
interface Divergence {
  readonly isNegative: boolean;
  readonly reduction: 'sum' | 'mean';
  /** The name it is given, if any. */
  readonly name: string | undefined;
  readonly span: Span;
}

const WRITTEN =
  /(-?)\s*(?:0?\.5|1\s*\/\s*2|\(1\s*\/\s*2\))\s*\*\s*\(?\s*torch\.(sum|mean)\((?:\s*torch\.(?:sum|mean)\()?\s*\(?\s*1\.?0?\s*\+\s*[\w.()*\s]+-\s*[\w.()*\s,]*\b(pow|\*\*|square|mu|mean)/;

/** Nobody writes it out at greater length. */
const MOST_WRITTEN = 300;

function divergencesIn(program: Program): Divergence[] {
  if (!/\btorch\.(sum|mean)\(/.test(program.source) || !program.source.includes('exp')) return [];
  return statementsOf(program).flatMap((statement) => {
    if (statement.kind !== 'Assign' && statement.kind !== 'Return') return [];
    const { value } = statement;
    const text = value?.span.text ?? '';
    const found = text.length < MOST_WRITTEN && text.includes('exp') ? WRITTEN.exec(text) : null;
    if (value === undefined || found === null || !/exp/.test(value.span.text)) return [];
    const isSubtracted = new RegExp(String.raw`-\s*$`).test(value.span.text.slice(0, found.index));
    const target = statement.kind === 'Assign' ? statement.targets[0] : undefined;
    return [
      {
        isNegative: found[1] === '-' || isSubtracted,
        reduction: found[2] === 'mean' && !/torch\.sum\(/.test(found[0]) ? 'mean' : 'sum',
        name: target?.kind === 'Name' ? target.id : undefined,
        span: statement.span,
      } as const,
    ];
  });
}

const VAE = `
import torch
import torch.nn.functional as F

def loss_function(recon, x, mu, logvar):
    rebuilt = F.binary_cross_entropy(recon, x, reduction='sum')
`;

export const klSign: Check = {
  id: 'kl-sign',
  title: 'A divergence with the wrong sign',
  severity: 'warning',
  why: 'The divergence from the standard normal is -1/2 Σ(1 + log σ² - μ² - σ²); without the minus a VAE is rewarded for going away from it.',
  instead: 'Write -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()).',
  needs: 'The sum written out, and added to the loss.',
  wrong: [
    `${VAE}
    kl = 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())  # <--
    return rebuilt + kl
`,
  ],
  right: [
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt + kl
`,
    `${VAE}
    bound = 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt - bound
`,
  ],
  *run(program) {
    for (const { isNegative, name, span } of divergencesIn(program)) {
      if (isNegative || name === undefined || isTakenAway(program, name)) continue;
      yield {
        at: span,
        message: 'The divergence is written without its minus, and added to the loss.',
        evidence: [],
      };
    }
  },
};

/** Whether a name is subtracted or negated anywhere. */
function isTakenAway(program: Program, name: string): boolean {
  let found = false;
  eachNode(program.body, (node) => {
    if (node.kind === 'UnaryOp' && node.operator === '-') found ||= mentions(node.operand.span.text, name);
    if (node.kind === 'BinOp' && node.operator === '-') found ||= mentions(node.right.span.text, name);
    if (node.kind === 'AugAssign' && (node.operator === '-' || node.operator === '*'))
      found ||= mentions(node.span.text, name);
  });
  return found;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(text);
}

export const klReduction: Check = {
  id: 'kl-reduction',
  title: 'A sum and a mean in one loss',
  severity: 'design',
  why: 'A reconstruction summed over pixels and examples outweighs a mean divergence by orders of magnitude: the prior has no say.',
  instead: 'Sum both, or take both per example.',
  needs: 'The divergence written out with a mean, beside a reconstruction loss with reduction="sum".',
  wrong: [
    `${VAE}
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())  # <--
    return rebuilt + kl
`,
  ],
  right: [
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt + kl
`,
  ],
  *run(program) {
    if (!/reduction\s*=\s*['"]sum['"]/.test(program.source)) return;
    for (const { reduction, span } of divergencesIn(program))
      if (reduction === 'mean')
        yield {
          at: span,
          message: 'The divergence is a mean, and the reconstruction a sum.',
          evidence: [],
        };
  },
};
