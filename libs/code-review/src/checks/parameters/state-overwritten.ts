import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

export const stateOverwritten: Check = {
  id: 'state-overwritten',
  title: 'What the object keeps is replaced by a part of itself',
  severity: 'warning',
  why: 'The first batch picks from the weights that were made once, and every later one picks from what it left.',
  instead: 'Give the part a name of its own: weights = self.weights.gather(0, labels).',
  needs:
    'An attribute made in __init__ that forward sets to what gather or an index of the batch takes from it.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Weighted(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = torch.tensor(weights)

    def forward(self, scores, labels):
        self.weights = self.weights.gather(0, labels.view(-1))  # <--
        return (self.weights * F.cross_entropy(scores, labels, reduction='none')).mean()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Weighted(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = torch.tensor(weights)

    def forward(self, scores, labels):
        self.weights = self.weights.to(scores.device)
        weights = self.weights.gather(0, labels.view(-1))
        return (weights * F.cross_entropy(scores, labels, reduction='none')).mean()
`,
  ],
  *run(program) {
    if (!/self\.(\w+)\s*=\s*(torch\.\w+\()?self\.\1\b/.test(program.source)) return;
    for (const owner of classesOf(program)) {
      const init = methodOf(owner, '__init__');
      const forward = methodOf(owner, 'forward') ?? methodOf(owner, '__call__');
      if (init === undefined || forward === undefined) continue;
      const made = new Set(statementsIn(init.body).flatMap((one) => targetsOf(one)));
      const inputs = forward.parameters.map(({ name }) => name).filter((name) => name !== 'self');
      for (const one of statementsIn(forward.body)) {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || one.targets.length !== 1 || !/^self\.\w+$/.test(name) || !made.has(name))
          continue;
        const text = one.value.span.text;
        const isPicked =
          new RegExp(String.raw`^${name}\.(gather|index_select|take)\(`).test(text) ||
          new RegExp(String.raw`^torch\.(gather|index_select|take)\(\s*${name}\b`).test(text) ||
          new RegExp(String.raw`^${name}\[\s*(${inputs.join('|') || '-'})\b`).test(text);
        // Set anew for each batch elsewhere, it is a buffer of the batch.
        const isAnew = statementsOf(program).some(
          (other) =>
            other !== one &&
            targetsOf(other).includes(name) &&
            other.span.start > init.span.end &&
            !other.span.text.includes(`= ${name}`),
        );
        if (!isPicked || isAnew) continue;
        yield {
          at: one.span,
          message: `${name} is what __init__ made only for the first batch.`,
          evidence: [],
        };
      }
    }
  },
};
