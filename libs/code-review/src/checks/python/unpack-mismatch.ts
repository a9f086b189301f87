import { errorCheck } from '../../ask/error-check.js';
import { inWords, numbersIn } from '../../ask/errors.js';
import { ownErrors } from '../../ask/python-errors.js';

export const unpackMismatch = errorCheck(
  {
    id: 'unpack-mismatch',
    title: 'Unpacked into another number of names',
    why: 'Python raises an error where the number of values is not that of the names.',
    instead:
      'Take as many names as there are values (enumerate gives a pair, of which the second may be a pair itself).',
    needs: 'A sequence of known length.',
    wrong: [
      `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
loader = DataLoader(TensorDataset(torch.randn(64, 20), torch.randint(0, 3, (64,))), batch_size=8, shuffle=True)
net = nn.Linear(20, 3)
for inputs, labels, weights in loader:  # <--
    print(net(inputs))
`,
      `
import torch
import torch.nn as nn
lstm = nn.LSTM(8, 16)
out, h, c = lstm(torch.randn(5, 2, 8))  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
lstm = nn.LSTM(8, 16)
out, (h, c) = lstm(torch.randn(5, 2, 8))
first, *others = out
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    if (at === undefined) return undefined;
    const few = numbersIn(
      error.message,
      /^not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)/,
    );
    const many = numbersIn(error.message, /^too many values to unpack \(expected (\d+)/);
    const none = /^cannot unpack non-iterable (\w+) object/.exec(error.message)?.[1];
    if (few === undefined && many === undefined && none === undefined) return undefined;
    if (few !== undefined && (few[1] ?? 0) === 0) return undefined;
    const names = (few ?? many)?.[0];
    return {
      at,
      message:
        none === undefined
          ? `${names ?? 'Several'} values are wanted here, and there are ${few === undefined ? 'more' : `only ${few[1] ?? 0}`}.`
          : `This is one ${none}, and cannot be unpacked into several names.`,
      evidence: [inWords(error)],
    };
  },
  ownErrors,
);
