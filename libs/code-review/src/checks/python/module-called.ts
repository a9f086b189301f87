import type { Check } from '../../check.js';
import { isGuarded, libraryNames, lookedUp } from '../../ask/library-names.js';
import { callsOf } from '../../ask/tree.js';

/** Modules under whose name there was a function once. */
const ONCE_FUNCTIONS = /^(keras\.layers\.merge|torch\.fft)$/;

export const moduleCalled: Check = {
  id: 'module-called',
  title: 'A module is called in the place of what is in it',
  severity: 'error',
  why: 'A module cannot be called: Python raises a TypeError as soon as the line runs.',
  instead: 'Call the class or function that the module holds; names are told apart by case.',
  needs: 'A call of a path that is a module of a library, and nothing else in any usual version of it.',
  wrong: [
    `
import torch
from torch import nn, optim
net = nn.Linear(4, 2)
steps = optim.adam(net.parameters(), lr=0.001)  # <--
`,
    `
from torch.optim import sgd
from data import net
steps = sgd(net.parameters(), lr=0.1)  # <--
`,
    `
import numpy as np
noise = np.random(3, 4)  # <--
`,
  ],
  right: [
    `
import torch
from torch import nn, optim
net = nn.Linear(4, 2)
steps = optim.adam.Adam(net.parameters(), lr=0.001)
if hasattr(torch, 'cuda'):
    print(torch.cuda.is_available())
print(torch.fft(torch.rand(4, 2), 1))
`,
  ],
  *run(program) {
    const { used } = libraryNames(program);
    if (used.length === 0) return;
    const called = new Set(callsOf(program).map(({ callee }) => callee));
    for (const { node, path } of used) {
      const looked = called.has(node) ? lookedUp(path) : undefined;
      if (looked?.offer?.isModule !== true || looked.offer.signatures.length > 0) continue;
      if (ONCE_FUNCTIONS.test(`${looked.module.path}.${looked.name}`) || isGuarded(program)(node.span))
        continue;
      const meant = [...looked.module.names.values()].find(
        ({ name, isModule }) => !isModule && name.toLowerCase() === looked.name.toLowerCase(),
      );
      yield {
        at: node.span,
        message: `${looked.name} is a module of ${looked.module.path}, and cannot be called${meant === undefined ? '' : `; did you mean ${meant.name}`}.`,
        evidence: [],
      };
    }
  },
};
