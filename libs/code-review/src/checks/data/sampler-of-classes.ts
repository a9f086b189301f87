import type { Check } from '../../check.js';
import { callsOf, functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';

const LOADER = (weights: string): string => `
import torch
from torch.utils.data import DataLoader, WeightedRandomSampler

def loader_of(data, labels):
    counts = torch.bincount(labels)
    weights = 1.0 / counts.float()
    sampler = WeightedRandomSampler(${weights}, len(data))  # <--
    return DataLoader(data, batch_size=32, sampler=sampler)
`;

export const samplerOfClasses: Check = {
  id: 'sampler-of-classes',
  title: 'A sampler given one weight for each class',
  severity: 'warning',
  why: 'WeightedRandomSampler draws the numbers of its weights: with one for each class only the first few examples are ever drawn.',
  instead: 'Give it the weight of each example: weights[labels].',
  needs: 'A WeightedRandomSampler of 1 over the counts of classes, as they are.',
  wrong: [LOADER('weights')],
  right: [LOADER('weights[labels]').replace('  # <--', '')],
  *run(program) {
    if (!program.source.includes('WeightedRandomSampler(')) return;
    for (const call of callsOf(program)) {
      const given = call.keywords.find(({ name }) => name === 'weights')?.value ?? call.args[0];
      if (!/(^|\.)WeightedRandomSampler$/.test(call.callee.span.text) || given?.kind !== 'Name') continue;
      const home = functionsAround(program, call.span).at(-1);
      const own = statementsIn(home?.body ?? program.body);
      const [made, more] = own.filter((one) => targetsOf(one).includes(given.id));
      if (made?.kind !== 'Assign' || more !== undefined) continue;
      const [, counts = ''] =
        /^1\.?0?\s*\/\s*(?:torch\.tensor\(|np\.array\()?(\w+)(?:\.float\(\))?\)?$/.exec(
          made.value.span.text,
        ) ?? [];
      const [counted] = own.filter((one) => targetsOf(one).includes(counts));
      if (counted?.kind !== 'Assign') continue;
      if (
        !/\b(torch\.|np\.)bincount\(|np\.unique\([^)]*return_counts=True\)\[1\]/.test(counted.value.span.text)
      )
        continue;
      yield { at: call.span, message: `${given.id} has one weight for each class.`, evidence: [] };
    }
  },
};
