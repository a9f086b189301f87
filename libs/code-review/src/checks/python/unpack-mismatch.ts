import { errorCheck } from '../../ask/error-check.js';
import { inWords, isAskedFirst, numbersIn } from '../../ask/errors.js';
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
def pick(names, wanted):
    handlers = []
    if wanted > 2:
        handlers.append('first')
        handlers.append('second')
    if names:
        handlers.append('third')
    if len(handlers) == 1:
        (only,) = handlers
        return only
`,
      `
model, optimizer = ...
inputs, labels = next(model)
`,
      `
import torch
import torch.nn as nn
lstm = nn.LSTM(8, 16)
out, (h, c) = lstm(torch.randn(5, 2, 8))
first, *others = out
`,
      // What one condition decides twice is decided alike.
      `
import torch
from itertools import product
from settings import MOST

def grid(has_slopes):
    pairs = (False, True)
    points = product(pairs, pairs, pairs) if has_slopes else product(pairs, pairs)
    for point in points:
        if has_slopes:
            a, b, slope = point
        else:
            a, b = point
    return a, b

def best(x, with_place):
    if with_place:
        return x.max(), x.argmax(), x
    return x.max(), x.argmax()

def use(x, with_place, wide):
    if wide:
        parts = (x, x, x)
    else:
        parts = (x, x)
    if not wide:
        one, other = parts
    if not with_place:
        most, place = best(x, with_place)
    else:
        most, place, whole = best(x, with_place)
    grown = []
    for _ in range(MOST):
        grown.append(x)
    left, right, up, down = [part + 1 for part in grown]
    return most, place
`,
      `
import torch
from tools import pairs_of, cached

class Table:
    @cached
    def ends(self):
        return torch.zeros(2), torch.ones(2)

    def width(self):
        low, high = self.ends
        return high - low, self.ends[0]

@pairs_of(0)
def ring(count, extra=None):
    _, places = count
    return places

ring(4)
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    if (at === undefined || isAskedFirst(program, error)) return undefined;
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
