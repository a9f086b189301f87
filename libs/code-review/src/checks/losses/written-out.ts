import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, comesOf, linearMaker, makerOf } from '../../ask/ancestry.js';
import { learnedIn } from '../../ask/gradients.js';
import { isNumber, madeOf, operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { hasLearned } from '../parameters/learned.js';

/** A value without numbers that are added to it or multiplied with it. */
function bare(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 20; depth++) {
    if (!/^(add|mul|sub)$/.test(makerOf(current))) return current;
    const [one, other] = operandsOf(current);
    const next = isNumber(one) ? other : isNumber(other) ? one : undefined;
    if (!isValue(next)) return current;
    current = next;
  }
  return current;
}

/** The sums that a value adds up. */
function sumsIn(value: Value): Value[] {
  const current = bare(value);
  if (makerOf(current) === 'sum') return [current];
  if (!/^(add|sub)$/.test(makerOf(current))) return [];
  return operandsOf(current).flatMap((datum) => (isValue(datum) ? sumsIn(datum) : []));
}

export const diceNeedsProb: Check = {
  id: 'dice-needs-prob',
  title: 'An overlap computed of scores instead of probabilities',
  severity: 'warning',
  why: 'Dice and IoU are shares of sets, with members between 0 and 1: of scores they may be anything, and grow without end.',
  instead: 'Take the sigmoid (or the softmax) of the scores first.',
  needs: 'An overlap 2·Σpt / (Σp + Σt) written out, whose p comes straight from a layer.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Conv2d(3, 1, 3, padding=1)
def dice_loss(scores, target):
    overlap = (scores * target).sum()  # <--
    return 1 - (2 * overlap + 1) / (scores.sum() + target.sum() + 1)
loss = dice_loss(net(torch.randn(2, 3, 16, 16)), torch.ones(2, 1, 16, 16))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Conv2d(3, 1, 3, padding=1)
def dice_loss(scores, target):
    chances = torch.sigmoid(scores)
    overlap = (chances * target).sum()
    return 1 - (2 * overlap + 1) / (chances.sum() + target.sum() + 1)
loss = dice_loss(net(torch.randn(2, 3, 16, 16)), torch.ones(2, 1, 16, 16))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { given } of madeOf(program, 'div', 'truediv')) {
      const [above, below] = given;
      if (!isValue(above) || !isValue(below)) continue;
      const overlap = bare(above);
      const [product] = overlap.inputs;
      if (makerOf(overlap) !== 'sum' || product === undefined || makerOf(product) !== 'mul') continue;
      const at = product.span;
      const factors = operandsOf(product).filter(isValue);
      const scores = factors.find((value) => linearMaker(behind(value)) !== undefined);
      const target = factors.find((value) => value !== scores);
      if (scores === undefined || target === undefined || at === undefined || seen.has(at.start)) continue;
      const isSummed = sumsIn(below).some(
        ({ inputs: [of] }) => of !== undefined && behind(of) === behind(scores),
      );
      if (!isSummed || comesOf(target, (value) => value === behind(scores))) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The overlap is computed of the scores of a layer, which are no probabilities.',
        evidence: [places(['the scores come from here', behind(scores).span])],
      };
    }
  },
};

export const sqrtAtZero: Check = {
  id: 'sqrt-at-zero',
  title: 'A root whose gradient is not finite at 0',
  severity: 'warning',
  why: 'The slope of √x at 0 is infinite, and times 0 it is NaN: where two parts of one tensor are equal, all weights become NaN.',
  instead: 'Add a small number under the root: torch.sqrt(x + 1e-8).',
  needs: 'A root of squared differences of each row of one value with each, that is learned through.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(8, 4)
z = net(torch.randn(16, 8))
distances = torch.sqrt(((z.unsqueeze(0) - z.unsqueeze(1)) ** 2).sum(-1))  # <--
distances.mean().backward()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(8, 4)
z, goal = net(torch.randn(16, 8)), torch.randn(16, 4)
distances = torch.sqrt(((z.unsqueeze(0) - z.unsqueeze(1)) ** 2).sum(-1) + 1e-8)
loss = distances.mean() + torch.sqrt(((z - goal) ** 2).mean())
loss.backward()
`,
    `
import torch
import torch.nn as nn
net = nn.Linear(8, 6)
points = net(torch.randn(16, 8)).view(-1, 3, 2)
one, other = net(torch.randn(32, 8)).chunk(2)
bone = (points[:, 0] - points[:, 1]).pow(2).sum(-1).sqrt()
(bone.mean() + torch.sqrt(((one - other) ** 2).sum(1)).mean()).backward()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { result, given } of madeOf(program, 'sqrt', 'pow')) {
      const [of, power] = given;
      const at = result.span;
      if (!isValue(of) || (makerOf(result) === 'pow' && power !== 0.5) || at === undefined) continue;
      const difference = seen.has(at.start) ? undefined : differenceUnder(of);
      if (difference === undefined || learnedIn(result).length === 0) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'This is the root of a difference that is 0 wherever the two parts are equal.',
        // Two outputs are rarely equal to the last bit, and pairs of one and the same picture are.
        ...(difference.inputs.some(isSpread) ? {} : { severity: 'design' as const }),
        evidence: [places(['the difference', difference.span])],
      };
    }
  },
};

/** The difference of two parts of one value that sums and squares of are under a root, and nothing is added to. */
function differenceUnder(value: Value): Value | undefined {
  const pending: Value[] = [value];
  let found: Value | undefined;
  for (let steps = 0; steps < 60; steps++) {
    const current = pending.pop();
    if (current === undefined) break;
    const given = operandsOf(current);
    const name = makerOf(current);
    if (name === 'sub') {
      const [one, other] = given;
      if (!isValue(one) || !isValue(other)) return undefined;
      if (madeAlike(one, other)) {
        found = current;
        continue;
      }
      const root = wholeOf(one);
      if (root !== wholeOf(other) || one === other || (!isSpread(one) && !isSpread(other))) return undefined;
      found = current;
      continue;
    }
    if (!/^(add|mul|pow|square|sum|abs)$/.test(name)) return undefined;
    // A number under the root keeps it away from 0.
    if (name === 'add' && given.some(isNumber)) return undefined;
    if (
      given
        .slice(0, name === 'add' || name === 'mul' ? 2 : 1)
        .some((datum) => !isValue(datum) && name !== 'mul')
    )
      return undefined;
    for (const datum of given) if (isValue(datum)) pending.push(datum);
  }
  return found;
}

/** Whether one layer made both, in two calls, as a network does of a pair of pictures. */
function madeAlike(one: Value, other: Value): boolean {
  const [first, second] = [behind(one), behind(other)];
  return (
    first !== second &&
    first.made.kind === 'layer' &&
    second.made.kind === 'layer' &&
    first.made.module === second.made.module &&
    hasLearned(first.made.module)
  );
}

const PART =
  /^(getitem|unpacked|element|split|chunk|unbind|unsqueeze|squeeze|view|reshape|expand|repeat|transpose|permute|T|narrow)$/;

function wholeOf(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 20; depth++) {
    const [first] = current.inputs;
    if (first === undefined || !PART.test(makerOf(current)) || isPicked(current)) return current;
    current = first;
  }
  return current;
}

/** Whether an axis was put in, so that every row meets every row, itself too. */
function isSpread(value: Value): boolean {
  let current = value;
  for (let depth = 0; depth < 20; depth++) {
    const [first] = current.inputs;
    if (first === undefined || !PART.test(makerOf(current))) return false;
    const key = current.made.kind === 'operation' ? current.made.args.positional[1] : undefined;
    if (/^(unsqueeze|expand|repeat)$/.test(makerOf(current)) || key === null) return true;
    if (Array.isArray(key) && key.includes(null)) return true;
    if (current.shape?.includes(1) === true && current.shape.length > (first.shape?.length ?? Infinity))
      return true;
    current = first;
  }
  return false;
}

/** Whether indices pick it out, which may be others than those of its counterpart. */
function isPicked({ made }: Value): boolean {
  const key = made.kind === 'operation' && made.name === 'getitem' ? made.args.positional[1] : undefined;
  return isValue(key) || (Array.isArray(key) && key.some((one: Datum) => isValue(one)));
}
