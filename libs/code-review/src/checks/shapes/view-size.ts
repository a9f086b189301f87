import { isValue } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import { inWords, numbersIn } from '../../ask/errors.js';

export const viewSize = errorCheck(
  {
    id: 'view-size',
    title: 'A view of another number of elements',
    why: 'view and reshape keep every element: a shape that holds another number raises an error.',
    instead: 'Flatten with the sizes the tensor has: x.view(x.size(0), -1) or torch.flatten(x, 1).',
    needs: 'view or reshape of a tensor of known shape to known sizes.',
    wrong: [
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.fc = nn.Linear(8 * 28 * 28, 10)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x.view(-1, 8 * 28 * 28)  # <--
        return self.fc(x)

Net()(torch.randn(4, 1, 28, 28))
`,
    ],
    right: [
      `
import torch
x = torch.randn(4, 1, 28, 28)
flat = x.view(4, -1)
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const [size] = numbersIn(error.message, /^shape '\[[^\]]*\]' is invalid for input of size (\d+)/) ?? [];
    if (at === undefined || size === undefined) return undefined;
    const shape = error.args?.positional.find(isValue)?.shape;
    return {
      at,
      message: `The ${size} elements of this tensor do not go into that shape.`,
      evidence: [
        ...(shape === undefined ? [] : [{ kind: 'shapes', shapes: [{ what: 'it is', shape }] } as const]),
        inWords(error),
      ],
    };
  },
);
