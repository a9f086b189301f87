import type { Span } from '@tensormark/python';
import { isValue } from '@tensormark/frameworks';
import type { LossComputed, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { behind, behindNamed, comesOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { isColumnWide, layoutOf } from '../../ask/columns.js';
import { hasUsualNumbers, numbersOf, rankOf } from '../../ask/facts.js';
import { isMadeToLearn } from '../../ask/gradients.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { spreadOut } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { floatsOfClasses } from '../losses/by-class-answers.js';
import { wholeTargets } from './whole-targets.js';
import { featuresOf } from '../../ask/widths.js';

/** A loss of which a shape or type is not known, and what it is given. */
interface Unseen {
  readonly loss: LossComputed;
  readonly input: Value;
  readonly target: Value;
}

function* unseen(program: Program, ...names: readonly string[]): Generator<Unseen> {
  for (const loss of lossesNamed(program, ...names)) {
    const { input, target } = loss;
    if (input === undefined || !isValue(target)) continue;
    if (input.shape !== undefined && target.shape !== undefined) continue;
    yield { loss, input, target };
  }
}

/** The same check where a shape or type is not known, and follows from where the values come from. */
export function following(check: Check, more: (program: Program) => Iterable<Found>): Check {
  return {
    ...check,
    *run(program) {
      const found = [...check.run(program)];
      yield* found;
      const starts = new Set(found.map(({ at }) => at.start));
      for (const one of more(program)) if (!starts.has(one.at.start)) yield one;
    },
  };
}

export function* typesOfTargets(program: Program): Generator<Found> {
  yield* wholeTargets(program);
  yield* floatsOfClasses(program);
  for (const { loss, input, target } of unseen(program, 'cross_entropy', 'nll_loss')) {
    const at = loss.moment.span;
    const kind = numbersOf(target);
    const classes = featuresOf(behind(input))?.size ?? 0;
    if (at === undefined || (kind !== 'float32' && kind !== 'float64')) continue;
    // Cross entropy may be given probabilities, of as many dimensions as the scores; the other takes numbers alone.
    if (loss.name !== 'nll_loss' && (rankOf(target) !== 1 || classes < 2)) continue;
    yield {
      at,
      message: `${titleOf(loss)} takes class numbers of type int64, and is given ${kind}.`,
      evidence: [
        places(['the targets', target.span]),
        {
          kind: 'error',
          type: 'RuntimeError',
          message: 'expected scalar type Long but found Float',
          exact: false,
        },
      ],
    };
  }
  for (const { loss, target } of unseen(
    program,
    'binary_cross_entropy',
    'binary_cross_entropy_with_logits',
  )) {
    const at = loss.moment.span;
    if (at === undefined || numbersOf(target) !== 'int64') continue;
    yield {
      at,
      message: `${titleOf(loss)} takes targets that are floating point, and is given int64.`,
      evidence: [
        places(['the targets', target.span]),
        {
          kind: 'error',
          type: 'RuntimeError',
          message: "result type Float can't be cast to the desired output type Long",
          exact: false,
        },
      ],
    };
  }
}

/** A column [N, 1] of outputs and a row [N] of targets, or the other way about. */
function isCrossed(input: Value, target: Value): boolean {
  const [one, other] = [rankOf(input), rankOf(target)];
  if (one === 2 && other === 1) return featuresOf(input)?.size === 1 || input.shape?.[1] === 1;
  return one === 1 && other === 2 && target.shape?.[1] === 1;
}

/** The same by how the values were made: `q(s).gather(1, a)` beside `rewards + q(s2).max(1)[0]`. */
function areCrossed(one: Value, other: Value): boolean {
  const layouts = [layoutOf(one), layoutOf(other)];
  return layouts.includes('column') && layouts.includes('row');
}

/** How many outputs a linear layer has, where the targets were laid out in a column of one: `y.view(-1, 1)`. */
function ofOtherWidths(input: Value, target: Value): number | undefined {
  const { made } = behind(input);
  if (made.kind !== 'layer' || made.name !== 'Linear') return undefined;
  const width = made.module.layer?.config['out_features'];
  const column = behindNamed(target, /^(to|float|type_as|type|double|cuda)$/, 6);
  if (typeof width !== 'number' || width < 2 || column.made.kind !== 'operation') return undefined;
  const { name, args } = column.made;
  const sizes = spreadOut(args.positional.slice(1));
  const isColumn = /^(view|reshape)$/.test(name) && sizes.length === 2 && sizes[1] === 1n;
  return isColumn ? width : undefined;
}

export function* shapesOfTargets(program: Program): Generator<Found> {
  for (const { loss, input, target } of unseen(
    program,
    'binary_cross_entropy',
    'binary_cross_entropy_with_logits',
  )) {
    const at = loss.moment.span;
    const widths = at === undefined ? undefined : ofOtherWidths(input, target);
    if (at !== undefined && widths !== undefined) {
      yield {
        at,
        message: `${titleOf(loss)} wants outputs and targets of one shape: an example has ${widths} outputs, and one target.`,
        evidence: [places(['the outputs', input.span], ['the targets', target.span])],
      };
      continue;
    }
    if (at === undefined || !isCrossed(input, target)) continue;
    yield {
      at,
      message: `${titleOf(loss)} wants outputs and targets of one shape: the outputs have two dimensions and the targets one.`,
      evidence: [places(['the outputs', input.span], ['the targets', target.span])],
    };
  }
  for (const { loss, input, target } of unseen(program, 'cross_entropy', 'nll_loss')) {
    const at = loss.moment.span;
    if (at === undefined || numbersOf(target) !== 'int64' || rankOf(target) !== 2 || rankOf(input) !== 2)
      continue;
    yield {
      at,
      message: `${titleOf(loss)} wants one class number an example, in one dimension, and is given two.`,
      evidence: [
        places(['the targets', target.span]),
        {
          kind: 'error',
          type: 'RuntimeError',
          message: '0D or 1D target tensor expected, multi-target not supported',
          exact: true,
        },
      ],
    };
  }
  for (const { loss, input, target } of unseen(program, 'cross_entropy')) {
    const at = loss.moment.span;
    const { made } = input;
    const [states] = input.inputs;
    // Scores for every position of a sequence: (batch, time, classes) straight from the layer, classes not in second place.
    const isSequence =
      made.kind === 'layer' &&
      made.name === 'Linear' &&
      states !== undefined &&
      isOutputs(program, states) &&
      states.made.kind === 'layer' &&
      states.made.module.layer?.config['batch_first'] === true;
    if (at === undefined || !isSequence || rankOf(target) === 1) continue;
    if (target.made.kind === 'operation' && /^(view|reshape|flatten|argmax|squeeze)$/.test(target.made.name))
      continue;
    yield {
      at,
      message: `${titleOf(loss)} wants classes in the second dimension, and is given (batch, time, classes).`,
      evidence: [places(['the scores', input.span])],
    };
  }
}

/** Whether it is the outputs of a recurrent layer, not its state. */
function isOutputs(program: Program, value: Value): boolean {
  return eventsOf(program, 'module-call').some(
    ({ result }) => Array.isArray(result) && result.length === 2 && result[0] === value,
  );
}

export function* stretchedTargets(program: Program): Generator<Found> {
  yield* stretchedByHand(program);
  yield* metBothWays(program);
  yield* distancesCrossed(program);
  for (const { loss, input, target } of unseen(
    program,
    'mse_loss',
    'l1_loss',
    'smooth_l1_loss',
    'huber_loss',
    'unknown',
  )) {
    const at = loss.moment.span;
    // Of a loss that is handed over it is known by what is compared: values of actions with what they should be.
    const isStretched = areCrossed(input, target) || (loss.name !== 'unknown' && isCrossed(input, target));
    if (at === undefined || !isStretched) continue;
    yield {
      at,
      message:
        'Outputs have shape [N, 1] and targets [N], or the other way about: they are compared all with all.',
      evidence: [places(['the outputs', input.span], ['the targets', target.span])],
    };
  }
}

/**
 * One output for each example that meets the same values squeezed in one place and as it is in another: [N] - [N, 1] is
 * [N, N].
 */
function* metBothWays(program: Program): Generator<Found> {
  if (!/\.squeeze\(/.test(program.source)) return;
  const pairs = callsNamed(program, 'sub', 'mse_loss', 'smooth_l1_loss', 'mul');
  const squeezed = new Map<Value, Set<Value>>();
  for (const { args } of [...pairs, ...eventsOf(program, 'loss')]) {
    const [one, other] = args.positional;
    if (!isValue(one) || !isValue(other)) continue;
    for (const [given, against] of [
      [one, other],
      [other, one],
    ] as const) {
      const [output] = given.inputs;
      if (given.made.kind !== 'operation' || given.made.name !== 'squeeze' || output === undefined) continue;
      if (isColumnWide(output)) squeezed.set(output, (squeezed.get(output) ?? new Set()).add(against));
    }
  }
  const seen = new Set<number>();
  for (const { args, moment, name } of pairs) {
    const at = moment.span;
    const [one, other] = args.positional;
    if (name === 'mul' || !isValue(one) || !isValue(other) || at === undefined || seen.has(at.start))
      continue;
    const meets = (output: Value, against: Value): boolean =>
      output.shape === undefined && squeezed.get(withoutDetaching(output))?.has(against) === true;
    if (!meets(one, other) && !meets(other, one)) continue;
    seen.add(at.start);
    yield {
      at,
      message:
        'What the network gives has shape [N, 1] here, and meets values that it meets as [N] elsewhere: all with all.',
      evidence: [places(['it is given here', meets(one, other) ? one.span : other.span])],
    };
  }
}

/** One distance for each pair, [N], beside labels that a data set gives as [N, 1]. */
function* distancesCrossed(program: Program): Generator<Found> {
  if (!/pairwise_distance|cosine_similarity|PairwiseDistance|CosineSimilarity/.test(program.source)) return;
  for (const { args, moment } of callsNamed(program, 'mul', 'sub')) {
    const [one, other] = args.positional;
    if (!isValue(one) || !isValue(other) || moment.span === undefined) continue;
    const isOfBatch = (value: Value): boolean => comesOf(value, ({ made }) => made.kind === 'batch');
    const [labels, distances] = isOfNetwork(one) ? [other, one] : [one, other];
    if (isOfNetwork(labels) || !isOfBatch(labels)) continue;
    if (layoutOf(labels) !== 'column' || layoutOf(distances) !== 'row') continue;
    yield {
      at: moment.span,
      message: 'There is one distance for each pair, [N], and the labels are [N, 1]: they meet all with all.',
      evidence: [places(['the labels', labels.span], ['the distances', distances.span])],
    };
    return;
  }
}

const isOfNetwork = (value: Value): boolean => comesOf(value, ({ made }) => made.kind === 'layer');

function withoutDetaching(value: Value): Value {
  const [first] = value.inputs;
  const isSame = value.made.kind === 'operation' && /^(detach|data|clone)$/.test(value.made.name);
  return isSame && first !== undefined ? withoutDetaching(first) : value;
}

const BY_HAND = ['__eq__', '__ne__', '__sub__', '__rsub__', 'eq', 'ne', 'sub'] as const;

/** The same in errors and accuracies that are written out: what a network gives beside targets that come of no network. */
function* stretchedByHand(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { args, moment } of callsNamed(program, ...BY_HAND)) {
    const at = moment.span;
    if (at === undefined || seen.has(at.start)) continue;
    const [one, other] = args.positional;
    if (!isValue(one) || !isValue(other)) continue;
    if (one.shape?.join() === other.shape?.join() && one.shape !== undefined) continue;
    const kept = isKeptBeside(one, other) ? one : isKeptBeside(other, one) ? other : undefined;
    if (kept !== undefined) {
      seen.add(at.start);
      yield {
        at,
        message: `What is chosen has shape [${kept.shape?.join(', ')}], its last dimension kept, and the targets lack it: they meet all with all.`,
        evidence: [places(['the dimension is kept here', kept.span])],
      };
      continue;
    }
    if (!mayCross(one, other)) continue;
    const [given, target] = ofNetwork(one) ? [one, other] : [other, one];
    if (!ofNetwork(given) || ofNetwork(target) || !isCrossedByHand(given, target)) continue;
    seen.add(at.start);
    yield {
      at,
      message:
        'What the network gives has shape [N, 1] and the targets [N], or the other way about: they meet all with all.',
      evidence: [places(['the network gives it', given.span], ['the targets', target.span])],
    };
  }
}

/** Whether it is the largest's places with their dimension kept, beside targets of all dimensions but that. */
function isKeptBeside(kept: Value, { shape: targets }: Value): boolean {
  const { shape, made } = kept;
  if (shape === undefined || targets === undefined || made.kind !== 'operation' || made.name !== 'argmax')
    return false;
  return (
    shape.length > 1 &&
    shape.at(-1) === 1 &&
    shape.slice(0, -1).join() === targets.join() &&
    targets.some((size) => size > 1)
  );
}

/** Whether known shapes, where they are, leave it open that one is a column and the other a row. */
function mayCross({ shape: one }: Value, { shape: other }: Value): boolean {
  if (one === undefined || other === undefined) return true;
  return one[0] === other[0] && Math.max(one.length, other.length) === 2 && one.length + other.length === 3;
}

function ofNetwork(value: Value): boolean {
  return comesOf(
    value,
    (one) =>
      one.made.kind === 'layer' ||
      one.made.kind === 'module' ||
      one.made.kind === 'parameter' ||
      isMadeToLearn(one),
  );
}

function isCrossedByHand(given: Value, target: Value): boolean {
  const [a, b] = [given.shape, target.shape];
  if (a === undefined || b === undefined) return isCrossed(given, target);
  const isColumn = (shape: readonly number[]): boolean => shape.length === 2 && shape[1] === 1;
  const areRows = a[0] === b[0] && (a[0] ?? 0) > 1;
  return areRows && ((isColumn(a) && b.length === 1) || (a.length === 1 && isColumn(b)));
}

export const inputDtype: Check = {
  id: 'input-dtype',
  title: 'A network given numbers of another type than its weights',
  severity: 'error',
  why: 'NumPy makes float64, and weights are float32: PyTorch refuses to multiply the two.',
  instead: 'Convert the data: torch.from_numpy(x).float(), or astype(np.float32).',
  needs:
    'Data that come from NumPy’s random numbers or say their type, handed to a network whose type is not changed.',
  wrong: [
    `
import numpy as np
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
points = torch.from_numpy(np.random.randn(100, 4))
scores = net(points)  # <--
`,
  ],
  right: [
    `
import numpy as np
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
points = torch.from_numpy(np.random.randn(100, 4)).float()
more = torch.from_numpy(np.random.randn(100, 4).astype(np.float32))
scores = net(points), net(more), net(torch.Tensor(np.random.rand(3, 4)))
`,
  ],
  *run(program) {
    if (!hasUsualNumbers(program)) return;
    const seen = new Set<number>();
    for (const { module, args, moment } of outermostCalls(program)) {
      const [first] = args.positional;
      const at = moment.span;
      if (!isValue(first) || at === undefined) continue;
      if (first.dtype !== undefined && !isRefused(program, at)) continue;
      const layer = module.modules.find(
        ({ module: { layer: one } }) => (one?.parameters.length ?? 0) > 0,
      )?.module;
      if (!/^(Linear|Conv[123]d|LSTM|GRU|RNN)$/.test(layer?.layer?.type ?? '') || seen.has(at.start))
        continue;
      if ((first.dtype ?? numbersOf(first)) !== 'float64') continue;
      seen.add(at.start);
      yield {
        at,
        message: `${module.type} has weights of float32, and is given float64.`,
        evidence: [
          places(['the data', first.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message: 'mat1 and mat2 must have the same dtype, but got Double and Float',
            exact: false,
          },
        ],
      };
    }
  },
};

/** Whether PyTorch refuses what stands there because weights and data are of different types. */
function isRefused(program: Program, at: Span): boolean {
  return eventsOf(program, 'error').some(
    ({ message, moment }) => moment.span?.start === at.start && /must have the same dtype/.test(message),
  );
}
