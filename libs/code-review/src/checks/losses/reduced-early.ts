import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { madeOf, madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const VAE = `
import torch
import torch.nn as nn

class Decoder(nn.Module):
    def loss(self, x, made, mean, log_var, mask):
        error = (x - made) ** 2 * mask
`;

const LOOKUP = (dim: string): string => `
import torch.nn as nn

class Taste(nn.Module):
    def __init__(self, users, films):
        super().__init__()
        self.user, self.film, self.bias = nn.Embedding(users, 50), nn.Embedding(films, 50), nn.Embedding(films, 1)

    def forward(self, user, film):
        told = (self.user(user) * self.film(film)).sum(${dim})
        return told + self.bias(film).squeeze(1)
`;

export const reducedEarly: Check = {
  id: 'reduced-early',
  title: 'Everything summed up before the mask',
  severity: 'warning',
  why: 'sum() without dim gives one number for the whole batch: times the mask it is counted once for every place, and no place is left out of it.',
  instead: 'Sum over the last dimension alone, dim=-1, so that the mask still says which places count.',
  needs:
    'A sum over all dimensions multiplied by a tensor that another term of the same sum is multiplied by place for place.',
  wrong: [
    LOOKUP('').replace('.sum()', '.sum()  # <--'),
    `${VAE}        kl = -0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp()) * mask  # <--
        return (error + kl).sum()
`,
  ],
  right: [
    LOOKUP('1'),
    `${VAE}        kl = -0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp(), dim=-1) * mask
        return (error + kl).sum()
`,
    `
import torch

def loss(x, made, mean, weight):
    error = ((x - made) ** 2).sum() * weight
    size = mean.pow(2).sum() * weight
    return error + size
`,
  ],
  *run(program: Program) {
    if (!/\bsum\(|\bmean\(/.test(program.source)) return;
    yield* productsOfAll(program);
    for (const { result, given } of madeOnce(program, 'add')) {
      const [one, other] = given;
      if (!isValue(one) || !isValue(other)) continue;
      const found = maskedWhole(one, other) ?? maskedWhole(other, one);
      const at = found?.span;
      if (found === undefined || at === undefined) continue;
      yield {
        at,
        message: 'One number for the whole batch is multiplied by a mask here.',
        evidence: [places(['the term beside it', result.span])],
      };
    }
  },
};

/** Products of rows of two tables, `(users * items).sum()`, summed over all examples in one, and added to what each has. */
function* productsOfAll(program: Program): Generator<Found> {
  for (const { result, given } of madeOnce(program, 'sum', 'mean')) {
    const [product] = given;
    const at = result.span;
    if (at === undefined || !isValue(product) || given.length > 1 || makerOf(product) !== 'mul') continue;
    if (result.made.kind === 'operation' && result.made.args.named.size > 0) continue;
    if (product.inputs.length !== 2 || !product.inputs.every(isRow)) continue;
    const isAdded = madeOf(program, 'add').some(
      ({ given: terms }) => terms.includes(result) && terms.some((term) => isValue(term) && isOfRows(term)),
    );
    if (!isAdded) continue;
    yield {
      at,
      message: 'The product is summed over all examples, and each of them is given the same number.',
      why: 'sum() without dim gives one number for the whole batch: what one example comes to depends on all the others.',
      evidence: [places(['the product', product.span])],
    };
  }
}

/** What an embedding gives, past what leaves it in rows. */
function isRow(value: Value): boolean {
  const [of] = value.inputs;
  if (value.made.kind === 'layer') return value.made.name === 'Embedding';
  return of !== undefined && /^(squeeze|[Dd]ropout)$/.test(makerOf(value)) && isRow(of);
}

/** Something for each example: what is looked up for it. */
function isOfRows(value: Value): boolean {
  return comesOf(value, isRow) && !comesOf(value, (one) => makerOf(one) === 'sum' || makerOf(one) === 'mean');
}

/** The product of a sum over everything with what the other term is multiplied by place for place. */
function maskedWhole(one: Value, other: Value): Value | undefined {
  for (const [whole, mask] of factorsOf(one)) {
    if (!isWhole(whole) || !isValue(mask) || isNumber(mask)) continue;
    if (factorsOf(other).some(([places, same]) => same === mask && isPlaceByPlace(places))) return one;
  }
  return undefined;
}

function factorsOf(value: Value): readonly (readonly [Datum, Datum])[] {
  if (makerOf(value) !== 'mul' || value.made.kind !== 'operation') return [];
  const [left = null, right = null] = value.made.args.positional;
  return [
    [left, right],
    [right, left],
  ];
}

/** A sum or mean over all dimensions, perhaps with a sign or a number before it, of something worked out place by place. */
function isWhole(datum: Datum, depth = 0): boolean {
  if (!isValue(datum) || datum.made.kind !== 'operation' || depth > 4) return false;
  const { name, args } = datum.made;
  const [first, second] = args.positional;
  if (name === 'neg') return isWhole(first ?? null, depth + 1);
  if (name === 'mul')
    return (
      (isValue(first) && !isValue(second) && isWhole(first, depth + 1)) ||
      (isValue(second) && !isValue(first) && isWhole(second, depth + 1))
    );
  return (
    /^(sum|mean)$/.test(name) &&
    args.positional.length === 1 &&
    args.named.size === 0 &&
    isValue(first) &&
    isPlaceByPlace(first)
  );
}

function isPlaceByPlace(datum: Datum): boolean {
  return isValue(datum) && /^(pow|square|abs|sub|add|exp)$/.test(makerOf(datum));
}

function isNumber({ shape }: Value): boolean {
  return shape?.length === 0;
}
