import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const dimensionMissing: Check = {
  id: 'dimension-missing',
  title: 'A dimension that a flat tensor does not have',
  severity: 'error',
  why: 'view(-1) lays everything out in one dimension, number 0: there is no dimension 1, and PyTorch raises an error.',
  instead: 'Keep the batch: x.view(x.size(0), -1); or leave the dimension out.',
  needs:
    'A tensor flattened to one dimension by view(-1), reshape(-1) or flatten(), and a dimension from 1 on that is asked of it.',
  wrong: [
    `
import torch

def overlap(outputs, targets):
    outputs, targets = outputs.contiguous().view(-1), targets.contiguous().view(-1)
    return torch.sum(outputs * targets, dim=1) / (outputs.sum() + targets.sum())  # <--
`,
  ],
  right: [
    `
import torch

def overlap(outputs, targets):
    rows = outputs.view(outputs.size(0), -1) * targets.view(targets.size(0), -1)
    flat = outputs.view(-1)
    return rows.sum(dim=1), flat.sum(0), flat.sum(dim=-1), flat.unsqueeze(1)
`,
  ],
  *run(program) {
    if (!/\.(view|reshape)\(-1\)|\.(flatten|ravel)\(\)/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { args, moment, name } of callsNamed(
      program,
      'sum',
      'mean',
      'softmax',
      'log_softmax',
      'argmax',
      'max',
      'min',
      'prod',
      'cumsum',
    )) {
      const [tensor] = args.positional;
      const at = moment.span;
      if (!isValue(tensor) || tensor.shape !== undefined || at === undefined || seen.has(at.start)) continue;
      const dim = argument(args, 'dim', 1);
      if (!(typeof dim === 'bigint' && (dim >= 1n || dim < -1n)) || !isFlat(tensor)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${name} is asked for dimension ${dim}, and the tensor has one dimension.`,
        evidence: [
          places(['what it is given', tensor.span]),
          {
            kind: 'error',
            type: 'IndexError',
            message: `Dimension out of range (expected to be in range of [-1, 0], but got ${dim})`,
            exact: true,
          },
        ],
      };
    }
  },
};

/** Whether a tensor is of one dimension for certain: flattened, and only worked on number by number since. */
function isFlat(value: Value, depth = 0): boolean {
  if (value.shape !== undefined) return value.shape.length === 1;
  if (depth > 20 || value.made.kind !== 'operation') return false;
  const { args } = value.made;
  const name = makerOf(value);
  const [self, size] = args.positional;
  if (name === 'view' || name === 'reshape') {
    const sizes: readonly Datum[] = Array.isArray(size) ? size : args.positional.slice(1);
    return sizes.length === 1 && sizes[0] === -1n;
  }
  if (name === 'flatten' || name === 'ravel') return args.positional.length === 1 && args.named.size === 0;
  if (
    /^(sigmoid|tanh|relu|exp|log|abs|neg|pow|square|sqrt|clamp|float|to|cuda|contiguous|clone|detach)$/.test(
      name,
    )
  )
    return isValue(self) && isFlat(self, depth + 1);
  if (!/^(mul|add|sub|div|truediv)$/.test(name)) return false;
  const parts = args.positional.filter(isValue);
  return parts.length > 0 && parts.every((part) => isFlat(part, depth + 1));
}
