import { isValue, sliceOf } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { activationOf, dimOf, makerOf } from '../../ask/ancestry.js';
import { isOfLoader } from '../../ask/batches.js';
import { activated, madeOf, operandsOf } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';

/** Softmax over dimension 0 where that is told to be the examples by what is done with it, or what it is made of. */
export function* softmaxOverRows(program: Program): Generator<Found> {
  yield* summedOver(program);
  yield* ofLastStep(program);
  yield* ofNetworks(program);
  yield* ofPictures(program);
}

/** What a last layer gives, or a network that is not known gives for a batch of a loader. */
export function isOfNetwork(scores: Value): boolean {
  if (scores.made.kind === 'layer') return scores.made.name === 'Linear';
  const isCalled = scores.made.kind === 'module' || makerOf(scores) === 'call';
  return isCalled && scores.shape === undefined && scores.inputs.some(isOfLoader);
}

/** Probabilities over dimension 0 of what a network gives for a batch, that are summed over the classes afterwards. */
function* summedOver(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { given } of madeOf(program, 'sum')) {
    const [terms, dim] = given;
    if (!isValue(terms) || (dim !== 1n && dim !== -1n)) continue;
    const chances = factorsBehind(terms).find(
      (value) => activationOf(value)?.endsWith('softmax') === true && dimOf(value) === 0,
    );
    const at = chances && spanOfMaking(chances);
    const [scores] = chances?.inputs ?? [];
    if (at === undefined || seen.has(at.start) || scores === undefined || !isOfNetwork(scores)) continue;
    // One state alone has no examples in dimension 0.
    if (!isOfLoader(scores)) continue;
    seen.add(at.start);
    yield {
      at,
      message: `The softmax goes over dimension 0, the examples, and what comes of it is summed over dimension ${dim} for each of them.`,
      evidence: [places(['they are summed here', terms.span])],
    };
  }
}

/** What a product is of, behind signs, logarithms and small numbers that are added. */
function factorsBehind(value: Value, depth = 0): readonly Value[] {
  if (depth > 6 || !/^(mul|neg|log|add|clamp)$/.test(makerOf(value))) return [value];
  return value.inputs.flatMap((one) => factorsBehind(one, depth + 1));
}

/** Softmax over dimension 0 of what is made of the last step, `x[:, -1, :]`, of every sequence of a batch. */
function* ofLastStep(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { value, activation } of activated(program)) {
    const [scores] = value.inputs;
    const at = spanOfMaking(value);
    if (!/^(log_)?softmax$/.test(activation) || dimOf(value) !== 0 || scores === undefined) continue;
    const isCalled =
      scores.made.kind === 'module' || makerOf(scores) === 'call' || makerOf(scores) === 'Linear';
    if (at === undefined || seen.has(at.start) || !isCalled || scores.shape !== undefined) continue;
    const step = scores.inputs.find((one) => makerOf(one) === 'getitem');
    const [, key] = step === undefined ? [] : operandsOf(step);
    const [rows, last, all, ...more] = Array.isArray(key) ? key : [];
    if (sliceOf(rows)?.start !== null || sliceOf(rows)?.stop !== null || last !== -1n) continue;
    if (sliceOf(all)?.start !== null || sliceOf(all)?.stop !== null || more.length > 0) continue;
    seen.add(at.start);
    yield {
      at,
      message: `The ${activation} goes over dimension 0, the sequences, and not over what may come next in each of them.`,
      evidence: [places(['the last step of each', step?.span])],
    };
  }
}

/** Softmax over dimension 0 of what a network of another file gives for a batch, at some temperature: there is no bag of one class. */
function* ofNetworks(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { value, activation } of activated(program)) {
    const at = spanOfMaking(value);
    if (!/^(log_)?softmax$/.test(activation) || dimOf(value) !== 0 || at === undefined || seen.has(at.start))
      continue;
    const [given] = value.inputs;
    const [of, by] = given === undefined || makerOf(given) !== 'div' ? [given, undefined] : operandsOf(given);
    if (!isValue(of) || by === undefined || isValue(by)) continue;
    if (of.made.kind === 'layer' || !isOfNetwork(of) || !isOfLoader(of)) continue;
    seen.add(at.start);
    yield {
      at,
      message: `The ${activation} goes over dimension 0, the examples of a batch, instead of the classes.`,
      evidence: [places(['the scores', of.span])],
    };
  }
}

/** Softmax over dimension 0 of one row of scores for each picture of a batch. */
function* ofPictures(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { value, activation } of activated(program)) {
    const at = spanOfMaking(value);
    if (!/^(log_)?softmax$/.test(activation) || dimOf(value) !== 0 || at === undefined || seen.has(at.start))
      continue;
    const [scores] = value.inputs;
    if (scores === undefined || value.shape?.length !== 2 || !isRowEach(scores, value.shape[0] ?? 0))
      continue;
    seen.add(at.start);
    yield {
      at,
      message: `The ${activation} goes over dimension 0, the pictures of a batch, instead of the classes.`,
      evidence: [{ kind: 'shapes', shapes: [{ what: 'the scores', shape: value.shape }] }],
    };
  }
}

const MOST_STEPS = 60;

/** Whether the rows are those of a batch of pictures that a convolution was given. */
function isRowEach(scores: Value, rows: number): boolean {
  let current: Value | undefined = scores;
  for (let steps = 0; current !== undefined && steps < MOST_STEPS; steps++) {
    if (current.shape?.[0] !== rows) return false;
    if (current.made.kind === 'layer' && /^Conv[23]d$/.test(current.made.name))
      return rows > 1 && current.shape.length > 3;
    [current] = current.inputs;
  }
  return false;
}
