import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

export const batchAbsorbed: Check = {
  id: 'batch-absorbed',
  title: 'A view that changes the number of examples',
  severity: 'warning',
  why: 'With -1 for the batch, a width that is not all of an example cuts each into several rows: the loss then finds more outputs than labels.',
  instead: 'Keep the batch and let the width follow: x.view(x.size(0), -1).',
  needs: 'view(-1, n) of maps of known shape, in a forward pass, that gives another number of rows.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.head = nn.Linear(16 * 16 * 16, 10)

    def forward(self, x):
        x = torch.relu(self.conv(x)).view(-1, 16 * 16 * 16)  # <--
        return self.head(x)

scores = Net()(torch.randn(8, 3, 32, 32))
loss = nn.functional.cross_entropy(scores, torch.randint(0, 10, (8,)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.pixels = nn.Linear(16, 4)
        self.head = nn.Linear(16 * 32 * 32, 10)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        each = self.pixels(x.permute(0, 2, 3, 1).reshape(-1, 16))
        return self.head(x.view(-1, 16 * 32 * 32)), each

scores, each = Net()(torch.randn(8, 3, 32, 32))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    const fed = new Set<number>();
    for (const { args } of layerCalls(program, 'Linear')) {
      const [input] = args.positional;
      if (isValue(input)) fed.add(input.id);
    }
    for (const { args, result, moment } of callsNamed(program, 'view', 'reshape')) {
      const [input, rows, width] = args.positional;
      const at = moment.span;
      if (!isValue(input) || !isValue(result)) continue;
      if (at === undefined || seen.has(at.start) || rows !== -1n || typeof width !== 'bigint') continue;
      const [from, to] = [input.shape, result.shape];
      if (from?.length !== 4 || to?.length !== 2 || to[0] === from[0] || to[1] === from[3]) continue;
      // Where the elements do not go into that shape at all, it is another fault.
      if (productOf(from) !== productOf(to)) continue;
      if (moment.activation?.name !== 'forward' || !fed.has(result.id)) continue;
      if (/^(permute|transpose|getitem|unfold|stack|reshape|view)$/.test(makerOf(input))) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${from[0]} examples go in, and ${to[0]} rows come out: ${width} is not all of an example.`,
        evidence: [
          {
            kind: 'shapes',
            shapes: [
              { what: 'it is', shape: from },
              { what: 'it comes to', shape: to },
            ],
          },
          places(['it comes from here', input.span]),
        ],
      };
    }
  },
};

function productOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
