import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { pieceBehind } from './shifted.js';
import { sameWords } from './same-words.js';
import { unshifted } from './unshifted.js';

const LEARN = (targets: string): string => `
import torch.nn as nn
from translation import network
criterion = nn.CrossEntropyLoss()

def learn(loader, optimizer, words):
    for source, target in loader:
        optimizer.zero_grad()
        said = network(source, target)
        loss = criterion(said[1:].view(-1, words), ${targets}.reshape(-1))
        loss.backward()
        optimizer.step()
`;

const PIECES = (piece: string): string => `
import torch.nn as nn
from words import network, text
criterion = nn.CrossEntropyLoss()

def batch_at(text, i, bptt=35):
    n = min(bptt, len(text) - 1 - i)
    data = text[i : i + n]
    target = text[${piece}].view(-1)
    return data, target

data, target = batch_at(text, 0)
loss = criterion(network(data).flatten(0, 1), target)
`;

export const targetsLag: Check = {
  id: 'targets-lag',
  title: 'What is predicted is compared with the word before, or the one that is given',
  severity: 'warning',
  why: 'Outputs without their first are compared with targets without their last: each word is learned as the one that came before it.',
  instead: 'Leave out the first of both, or the last of the outputs and the first of the targets.',
  needs:
    'A loss whose input is a sequence from its second place on, and whose target is one up to its last but one.',
  wrong: [
    PIECES('i : i + n').replace('.view(-1)', '.view(-1)  # <--'),
    LEARN('target[:-1]').replace('.reshape(-1))', '.reshape(-1))  # <--'),
    `
import torch
import torch.nn as nn
from somewhere import batches

class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(500, 32)
        self.rnn = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 500)

    def forward(self, words):
        return self.head(self.rnn(self.embed(words))[0])

net = Words()
optimizer = torch.optim.Adam(net.parameters())
for words in batches:
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(words).view(-1, 500), words.view(-1))  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    PIECES('i + 1 : i + 1 + n'),
    LEARN('target[1:]'),
    LEARN('target[1:]').replace('said[1:]', 'said[:-1]'),
  ],
  *run(program) {
    yield* unshifted(program);
    yield* sameWords(program);
    if (!/:\s*-1/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { input, target, moment } of eventsOf(program, 'loss')) {
      const at = moment.span;
      if (input === undefined || !isValue(target) || at === undefined || seen.has(at.start)) continue;
      const [said, wanted] = [pieceBehind(input), pieceBehind(target)];
      if (said === undefined || wanted === undefined || said.along !== wanted.along) continue;
      if (said.of !== undefined || wanted.of !== undefined || said.from !== 1 || !said.isOpen) continue;
      if (wanted.from !== 0 || wanted.to !== -1 || said.whole === wanted.whole) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The outputs lack their first place, and the targets their last.',
        evidence: [places(['the outputs', input.span], ['the targets', target.span])],
      };
    }
  },
};
