import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const numpyNeedsDetach: Check = {
  id: 'numpy-needs-detach',
  title: 'numpy() of a tensor that needs gradients',
  severity: 'error',
  why: 'NumPy knows of no gradients: PyTorch raises "Can\'t call numpy() on Tensor that requires grad".',
  instead: 'Use tensor.detach().numpy(), or compute it inside with torch.no_grad().',
  needs: 'numpy() called on a tensor known to need gradients.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(3, 1)
guesses = net(torch.randn(5, 3)).numpy()  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(3, 1)
guesses = net(torch.randn(5, 3)).detach().numpy()
with torch.no_grad():
    others = net(torch.randn(5, 3)).cpu().numpy()
numbers = torch.randn(5).numpy()
weights = net.weight.data.numpy()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { owner, args, moment } of callsNamed(program, 'numpy')) {
      const [self] = args.positional;
      const at = moment.span;
      if (owner !== 'Tensor' || !isValue(self) || at === undefined || seen.has(at.start)) continue;
      if (self.requiresGrad !== true || args.named.has('force') || moment.arm !== undefined) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'This tensor needs gradients, and numpy() refuses it.',
        evidence: [
          places(['it comes from here', self.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message: "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
            exact: true,
          },
        ],
      };
    }
  },
};

export const backwardNotScalar: Check = {
  id: 'backward-not-scalar',
  title: 'backward() of more than one number',
  severity: 'error',
  why: 'Gradients are of one number: of several, PyTorch raises "grad can be implicitly created only for scalar outputs".',
  instead: 'Reduce the loss first: loss.mean() or loss.sum().',
  needs: 'backward() without a gradient on a tensor of known shape.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(3, 1)
x = torch.randn(5, 3)
loss = (net(x) - x.sum(1, keepdim=True)) ** 2
loss.backward()  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(3, 1)
x = torch.randn(5, 3)
loss = (net(x) - x.sum(1, keepdim=True)) ** 2
loss.mean().backward()
net(x).backward(torch.ones(5, 1))
net(x[:1]).backward()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { owner, args, moment } of callsNamed(program, 'backward')) {
      const [self, gradient] = args.positional;
      const at = moment.span;
      if (owner !== 'Tensor' || !isValue(self) || at === undefined) continue;
      if (self.shape === undefined || (gradient !== undefined && gradient !== null)) continue;
      if (args.named.has('gradient') || seen.has(at.start) || moment.arm !== undefined) continue;
      if (self.shape.reduce((product, size) => product * size, 1) <= 1) continue;
      seen.add(at.start);
      yield {
        at,
        message: `backward() is called on a tensor of shape [${self.shape.join(', ')}].`,
        evidence: [
          { kind: 'shapes', shapes: [{ what: 'the loss is', shape: self.shape }] },
          places(['it is computed here', self.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message: 'grad can be implicitly created only for scalar outputs',
            exact: true,
          },
        ],
      };
    }
  },
};

export const gradOfComputed: Check = {
  id: 'grad-of-computed',
  title: 'The gradient of a tensor that is no leaf',
  severity: 'error',
  why: 'w = w - rate * w.grad makes a new tensor that was computed; gradients are kept for leaves alone, and its grad is None from then on.',
  instead: 'Change the weight in place inside with torch.no_grad(): w -= rate * w.grad.',
  needs:
    'The grad of a tensor that operations under gradients have computed, used where it must be a tensor.',
  wrong: [
    `
import torch
w = torch.randn(3, requires_grad=True)
x, y = torch.randn(10, 3), torch.randn(10)
for step in range(100):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    w = w - 0.1 * w.grad
    w.grad.zero_()  # <--
`,
  ],
  right: [
    `
import torch
w = torch.randn(3, requires_grad=True)
x, y = torch.randn(10, 3), torch.randn(10)
for step in range(100):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
`,
  ],
  *run(program) {
    if (/retain_grad/.test(program.source)) return;
    for (const { args, moment } of eventsOf(program, 'call')) {
      const [self] = args.positional;
      const at = moment.span;
      if (!isValue(self) || makerOf(self) !== 'grad' || at === undefined || moment.arm !== undefined)
        continue;
      const [of] = self.inputs;
      if (of === undefined || !isArithmetic(of) || of.requiresGrad !== true) continue;
      yield {
        at,
        message: 'What grad is asked of here was computed: only leaves have one.',
        evidence: [places(['it is computed here', of.span])],
      };
      return;
    }
  },
};

function isArithmetic(value: Value): boolean {
  const isInPlace = /[-+*/]=/.test(value.span?.text ?? '');
  return /^(sub|add|mul)$/.test(makerOf(value)) && value.gradients && !isInPlace;
}
