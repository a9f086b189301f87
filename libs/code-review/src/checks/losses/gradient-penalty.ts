import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const PENALTY = `
import torch

def penalty(critic, real, fake):
    mix = torch.rand(real.size(0), 1, 1, 1)
    between = (mix * real + (1 - mix) * fake).requires_grad_(True)
    scores = critic(between)
`;

export const gradientNormDim: Check = {
  id: 'gradient-norm-dim',
  title: 'The norm of a gradient taken of each pixel',
  severity: 'warning',
  why: 'Of gradients of pictures, norm(dim=1) goes over the channels alone: every pixel is pulled to 1, and the whole to far more.',
  instead: 'Flatten first: gradients.view(gradients.size(0), -1).norm(2, dim=1).',
  needs: 'Gradients for pictures from autograd.grad, whose norm over dimension 1 is pulled to 1.',
  wrong: [
    `${PENALTY}    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()  # <--
`,
  ],
  right: [
    `${PENALTY}    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()
`,
    `
import torch

def penalty(critic, real, fake):
    mix = torch.rand(real.size(0), 1)
    between = (mix * real + (1 - mix) * fake).requires_grad_(True)
    scores = critic(between)
    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()
`,
  ],
  *run(program) {
    for (const { home, name, made } of gradientsIn(program)) {
      // Points between pictures: one number for each, with its three dimensions.
      if (!/,\s*1,\s*1,\s*1\s*[\])]|None,\s*None,\s*None\]/.test(home.span.text)) continue;
      const own = new RegExp(
        String.raw`^${name}\.norm\((p=)?(2,\s*)?(dim=)?1(,\s*p=2)?\)$|^(torch\.)?(linalg\.)?norm\(${name},.*dim=1\)$`,
      );
      const isFlat = new RegExp(String.raw`\b${name}\.(view|reshape|flatten|contiguous)\(`).test(
        home.span.text,
      );
      let at: tree.Expression | undefined;
      eachNode(home.body, (node) => {
        if (node.kind === 'Call' && own.test(node.span.text)) at ??= node;
      });
      if (at === undefined || isFlat) continue;
      yield {
        at: at.span,
        message: `${name} has the dimensions of pictures, and only their channels are summed over.`,
        evidence: [places(['the gradients', made.span])],
      };
    }
  },
};

export const penaltyGraph: Check = {
  id: 'penalty-graph',
  title: 'A penalty on gradients that has no gradient itself',
  severity: 'warning',
  why: 'Without create_graph=True the gradients are mere numbers: the penalty is added to the loss and changes no weight.',
  instead: 'Give autograd.grad create_graph=True.',
  needs:
    'Gradients from autograd.grad without create_graph, whose norm is pulled to a number in the same function.',
  wrong: [
    `${PENALTY}    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores))[0]  # <--
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()
`,
  ],
  right: [
    `${PENALTY}    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()
`,
  ],
  *run(program) {
    for (const { home, name, made } of gradientsIn(program)) {
      if (/create_graph|\*\*\w/.test(made.value.span.text)) continue;
      const isPulled = new RegExp(
        String.raw`${name}\b.*norm\(.*\)\s*-\s*\w+(\.\w+)?\s*\)\s*(\*\*\s*2|\.pow\()`,
      ).test(home.span.text);
      if (!isPulled) continue;
      yield {
        at: made.span,
        message: `${name} is computed without a graph of its own, so that no gradient of the penalty reaches the weights.`,
        evidence: [],
      };
    }
  },
};

interface Gradients {
  readonly home: tree.FunctionDefinition;
  readonly name: string;
  readonly made: tree.Assign;
}

/** What `autograd.grad` gives, by the function that asks for it. */
function* gradientsIn(program: Program): Generator<Gradients> {
  if (!/\bgrad\(/.test(program.source) || !/norm/.test(program.source)) return;
  for (const home of statementsOf(program)) {
    if (home.kind !== 'FunctionDef') continue;
    for (const made of statementsIn(home.body)) {
      if (made.kind !== 'Assign' || !/^((torch\.)?autograd\.)?grad\(/.test(made.value.span.text)) continue;
      const [name = ''] = targetsOf(made);
      if (/^\w+$/.test(name)) yield { home, name, made };
    }
  }
}
