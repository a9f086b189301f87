import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { isNumber, madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const LOSS = (pt: string): string => `
import torch
import torch.nn.functional as F

def focal(scores, labels, gamma=2):
    logs = F.log_softmax(scores, dim=1)
    logs = logs.gather(1, labels.view(-1, 1)).squeeze(1)
    ${pt}
    return -((1 - pt) ** gamma * logs).mean()  # <--
`;

export const focalOfLogarithm: Check = {
  id: 'focal-of-logarithm',
  title: 'A focal weight of a logarithm instead of the probability',
  severity: 'warning',
  why: 'The weight (1 - p)^γ is small where p is near 1; 1 - log p is never below 1, and weighs every example up.',
  instead: 'Take the probability first: p = logs.exp(), or p = exp(-cross_entropy).',
  needs:
    '1 less a logarithm of probabilities, or less a cross entropy of each example, or less the exponential of that without its minus, raised to a power.',
  wrong: [
    LOSS('pt = logs'),
    `
import torch
import torch.nn.functional as F

def focal(scores, labels, gamma=2):
    each = F.cross_entropy(scores, labels, reduction='none')
    pt = torch.exp(each)
    weight = (1 - pt).pow(gamma)  # <--
    return (weight * each).mean()
`,
  ],
  right: [
    LOSS('pt = logs.exp()').replace('  # <--', ''),
    `
import torch
import torch.nn.functional as F

def focal(scores, labels, gamma=2):
    each = F.cross_entropy(scores, labels, reduction='none')
    pt = torch.exp(-each)
    distance = (1 - F.mse_loss(scores, scores.detach() * 2)) ** 2
    return ((1 - pt).pow(gamma) * each).mean() + distance
`,
  ],
  *run(program) {
    if (!/log|entropy/i.test(program.source)) return;
    for (const { given } of madeOnce(program, 'pow')) {
      const [base] = given;
      if (!isValue(base) || makerOf(base) !== 'sub' || base.made.kind !== 'operation') continue;
      const [one, taken] = base.made.args.positional;
      const at = base.span;
      if (!isNumber(one) || Number(one) !== 1 || !isValue(taken) || at === undefined) continue;
      const told = kindOf(taken);
      if (told === undefined) continue;
      yield {
        at,
        message: `1 is made less by ${told}, where the probability is meant.`,
        evidence: [places(['it comes from here', taken.span])],
      };
    }
  },
};

/** What of each example a value is; undefined for whatever else. */
function kindOf(value: Value): string | undefined {
  const source = chosen(value);
  const name = makerOf(source);
  if (/^(log_softmax|LogSoftmax|logsigmoid|LogSigmoid)$/.test(name)) return 'a logarithm of probabilities';
  const [inner] = source.inputs;
  if (name === 'log' && inner !== undefined && isOfProbabilities(inner))
    return 'a logarithm of probabilities';
  if (name === 'neg' && inner !== undefined && ENTROPY.test(makerOf(chosen(inner))))
    return 'a logarithm of probabilities';
  if (ENTROPY.test(name)) return 'a cross entropy';
  if (name === 'exp' && inner !== undefined && ENTROPY.test(makerOf(chosen(inner))))
    return 'the exponential of a cross entropy, which is never below 1,';
  return undefined;
}

const ENTROPY =
  /^(cross_entropy|CrossEntropyLoss|binary_cross_entropy(_with_logits)?|BCE(WithLogits)?Loss|nll_loss)$/;

function isOfProbabilities(value: Value): boolean {
  const source = /^(add|clamp)$/.test(makerOf(value)) ? value.inputs[0] : value;
  return source !== undefined && /^(softmax|Softmax|sigmoid|Sigmoid)$/.test(makerOf(chosen(source)));
}

/** What a value is a part of: the logarithm of one class, picked out or masked. */
function chosen(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 10; depth++) {
    const [first, second] = current.inputs;
    const name = makerOf(current);
    if (name === 'mul' && first !== undefined && second !== undefined) {
      const mask = [first, second].find((one) => /^(one_hot|scatter|float|eq|to)$/.test(makerOf(one)));
      const other = mask === first ? second : first;
      if (mask === undefined) return current;
      current = other;
      continue;
    }
    if (
      first === undefined ||
      !/^(gather|view|reshape|squeeze|unsqueeze|flatten|getitem|sum|contiguous)$/.test(name)
    )
      return current;
    current = first;
  }
  return current;
}
