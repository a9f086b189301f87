import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn } from '../../ask/tree.js';

const NET = (moved: string): string => `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.beside = [nn.Linear(4, 4)]

    def forward(self, x):
        return self.body(x)

    def cuda(self, device=None):  # <--
        ${moved}
        for one in self.beside:
            one.cuda(device)
`;

export const givesNothingBack: Check = {
  id: 'gives-nothing-back',
  title: 'A method of nn.Module written anew that gives nothing back',
  severity: 'design',
  why: 'cuda(), to(), train() and the like give the network itself: net = Net().cuda() is None where the method written here returns nothing.',
  instead: 'End it with return self.',
  needs: 'A method of a network of such a name, without a return of anything.',
  wrong: [NET('super().cuda(device)')],
  right: [`${NET('super().cuda(device)').replace('  # <--', '')}        return self\n`],
  *run(program) {
    for (const owner of classesOf(program)) {
      if (!owner.bases.some(({ span }) => /^(torch\.)?(nn\.)?Module$/.test(span.text))) continue;
      for (const name of [
        'cuda',
        'cpu',
        'to',
        'train',
        'eval',
        'float',
        'half',
        'double',
        'requires_grad_',
      ]) {
        const method = methodOf(owner, name);
        if (method === undefined || !/\bsuper\(|Module\./.test(method.span.text)) continue;
        const own = statementsIn(method.body);
        if (own.some((one) => (one.kind === 'Return' && one.value !== undefined) || one.kind === 'Raise'))
          continue;
        yield {
          at: method.nameSpan,
          message: `${name} of ${owner.name} gives None, where that of nn.Module gives the network.`,
          evidence: [],
        };
      }
    }
  },
};
