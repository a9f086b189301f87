import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { nativeCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const NET = (flat: string): string => `
import torch
import torch.nn as nn
from data import loader

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.norm = nn.BatchNorm2d(width)
        self.head = nn.Linear(width * 30 * 30, 10)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        return self.head(${flat})
`;

export const batchFlattened: Check = {
  id: 'batch-flattened',
  title: 'The batch is flattened with the maps',
  severity: 'error',
  why: 'All examples become one row, which is too wide for the layer as soon as there are two.',
  instead: 'Keep dimension 0: torch.flatten(x, 1), or x.view(x.size(0), -1).',
  needs:
    'A linear layer on a tensor without any other dimension, made of maps that have gone through a norm over the batch.',
  wrong: [
    NET('x.view(-1)').replace('-1))', '-1))  # <--'),
    NET('torch.flatten(x)').replace('x))\n', 'x))  # <--\n'),
  ],
  right: [NET('torch.flatten(x, 1)'), NET('x.view(x.size(0), -1)')],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment, module } of nativeCalls(program, 'Linear')) {
      const [input] = args.positional;
      const span = isValue(input) && isFlattened(input) ? input.span : undefined;
      if (span === undefined || !isValue(input) || seen.has(span.start) || !isOfBatch(program, input))
        continue;
      seen.add(span.start);
      yield {
        at: span,
        message: `Every example of the batch goes into one row here, and ${module.type} takes one row for each.`,
        evidence: [places(['the layer is called here', moment.span])],
      };
    }
  },
};

/** `x.view(-1)`, `x.flatten()`, `torch.flatten(x)`: one dimension is left, whatever there was. */
function isFlattened({ made, shape }: Value): boolean {
  if (made.kind !== 'operation' || shape !== undefined) return false;
  const { positional, named } = made.args;
  if (/^(view|reshape)$/.test(made.name)) return positional.length === 2 && positional[1] === -1n;
  return made.name === 'flatten' && positional.length === 1 && named.size === 0;
}

/** Whether it is made of maps of several examples: a norm over the batch takes nothing else, and loaders give batches. */
function isOfBatch(program: Program, value: Value): boolean {
  const isMade = (layer: RegExp): boolean =>
    comesOf(value, ({ made }) => made.kind === 'layer' && layer.test(made.name));
  return isMade(/^BatchNorm2d$/) || (program.loaders.length > 0 && isMade(/^(Conv2d|MaxPool2d)$/));
}
