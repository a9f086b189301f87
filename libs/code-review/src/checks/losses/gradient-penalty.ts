import { eachNode, foreignCall, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
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

const BETWEEN = (mix: string): string => `
import torch

def penalty(critic, real, fake):
    mix = ${mix}
    between = (mix * real + (1 - mix) * fake).requires_grad_(True)
    scores = critic(between)
    gradients = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()
`;

export const mixOfElements: Check = {
  id: 'mix-of-elements',
  title: 'Points between real and generated, mixed anew in every element',
  severity: 'warning',
  why: 'The penalty is for points on the line between two examples: with a number of its own each pixel is mixed otherwise, and the point is on no such line.',
  instead: 'Draw one number for each example: torch.rand(real.size(0), 1, 1, 1).',
  needs:
    'Two tensors mixed by a random one that is drawn in the shape of either, whose gradients autograd.grad is asked for.',
  wrong: [
    BETWEEN('torch.rand(real.size())  # <--'),
    BETWEEN('torch.rand_like(real)  # <--'),
    BETWEEN('torch.rand(real.shape, device=real.device)  # <--'),
    `import numpy as np${BETWEEN('torch.FloatTensor(np.random.random(real.shape))  # <--')}
critic = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 1))
penalty(critic, torch.randn(8, 3, 2, 2), torch.randn(8, 3, 2, 2))
`,
  ],
  right: [
    BETWEEN('torch.rand(real.size(0), 1, 1, 1)'),
    BETWEEN('torch.rand(real.size(0), 1).expand(real.size())'),
    BETWEEN('torch.rand(len(real), 1)'),
    `${BETWEEN('torch.rand(real.size(0), 1, 1, 1)')}
critic = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 1))
penalty(critic, torch.randn(8, 3, 2, 2), torch.randn(8, 3, 2, 2))
`,
  ],
  *run(program) {
    if (!/\bgrad\(/.test(program.source) || !/rand/.test(program.source)) return;
    for (const { args, owner } of callsNamed(program, 'grad')) {
      if (owner !== '') continue;
      const of = args.named.get('inputs') ?? args.positional[1];
      const mix = isValue(of) ? mixIn(of) : undefined;
      if (mix?.span === undefined) continue;
      yield {
        at: mix.span,
        message:
          'A number is drawn for every element here: what is between two examples has one for both as a whole.',
        evidence: [places(['what is between', isValue(of) ? of.span : undefined])],
      };
      return;
    }
  },
};

/** The random tensor, in the shape of what it mixes, by which something is mixed. */
function mixIn(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 4 && current !== undefined && makerOf(current) !== 'add'; depth++)
    [current] = current.inputs;
  if (current === undefined || makerOf(current) !== 'add') return undefined;
  const products = current.inputs.filter((input) => makerOf(input) === 'mul');
  for (const product of products)
    for (const factor of product.inputs) {
      const drawn = drawnIn(factor);
      const isShared =
        products.length === 2 && products.every((one) => comesOf(one, (each) => each === drawn));
      if (drawn !== undefined && isShared && isAsLarge(drawn, product, factor)) return drawn;
    }
  return undefined;
}

/** The random tensor that a value is, moved or made of an array. */
function drawnIn(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 6 && current !== undefined; depth++) {
    const name = current.made.kind === 'fresh' ? current.made.by : makerOf(current);
    if (/^(rand|rand_like)$/.test(name ?? '')) return current;
    if (/^numpy\.random\.(rand|random|random_sample|uniform)$/.test(foreignCall(current)?.name ?? ''))
      return current;
    if (!/^(to|cuda|float|FloatTensor|Tensor|tensor|from_numpy|as_tensor|Variable)$/.test(name ?? ''))
      return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** Whether what is drawn has the whole shape of what it is multiplied with: by what it was given, or by its own. */
function isAsLarge(drawn: Value, product: Value, factor: Value): boolean {
  const other = product.inputs.find((input) => input !== factor);
  if (factor.shape !== undefined && other?.shape !== undefined)
    return factor.shape.length > 1 && factor.shape.join() === other.shape.join();
  const { made } = drawn;
  if (made.kind !== 'operation') return false;
  if (made.name === 'rand_like') return true;
  const given = [...made.args.positional, ...made.args.named.values()].filter(isValue);
  return given.some(
    (size) =>
      (makerOf(size) === 'size' &&
        size.made.kind === 'operation' &&
        size.made.args.positional.length === 1) ||
      (size.made.kind === 'attribute' && size.made.name === 'shape'),
  );
}

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
