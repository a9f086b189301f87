import { isValue } from '@tensormark/frameworks';
import type { ErrorRaised } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import type { Evidence } from '../../finding.js';

function isLoss({ module, call }: ErrorRaised): boolean {
  return /Loss/.test(module?.layer?.type ?? '') || /_loss$|cross_entropy|kl_div/.test(call?.name ?? '');
}

function shapesOf({ args }: ErrorRaised): Evidence[] {
  const [input, target] = (args?.positional ?? []).filter(isValue);
  const shapes = [
    ...(input?.shape === undefined ? [] : [{ what: 'the input is', shape: input.shape }]),
    ...(target?.shape === undefined ? [] : [{ what: 'the target is', shape: target.shape }]),
  ];
  return shapes.length === 0 ? [] : [{ kind: 'shapes', shapes }];
}

export const targetDtype = errorCheck(
  {
    id: 'target-dtype',
    title: 'Targets of a type the loss does not take',
    why: 'Class indices must be int64, and probabilities floating point of the type of the scores; others raise an error.',
    instead:
      'Convert the target: .long() for class indices, .float() for binary cross entropy and regression.',
    needs: 'A loss called on tensors of known types.',
    wrong: [
      `
import torch
import torch.nn as nn
scores = nn.Linear(20, 3)(torch.randn(8, 20))
target = torch.randint(0, 3, (8,)).float()
loss = nn.CrossEntropyLoss()(scores, target)  # <--
`,
      `
import pandas as pd
import torch
import torch.nn as nn
table = pd.read_csv('houses.csv')
x = torch.tensor(table.drop(columns=['price']).values, dtype=torch.float32)
y = torch.tensor(table['price'].values, dtype=torch.long).unsqueeze(1)
net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
nn.functional.mse_loss(net(x), y).backward()  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
scores = nn.Linear(20, 3)(torch.randn(8, 20))
loss = nn.CrossEntropyLoss()(scores, torch.randint(0, 3, (8,)))
soft = nn.CrossEntropyLoss()(scores, torch.rand(8, 3))
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isType =
      /expected scalar type|can't be cast to the desired output type|Expected floating point type for target|Found dtype|not implemented for '(Int|Float|Long|Double)'/.test(
        error.message,
      );
    if (at === undefined || !isLoss(error) || !isType) return undefined;
    return {
      at,
      message: 'The loss does not take targets of this type.',
      evidence: [...shapesOf(error), inWords(error)],
    };
  },
);

export const targetShape = errorCheck(
  {
    id: 'target-shape',
    title: 'Targets of a shape the loss does not take',
    why: 'Classes stand in the second dimension of the scores, and class indices have all the others; what does not fit raises an error.',
    instead:
      'Bring scores to (batch, classes, …) and class indices to (batch, …); for binary losses make both the same shape.',
    needs: 'A loss called on tensors of known shapes.',
    wrong: [
      `
import torch
import torch.nn as nn
scores = nn.Linear(20, 3)(torch.randn(8, 12, 20))
target = torch.randint(0, 3, (8, 12))
loss = nn.CrossEntropyLoss()(scores, target)  # <--
`,
      `
import torch
import torch.nn as nn
scores = nn.Linear(20, 1)(torch.randn(8, 20))
loss = nn.BCEWithLogitsLoss()(scores, torch.ones(8))  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
scores = nn.Linear(20, 3)(torch.randn(8, 12, 20))
loss = nn.CrossEntropyLoss()(scores.transpose(1, 2), torch.randint(0, 3, (8, 12)))
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isShape =
      /Expected target size|Expected input batch_size|must be the same as input size|multi-target not supported|0D or 1D target|is different to the input size|must match the size of tensor b|only batches of spatial targets/.test(
        error.message,
      );
    if (at === undefined || !isLoss(error) || !isShape) return undefined;
    return {
      at,
      message: 'The loss does not take a target of this shape.',
      evidence: [...shapesOf(error), inWords(error)],
    };
  },
);
