import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const DICE = (given: string, below = 'p.sum() + y.sum()', mark = ''): string => `
import torch
import torch.nn as nn
net = nn.Conv2d(3, 1, 1)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)

def dice_loss(scores, y):
    p = torch.sigmoid(scores)
    inter = (p * y).sum()
    total = ${below}
    dice = (2 * inter + 1) / (total + 1)${below.includes('*') ? mark : ''}
    return ${given}${below.includes('*') ? '' : mark}

for step in range(100):
    x, y = torch.randn(4, 3, 8, 8), torch.rand(4, 1, 8, 8).round()
    loss = dice_loss(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

interface Overlap {
  readonly owner: tree.FunctionDefinition;
  /** By which it is called: its own name, or that of its class. */
  readonly name: string;
}

/** Functions that say by their name that they give a loss of an overlap. */
function overlapsIn(program: Program): Overlap[] {
  const isLoss = (name: string): boolean => /dice|iou|jaccard|tversky/i.test(name) && /loss/i.test(name);
  const inClasses = classesOf(program).flatMap((one): Overlap[] => {
    const owner = isLoss(one.name) ? methodOf(one, 'forward') : undefined;
    return owner === undefined ? [] : [{ owner, name: one.name }];
  });
  const functions = statementsOf(program).flatMap((one): Overlap[] =>
    one.kind === 'FunctionDef' && isLoss(one.name) ? [{ owner: one, name: one.name }] : [],
  );
  return [...inClasses, ...functions];
}

const RATIO = (sign: string): string => `
import torch
from sounds import best_ratio

def loss_of(source, estimate):
    max_snr, order = best_ratio(source, estimate)
    loss = ${sign}torch.mean(max_snr)
    return loss, order
`;

export const overlapMinimised: Check = {
  id: 'overlap-minimised',
  title: 'An overlap given back as a loss',
  severity: 'warning',
  why: 'Dice and intersection over union are 1 where prediction and truth are the same: made small, the network learns to predict what is not there.',
  instead: 'Give back 1 - dice.',
  needs:
    'A function called a loss of Dice or the like that gives back the ratio itself, of which the gradient is computed as it is.',
  wrong: [DICE('dice', undefined, '  # <--'), RATIO('').replace('(max_snr)', '(max_snr)  # <--')],
  right: [
    RATIO('0 - '),
    DICE('1 - dice'),
    DICE('dice').replace('loss = dice_loss', 'loss = 1 - dice_loss'),
    DICE('-torch.log(dice)'),
  ],
  *run(program) {
    yield* figuresAsLoss(program);
    for (const { owner, name } of overlapsIn(program)) {
      const body = statementsIn(owner.body);
      const returns = body.filter(({ kind }) => kind === 'Return');
      const [only] = returns;
      if (returns.length !== 1 || only?.kind !== 'Return' || only.value === undefined || only.value === null)
        continue;
      if (
        /-|1\.?0?\s*\/|\blog(_?\w*loss|2|1p)?\(|\bexp\(/.test(
          owner.body
            .map(({ span }) =>
              span.text.replaceAll(
                /\d?e-\d+|dim\s*=\s*\(?[-\d, ]+\)?|\(\s*-\d\s*\)|view\([^)]*\)|reshape\([^)]*\)|#.*|-1/g,
                '',
              ),
            )
            .join('\n'),
        )
      )
        continue;
      const ratio = ratioOf(body, only.value);
      if (ratio === undefined || !isPlainUse(program, name)) continue;
      yield {
        at: only.span,
        message: `${name} gives back the overlap itself, which is to become large.`,
        evidence: [places(['the ratio', ratio.span])],
      };
    }
  },
};

/** `loss = torch.mean(snr)`: a figure that is to become large, taken for the loss as it is. */
function* figuresAsLoss(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/^(\w+_)?loss$/.test(name)) continue;
    const text = one.value.span.text.replaceAll(/\s/g, '');
    const figure = /^(?:torch\.)?mean\((\w+)\)$|^(\w+)\.mean\(\)$/.exec(text);
    const of = figure?.[1] ?? figure?.[2] ?? '';
    if (!/^(\w+_)?(si_?snr|snr|psnr|ssim|sdr|si_?sdr|iou|dice)$/i.test(of)) continue;
    // Turned round before, or after.
    const made = statementsOf(program).filter((other) => targetsOf(other).includes(of));
    if (made.some((other) => /1(\.0?)?\s*-|=\s*-|neg\(/.test(other.span.text))) continue;
    if (made.some((other) => targetsOf(other).length === 1 && /_loss\(/.test(other.span.text))) continue;
    if (new RegExp(String.raw`-\s*${name}\b|-${name}\b|\(-\s*1\)`).test(program.source)) continue;
    yield {
      at: one.span,
      message: `${of} is to become large, and a loss becomes small.`,
      evidence: [],
    };
  }
}

/** The ratio that a value is, or the mean of. */
function ratioOf(
  body: readonly tree.Statement[],
  value: tree.Expression,
  depth = 0,
): tree.Expression | undefined {
  if (depth > 4) return undefined;
  if (value.kind === 'BinOp' && value.operator === '/')
    return /inter|sum\(|tp\b/i.test(value.left.span.text) ? value : undefined;
  if (
    value.kind === 'Call' &&
    value.callee.kind === 'Attribute' &&
    /^(mean|sum)$/.test(value.callee.attribute)
  ) {
    const of = value.callee.value.span.text === 'torch' ? value.args[0] : value.callee.value;
    return of && ratioOf(body, of, depth + 1);
  }
  if (value.kind !== 'Name') return undefined;
  const made = body.filter((one) => targetsOf(one).includes(value.id));
  const [one] = made;
  return made.length === 1 && one?.kind === 'Assign' ? ratioOf(body, one.value, depth + 1) : undefined;
}

/** Whether what it gives is added to or taken for what gradients are computed of, and nowhere turned round. */
function isPlainUse(program: Program, name: string): boolean {
  if (!/\.backward\(/.test(program.source)) return false;
  const instances = statementsOf(program).flatMap((one) =>
    one.kind === 'Assign' && new RegExp(String.raw`\b${name}\(`).test(one.value.span.text)
      ? targetsOf(one)
      : [],
  );
  const called = [name, ...instances].map((one) => one.replaceAll('.', String.raw`\.`)).join('|');
  const before = new RegExp(String.raw`(-\s*|-=.*|\*\s*)(self\.)?\b(${called})\b`);
  const isUsed = new RegExp(String.raw`loss\w*\s*(\+?=).*\b(${called})\(`).test(program.source);
  const isNegated = new RegExp(String.raw`-\s*\w*loss\w*\b|1\s*-\s*\w*(loss|dice)\w*`, 'i').test(
    program.source,
  );
  return isUsed && !isNegated && !before.test(program.source.replaceAll(/#.*/g, ''));
}

export const overlapProduct: Check = {
  id: 'overlap-product',
  title: 'Sizes multiplied where they are to be added',
  severity: 'warning',
  why: 'Dice is 2·|A∩B| / (|A| + |B|): over the product of both sizes it is near 0 however well they overlap.',
  instead: 'Divide by the sum of both: p.sum() + y.sum().',
  needs:
    'A ratio of an intersection and the product of two sums, in what is called Dice, Jaccard or a union.',
  wrong: [DICE('1 - dice', 'p.sum() * y.sum()', '  # <--')],
  right: [DICE('1 - dice')],
  *run(program) {
    if (!/dice|iou|jaccard|union/i.test(program.source)) return;
    for (const owner of statementsOf(program)) {
      if (owner.kind !== 'FunctionDef' || !/dice|iou|jaccard|overlap/i.test(owner.span.text)) continue;
      const body = statementsIn(owner.body);
      for (const one of body) {
        if (one.kind !== 'Assign' && one.kind !== 'Return') continue;
        let found: tree.Expression | undefined;
        if (one.value !== undefined && one.value !== null)
          eachNode(one.value, (node) => {
            if (
              node.kind === 'BinOp' &&
              node.operator === '/' &&
              /inter/i.test(node.left.span.text) &&
              isProduct(body, node.right)
            )
              found ??= node;
          });
        if (found !== undefined)
          yield {
            at: one.span,
            message: 'The sizes of both are multiplied in what the intersection is divided by.',
            evidence: [],
          };
      }
    }
  },
};

/** The product of two sums, with something small added at most. */
function isProduct(body: readonly tree.Statement[], node: tree.Expression, depth = 0): boolean {
  if (depth > 3) return false;
  if (node.kind === 'Name') {
    const made = body.filter((one) => targetsOf(one).includes(node.id));
    return made.length === 1 && made[0]?.kind === 'Assign' && isProduct(body, made[0].value, depth + 1);
  }
  if (node.kind !== 'BinOp') return false;
  if (node.operator === '+')
    return isProduct(body, node.left, depth + 1) && /eps|smooth|^1(\.0*)?$|e-\d/i.test(node.right.span.text);
  return (
    node.operator === '*' &&
    [node.left, node.right].every(
      (side) =>
        side.kind === 'Call' &&
        /\.sum\(|torch\.sum\(/.test(side.span.text) &&
        !/sqrt|norm/.test(side.span.text),
    )
  );
}
