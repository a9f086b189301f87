import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, loopsOf, statementsIn } from '../../ask/tree.js';

const BEGINNING = `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler
data = TensorDataset(torch.randn(512, 20), torch.randint(0, 3, (512,)))
sampler = DistributedSampler(data)
loader = DataLoader(data, batch_size=32, sampler=sampler)
model = nn.parallel.DistributedDataParallel(nn.Linear(20, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(10):
`;

const BATCHES = `    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        optimizer.step()
`;

export const samplerEpoch: Check = {
  id: 'sampler-epoch',
  title: 'A distributed sampler that is not told the epoch',
  severity: 'warning',
  why: 'It shuffles by a seed and the number of the epoch: without set_epoch() every epoch has the same order, and each process the same examples.',
  instead: 'Call sampler.set_epoch(epoch) at the start of every epoch.',
  needs: 'A DistributedSampler for training that the file makes, and a loop over epochs.',
  wrong: [`${BEGINNING}${BATCHES.replace('loader:', 'loader:  # <--')}`],
  right: [`${BEGINNING}    sampler.set_epoch(epoch)\n${BATCHES}`],
  *run(program) {
    const { source } = program;
    if (!/DistributedSampler\(/.test(source)) return;
    if (/set_epoch|lightning|accelerat|deepspeed|ignite|Trainer\b/i.test(source)) return;
    const sampler = trainingSampler(program);
    if (sampler === undefined) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/\b\w*epoch\w*\b/i.test(loop.target.span.text)) continue;
      const inner = statementsIn(loop.body).find(
        (statement) =>
          statement.kind === 'For' &&
          /load|_dl\b|\bdl\b|iter/i.test(statement.iterable.span.text) &&
          /\.backward\(/.test(statement.span.text),
      );
      const called = loop.body.find((statement) => /\btrain\w*\s*\(/.test(statement.span.text));
      const at = inner?.kind === 'For' ? headOf(inner) : called?.span;
      if (at === undefined) continue;
      yield {
        at,
        message: 'The sampler is not told which epoch begins, and gives the same order every time.',
        evidence: [places(['the sampler', sampler])],
      };
      return;
    }
  },
};

function headOf({ iterable }: tree.For): Span {
  return iterable.span;
}

/** Where a sampler that shuffles is made for what is trained on. */
function trainingSampler(program: Program): Span | undefined {
  let found: Span | undefined;
  for (const node of callsOf(program)) {
    if (!/(^|\.)DistributedSampler$/.test(node.callee.span.text)) continue;
    if (!/val|test|eval|shuffle\s*=\s*False/i.test(node.span.text)) found ??= node.span;
  }
  return found;
}
