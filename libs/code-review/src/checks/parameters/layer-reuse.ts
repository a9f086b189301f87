import { isValue } from '@tensormark/frameworks';
import type { ModuleCalled, ProgramModule } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { linearMaker } from '../../ask/ancestry.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

export const layerReuse: Check = {
  id: 'layer-reuse',
  title: 'One batch norm after several layers',
  severity: 'warning',
  why: 'It keeps one mean and one variance: those of different layers go into the same figures, which fit neither when the network is evaluated.',
  instead: 'Give every layer a batch norm of its own.',
  needs: 'A batch norm called at two places of one forward pass, straight on what different layers give.',
  wrong: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(32)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv1(x)))
        x = torch.relu(self.bn(self.conv2(x)))  # <--
        return self.head(x.mean((2, 3)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Twin(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(32)
        self.act = nn.ReLU()

    def once(self, x):
        return self.act(self.bn(self.conv(x)))

    def forward(self, a, b):
        return self.once(a) - self.once(b), self.bn(self.conv(a)) - self.bn(self.conv(b))
`,
  ],
  *run(program) {
    const calls = new Map<string, { readonly call: ModuleCalled; readonly after: ProgramModule }[]>();
    const seen = new Set<number>();
    for (const call of layerCalls(program, 'BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d')) {
      const { module, args, moment } = call;
      const [input] = args.positional;
      const at = moment.span;
      const after = isValue(input) ? linearMaker(input) : undefined;
      if (at === undefined || after === undefined) continue;
      const key = `${module.id}:${moment.activation?.id ?? 0}`;
      const known = calls.get(key) ?? [];
      calls.set(key, known);
      const first = known.find((one) => one.after !== after && one.call.moment.span?.start !== at.start);
      known.push({ call, after });
      if (first === undefined || seen.has(at.start) || moment.arm !== first.call.moment.arm) continue;
      seen.add(at.start);
      yield {
        at,
        message: `This ${module.type} has already been used after another layer in the same pass.`,
        evidence: [
          places(['it is used here first', first.call.moment.span], ['it is made here', module.span]),
        ],
      };
    }
  },
};
