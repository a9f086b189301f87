import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { madeOnce, operandsOf } from '../../ask/makings.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { valuesLearnedFrom } from '../../ask/training.js';

const PAIRS = (loss: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
net = nn.Linear(16, 8)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for turn in range(100):
    x = torch.randn(32, 16)
    one, other = F.normalize(net(x), dim=1), F.normalize(net(x + 0.1), dim=1)
    both = torch.cat([one, other])
    same = torch.cat([torch.arange(32, 64), torch.arange(32)])
    ${loss}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const pairWithItself: Check = {
  id: 'pair-with-itself',
  title: 'Each example is compared with itself',
  severity: 'warning',
  why: 'On the diagonal of z @ z.T everything is most like itself: that weighs more than the pair that is looked for, and no training changes it.',
  instead: 'Fill the diagonal with float("-inf") (or leave it out of the sum) before the softmax.',
  needs:
    'Products of all rows of a tensor with all rows of the same one, given to cross entropy, or summed after exp as what a share is taken of, with nothing left out.',
  wrong: [
    PAIRS('loss = F.cross_entropy(both @ both.t() / 0.5, same)  # <--'),
    PAIRS(`alike = torch.exp(both @ both.t() / 0.5)
    pairs = torch.exp((one * other).sum(1) / 0.5)
    loss = -torch.log(torch.cat([pairs, pairs]) / alike.sum(1)).mean()  # <--`),
  ],
  right: [
    PAIRS(`alike = both @ both.t() / 0.5
    alike.fill_diagonal_(float('-inf'))
    loss = F.cross_entropy(alike, same)`),
    PAIRS(`alike = torch.exp(both @ both.t() / 0.5) * (1 - torch.eye(64))
    pairs = torch.exp((one * other).sum(1) / 0.5)
    loss = -torch.log(torch.cat([pairs, pairs]) / alike.sum(1)).mean()`),
    PAIRS('loss = F.cross_entropy(one @ other.t() / 0.5, torch.arange(32))'),
  ],
  *run(program) {
    if (!/\.(t|transpose|T|mT|permute)\b|einsum\(/.test(program.source)) return;
    const learned = valuesLearnedFrom(program);
    for (const { input, result, moment } of lossesNamed(program, 'cross_entropy')) {
      const product = input && productBehind(input);
      if (product === undefined || result === undefined || !learned.has(result) || !isWithItself(product))
        continue;
      if (moment.span !== undefined)
        yield {
          at: moment.span,
          message:
            'Among the scores of each row is that of the example with itself, which is always the largest.',
          evidence: [places(['the products', product.span])],
        };
    }
    for (const { result, given } of madeOnce(program, 'div')) {
      const summed = given[1];
      if (!learned.has(result) || !isValue(summed) || makerOf(summed) !== 'sum') continue;
      const [raised] = summed.inputs;
      const [power] = raised === undefined ? [] : raised.inputs;
      if (raised === undefined || makerOf(raised) !== 'exp' || power === undefined) continue;
      const product = productBehind(power);
      if (product === undefined || !isWithItself(product) || result.span === undefined) continue;
      yield {
        at: result.span,
        message:
          'In the sum that each share is taken of, the example itself is counted: e^(1/t), the most there can be.',
        evidence: [places(['the products', product.span], ['the sum', summed.span])],
      };
    }
  },
};

export const temperatureMultiplied: Check = {
  id: 'temperature-multiplied',
  title: 'Cosines multiplied by the temperature',
  severity: 'warning',
  why: 'Cosines lie between −1 and 1: times a temperature below 1 all scores are nearly the same, and the softmax of them tells nothing apart.',
  instead: 'Divide by it: logits = a @ b.T / temperature.',
  needs: 'Products of normalised rows, times a number below 1, given to cross entropy.',
  wrong: [PAIRS('loss = F.cross_entropy(one @ other.t() * 0.07, torch.arange(32))  # <--')],
  right: [
    PAIRS('loss = F.cross_entropy(one @ other.t() / 0.07, torch.arange(32))'),
    PAIRS('loss = F.cross_entropy(one @ other.t() * 20.0, torch.arange(32))'),
  ],
  *run(program) {
    if (!/normalize\(/.test(program.source)) return;
    const learned = valuesLearnedFrom(program);
    const seen = new Set<number>();
    for (const { input, result } of lossesNamed(program, 'cross_entropy')) {
      const product = input && productBehind(input);
      if (input === undefined || product === undefined || result === undefined || !learned.has(result))
        continue;
      const scale = scaleBetween(input, product);
      const at = scale?.value.span;
      if (
        scale === undefined ||
        at === undefined ||
        seen.has(at.start) ||
        !product.inputs.every(isNormalised)
      )
        continue;
      if (scale.by <= 0 || scale.by > 0.5 || !/temp|tau|(^|\W)[tT](\W|$)|0\.0?\d/.test(at.text)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `Cosines are multiplied by ${scale.by}: all scores lie within ±${scale.by}.`,
        evidence: [places(['the products', product.span])],
      };
    }
  },
};

const SCALES = /^(mul|div)$/;

/** The product of two tables of rows that a value is, scaled. */
function productBehind(value: Value): Value | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 6 && current !== undefined; depth++) {
    const name = makerOf(current);
    if (/^(matmul|mm)$/.test(name) || isOfRows(current)) return current;
    if (!SCALES.test(name)) return undefined;
    const [first, second]: readonly (Datum | undefined)[] =
      current.made.kind === 'operation' ? current.made.args.positional : [];
    if (isValue(first) && isValue(second) && (second.shape?.length ?? 0) > 0) return undefined;
    current = isValue(first) ? first : isValue(second) ? second : undefined;
  }
  return undefined;
}

/** The one number that a product is taken times on the way to a value. */
function scaleBetween(
  value: Value,
  product: Value,
): { readonly by: number; readonly value: Value } | undefined {
  let current: Value | undefined = value;
  let found: { readonly by: number; readonly value: Value } | undefined;
  while (current !== undefined && current !== product) {
    const [first, second]: readonly (Datum | undefined)[] =
      current.made.kind === 'operation' ? current.made.args.positional : [];
    const by = isValue(first) ? second : first;
    if (makerOf(current) !== 'mul' || typeof by !== 'number' || found !== undefined) return undefined;
    found = { by, value: current };
    current = isValue(first) ? first : isValue(second) ? second : undefined;
  }
  return found;
}

const TURNED = /^(t|T|mT|transpose|permute)$/;

function upright(value: Value): Value {
  const [of] = value.inputs;
  return TURNED.test(makerOf(value)) && of !== undefined ? of : value;
}

/** `einsum('id,jd->ij', a, b)`: all rows with all rows. */
function isOfRows(value: Value): boolean {
  if (makerOf(value) !== 'einsum') return false;
  const [, one, shared, other, again, first, second] =
    /^(\w)(\w),(\w)(\w)->(\w)(\w)$/.exec(String(operandsOf(value)[0]).replaceAll(' ', '')) ?? [];
  return one !== undefined && shared === again && one === first && other === second && one !== other;
}

/** Whether a product is that of a table of rows with its own transpose. */
function isWithItself(product: Value): boolean {
  const [one, other] = product.inputs;
  if (isOfRows(product)) return one !== undefined && (other === undefined || one === other);
  return (
    one !== undefined &&
    other !== undefined &&
    one !== other &&
    upright(other) === one &&
    one.shape?.length === 2
  );
}

function isNormalised(value: Value): boolean {
  return makerOf(upright(value)) === 'normalize';
}
