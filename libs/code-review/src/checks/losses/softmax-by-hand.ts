import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { learnedIn } from '../../ask/gradients.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const BOUNDED = /^(tanh|Tanh|sigmoid|Sigmoid|clamp|clip|normalize|cosine_similarity|log_softmax|logsigmoid)$/;

export const softmaxByHand: Check = {
  id: 'softmax-by-hand',
  title: 'A softmax written out with exp',
  severity: 'design',
  why: 'exp of a score beyond 88 is infinite in float32, and infinity by infinity is NaN; torch.softmax takes the largest score off first.',
  instead: 'Use torch.softmax(scores, dim=…), or log_softmax or logsumexp for logarithms.',
  needs: 'exp of scores that a layer gives, nothing taken off them, divided by its own sum.',
  wrong: [
    `
import torch
import torch.nn as nn
layer = nn.Linear(8, 1)
states = torch.randn(4, 10, 8)
raised = torch.exp(layer(states))  # <--
weights = raised / raised.sum(dim=1, keepdim=True)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
layer = nn.Linear(8, 1)
states = torch.randn(4, 10, 8)
scores = layer(states)
raised = torch.exp(scores - scores.max(dim=1, keepdim=True).values)
weights = raised / raised.sum(dim=1, keepdim=True)
bounded = torch.exp(torch.tanh(scores))
shares = bounded / bounded.sum(dim=1, keepdim=True)
`,
  ],
  *run(program) {
    if (!program.source.includes('exp')) return;
    const seen = new Set<number>();
    for (const { given } of madeOnce(program, 'div')) {
      const [above, below] = given;
      if (!isValue(above) || !isValue(below) || makerOf(above) !== 'exp') continue;
      const [scores] = above.inputs;
      const at = above.span;
      if (scores === undefined || at === undefined || seen.has(at.start) || !sums(below, above)) continue;
      if (makerOf(scores) === 'sub' || BOUNDED.test(makerOf(scores)) || learnedIn(above).length === 0)
        continue;
      seen.add(at.start);
      yield {
        at,
        message: 'exp is taken of scores that may be of any size, and divided by its sum.',
        evidence: [places(['the sum', below.span], ['the scores', scores.span])],
      };
    }
  },
};

/** Whether a value is the sum of another, whatever small number is added to it. */
function sums(value: Value, of: Value): boolean {
  const name = makerOf(value);
  if (name === 'sum') return value.inputs[0] === of;
  const [inner] = value.inputs;
  return /^(add|unsqueeze|expand_as|expand|view|clamp)$/.test(name) && inner !== undefined && sums(inner, of);
}
