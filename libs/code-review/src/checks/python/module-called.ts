import type { Check } from '../../check.js';
import { isGuarded, libraryNames, lookedUp } from '../../ask/library-names.js';
import { callsOf } from '../../ask/tree.js';

export const moduleCalled: Check = {
  id: 'module-called',
  title: 'A module is called in the place of what is in it',
  severity: 'error',
  why: 'A module cannot be called: Python raises a TypeError as soon as the line runs.',
  instead: 'Call the class or function that the module holds; names are told apart by case.',
  needs:
    'A call of a path that is a module of a library, which has a class of that name in other letters, or of numpy.random.',
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
    `
from keras import backend as K
from keras.layers import Input, merge
both = merge([Input((3,)), Input((3,))], mode='concat')
print(K.backend())
`,
  ],
  *run(program) {
    const { used } = libraryNames(program);
    if (used.length === 0) return;
    const called = new Set(callsOf(program).map(({ callee }) => callee));
    for (const { node, path: written } of used) {
      const looked = called.has(node) ? lookedUp(written) : undefined;
      if (looked?.offer?.isModule !== true || looked.offer.signatures.length > 0) continue;
      if (isGuarded(program)(node.span)) continue;
      // Some modules have had functions of their name: what is meant says that this is none of them.
      const meant = [...looked.module.names.values()].find(
        ({ name, isModule }) =>
          !isModule && name !== looked.name && name.toLowerCase() === looked.name.toLowerCase(),
      );
      const path = `${looked.module.path}.${looked.name}`;
      if (path === 'keras.layers.merge' || (meant === undefined && path !== 'numpy.random')) continue;
      yield {
        at: node.span,
        message: `${looked.name} is a module of ${looked.module.path}, and cannot be called${meant === undefined ? '' : `; did you mean ${meant.name}`}.`,
        evidence: [],
      };
    }
  },
};
