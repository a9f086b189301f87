import { isValue, rangeOf } from '@tensormark/frameworks';
import type { LossComputed, Program, ProgramOptimizer, Range, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { isMean } from '../../ask/losses.js';
import { isNumber, madeOf, operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const FITTED = (inputs: string, rate: string, mark = '', reduction = ''): string => `
import torch
import torch.nn as nn

x = ${inputs}
y = 3 * x + 1
model = nn.Linear(1, 1)
criterion = nn.MSELoss(${reduction})
optimizer = torch.optim.SGD(model.parameters(), lr=${rate})${mark}
for epoch in range(200):
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
`;

const BY_HAND = (loss: string, rate: string, mark = ''): string => `
import torch

x = torch.linspace(0, 100, 50).view(-1, 1)
y = 3 * x + 2
w = torch.randn(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(100):
    pred = x * w + b
    loss = ${loss}
    loss.backward()
    with torch.no_grad():
        w -= ${rate} * w.grad${mark}
        b -= ${rate} * b.grad
        w.grad.zero_()
        b.grad.zero_()
`;

/** Rate times curvature above which every step of gradient descent overshoots by more than it mends. */
const MOST = 1;
/** The same for numbers of which only the bounds are known. */
const MOST_DRAWN = 1.5;
/** Where there are hidden layers, whose weights start at some tenths. */
const MOST_HIDDEN = 16;

export const rateForData: Check = {
  id: 'rate-for-data',
  title: 'A learning rate at which these data make a fit diverge',
  severity: 'warning',
  why: 'A step of gradient descent grows with the squares of the inputs: where rate times their mean is above 1, each step overshoots by more than it mends, and the loss goes to infinity and nan.',
  instead: 'Standardise inputs and targets, or take a rate as many times smaller (or Adam).',
  needs:
    'Plain SGD on the squared error of linear layers, and inputs whose numbers are written down or drawn between known bounds.',
  wrong: [
    FITTED('torch.arange(100.0).unsqueeze(1)', '0.01', '  # <--'),
    FITTED('torch.tensor([[65.0], [75.0], [85.0], [95.0]])', '0.001', '  # <--'),
    FITTED('torch.rand(100, 1) * 3', '0.02', '  # <--', "reduction='sum'"),
    BY_HAND('((pred - y) ** 2).mean()', '0.01', '  # <--'),
    BY_HAND('0.5 * ((pred - y) ** 2).sum()', '1e-2', '  # <--').replace('0, 100', '0, 10'),
  ],
  right: [
    BY_HAND('((pred - y) ** 2).mean()', '1e-4'),
    BY_HAND('((pred - y) ** 2).mean()', '0.01').replace('0, 100', '0, 1'),
    FITTED('torch.arange(100.0).unsqueeze(1) / 100', '0.01'),
    FITTED('torch.tensor([[65.0], [75.0], [85.0], [95.0]])', '0.0001'),
    FITTED('torch.rand(100, 1) * 3', '0.02'),
    FITTED('torch.arange(100.0).unsqueeze(1)', '0.01').replace('SGD', 'Adam'),
    FITTED('torch.arange(100.0).unsqueeze(1)', '0.01').replace(
      '    optimizer.step',
      '    nn.utils.clip_grad_norm_(model.parameters(), 1.0)\n    optimizer.step',
    ),
  ],
  *run(program) {
    if (/clip_grad|clamp|lr_scheduler|\[\s*['"]lr['"]\s*\]\s*=/.test(program.source)) return;
    yield* changedByHand(program);
    const learned = new Set(backwardsOf(program).map(({ on }) => on));
    const seen = new Set<ProgramOptimizer>();
    for (const loss of eventsOf(program, 'loss')) {
      if (loss.name !== 'mse_loss' || loss.result === undefined || !learned.has(loss.result)) continue;
      const fit = fitOf(loss);
      const optimizer = fit && optimizerOf(program, fit);
      const rate = optimizer && rateOf(optimizer);
      if (fit === undefined || rate === undefined || optimizer?.made.span === undefined) continue;
      const share = (rate * fit.growth) / fit.most;
      if (share <= 1 || seen.has(optimizer)) continue;
      seen.add(optimizer);
      yield {
        at: optimizer.made.span,
        message: `Steps of ${rate} of the gradient diverge here: the inputs go up to ${shown(fit.inputs)}.`,
        evidence: [
          { kind: 'numbers', numbers: [{ what: 'learning rate', value: rate }] },
          places(['the inputs', fit.data.span], ['the squared error', loss.moment.span]),
        ],
      };
    }
  },
};

interface Fit {
  readonly data: Value;
  readonly inputs: Range;
  /** What the rate is to be multiplied with, at least, and what that may come to. */
  readonly growth: number;
  readonly most: number;
  readonly parameters: readonly number[];
}

/** What linear layers with nothing bounded between them fit to known numbers by their squared error. */
function fitOf(loss: LossComputed): Fit | undefined {
  const { input, target } = loss;
  const parameters: number[] = [];
  let layers = 0;
  let current = input;
  for (let depth = 0; current !== undefined && depth < 30; depth++) {
    const { made, inputs }: Value = current;
    if (made.kind === 'layer' && made.name === 'Linear') {
      parameters.push(...made.module.parameters.map(({ id }) => id));
      layers++;
    } else if (layers === 0 ? !/^(squeeze|view|reshape|flatten)$/.test(makerOf(current)) : !isOpen(current))
      break;
    [current] = inputs;
  }
  const range = rangeOf(current);
  const [rows = 1, ...others] = input?.shape ?? [];
  const width = current?.shape?.at(-1);
  if (current === undefined || range === undefined || layers === 0 || width === undefined) return undefined;
  const curvature = (current.shape?.length ?? 1) < 2 ? range.meanSquare : leastCurvature(range, width);
  const outputs = others.reduce((product, size) => product * size, 1);
  const scale = isMean(loss) ? 1 / outputs : isSum(loss) ? rows : undefined;
  if (scale === undefined || input?.shape === undefined) return undefined;
  if (layers === 1)
    return {
      data: current,
      inputs: range,
      growth: curvature * scale,
      most: isWritten(current) ? MOST : MOST_DRAWN,
      parameters,
    };
  const wanted = isValue(target) ? rangeOf(target) : undefined;
  return (
    wanted && {
      data: current,
      inputs: range,
      growth: Math.sqrt(curvature * wanted.meanSquare) * scale,
      most: MOST_HIDDEN,
      parameters,
    }
  );
}

function isOpen(value: Value): boolean {
  return /^(relu|ReLU|leaky_relu|LeakyReLU|Dropout|dropout|Identity|view|reshape|flatten|Flatten)$/.test(
    makerOf(value),
  );
}

/** The largest curvature is at least that of one feature; features that are never negative add up. */
function leastCurvature({ low, high, meanSquare }: Range, width: number): number {
  return low >= 0 ? Math.max(meanSquare, width * ((low + high) / 2) ** 2) : meanSquare;
}

function isSum({ args, module }: LossComputed): boolean {
  return (module === undefined ? args.named.get('reduction') : module.layer?.config['reduction']) === 'sum';
}

/** Whether its numbers stand in the program one by one. */
function isWritten({ made }: Value): boolean {
  return made.kind === 'fresh' && Array.isArray(made.args?.positional[0]);
}

function optimizerOf({ optimizers }: Program, { parameters }: Fit): ProgramOptimizer | undefined {
  return optimizers.find(
    ({ type, isComplete, parameters: given, hasGroups }) =>
      type === 'SGD' && isComplete && !hasGroups && parameters.every((id) => given.has(id)),
  );
}

/** The rate of plain gradient descent; momentum lets a step be larger. */
function rateOf({ named, rate }: ProgramOptimizer): number | undefined {
  const given = named.get('lr') ?? rate;
  return isNumber(given) && !named.has('momentum') ? Number(given) : undefined;
}

function shown({ low, high }: Range): string {
  return String(Number(Math.max(Math.abs(low), Math.abs(high)).toPrecision(3)));
}

/** Weights of a line that the program itself moves by their gradient times a number. */
function* changedByHand(program: Program): Generator<Found> {
  if (!/\.grad\b/.test(program.source)) return;
  const errors = backwardsOf(program).flatMap(({ on }) => (on === undefined ? [] : [squaredError(on)]));
  for (const { result: value } of madeOf(program, 'sub')) {
    const step = stepOf(value);
    const at = value.span;
    if (step === undefined || at?.source.file !== program.file) continue;
    for (const error of errors) {
      const data = error && factorOf(error.difference, step.weight);
      const range = rangeOf(data);
      if (error === undefined || data === undefined || range === undefined) continue;
      const share = step.rate * error.scale * range.meanSquare;
      if (share <= (isWritten(data) ? MOST : MOST_DRAWN)) continue;
      yield {
        at,
        message: `Steps of ${step.rate} of the gradient diverge here: the inputs go up to ${shown(range)}.`,
        evidence: [
          { kind: 'numbers', numbers: [{ what: 'learning rate', value: step.rate }] },
          places(['the inputs', data.span], ['the error', error.difference.span]),
        ],
      };
      return;
    }
  }
}

/** `w - rate * w.grad`, in whatever form. */
function stepOf(value: Value): { readonly weight: Value; readonly rate: number } | undefined {
  const [before, by] = operandsOf(value);
  if (makerOf(value) !== 'sub' || !isValue(before) || !isValue(by) || makerOf(by) !== 'mul') return undefined;
  const weight = behindData(before);
  const [gradient, rate] = [operandsOf(by).find(isValue), operandsOf(by).find(isNumber)];
  if (weight.made.kind !== 'parameter' || gradient === undefined || rate === undefined) return undefined;
  const grad = behindData(gradient);
  return makerOf(grad) === 'grad' && grad.inputs[0] === weight ? { weight, rate: Number(rate) } : undefined;
}

function behindData(value: Value): Value {
  const [of] = value.inputs;
  return makerOf(value) === 'data' && of !== undefined ? of : value;
}

/** The difference that is squared and summed up to an error, and with what the mean of the squares is multiplied. */
function squaredError(on: Value): { readonly difference: Value; readonly scale: number } | undefined {
  let scale = 1;
  let current: Value | undefined = on;
  let isSummed = false;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const [first, second] = operandsOf(current);
    const name = makerOf(current);
    if (name === 'pow' && second === 2n)
      return isSummed && isValue(first) ? { difference: first, scale } : undefined;
    if (name === 'mul' && first === second && isValue(first))
      return isSummed ? { difference: first, scale } : undefined;
    const number = [first, second].find(isNumber);
    if (name === 'mul' && number !== undefined) scale *= Number(number);
    else if (name === 'div' && isNumber(second)) scale /= Number(second);
    else if (name === 'sum' || name === 'mean') {
      const shape: readonly number[] | undefined = isValue(first) ? first.shape : undefined;
      if (isSummed || shape === undefined || current.shape?.length !== 0) return undefined;
      isSummed = true;
      if (name === 'sum') scale *= shape.reduce((product, size) => product * size, 1);
    } else return undefined;
    current = isValue(first) ? first : name === 'mul' && isValue(second) ? second : undefined;
  }
  return undefined;
}

/** What a weight is multiplied with in a sum. */
function factorOf(sum: Value, weight: Value, depth = 0): Value | undefined {
  const [one, other] = operandsOf(sum);
  if (makerOf(sum) === 'mul')
    return one === weight && isValue(other) ? other : other === weight && isValue(one) ? one : undefined;
  if (!/^(add|sub)$/.test(makerOf(sum)) || depth > 6) return undefined;
  for (const term of [one, other]) {
    const found = isValue(term) ? factorOf(term, weight, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
