import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { mayReachParameters } from '../../ask/gradients.js';
import { lossesNamed } from '../../ask/losses.js';
import { operandsOf } from '../../ask/makings.js';
import { functionsAround } from '../../ask/tree.js';

/** A loss whose prediction has no gradient, while its target has. */
export interface CutPrediction {
  readonly at: Span;
  readonly loss: Span;
}

/**
 * Losses between what a network says without gradients and reward and discounted value of another with them: they move the
 * target, and what is to learn stays as it is.
 */
export function* cutPredictions(program: Program): Generator<CutPrediction> {
  if (!/gamma|discount|0?\.9/i.test(program.source)) return;
  for (const loss of lossesNamed(program, 'mse_loss', 'smooth_l1_loss', 'huber_loss', 'l1_loss')) {
    const at = loss.moment.span;
    const sides = [loss.input, loss.target].filter(isValue);
    if (sides.length < 2 || at === undefined || !isLearnedFrom(program, at)) continue;
    for (const [index, goal] of sides.entries()) {
      const said = sides[1 - index];
      if (said === undefined || !isDiscounted(goal) || isDiscounted(said)) continue;
      if (mayReachParameters(said) || !isOfNetwork(said) || !mayReachNetwork(goal)) continue;
      const cut = cutIn(said);
      if (cut !== undefined) yield { at: cut, loss: at };
      break;
    }
  }
}

function isLearnedFrom(program: Program, at: Span): boolean {
  const home = functionsAround(program, at).at(-1);
  return /\.backward\(/.test(home?.span.text ?? program.source);
}

/** `reward + gamma * next`. */
function isDiscounted(value: Value): boolean {
  let current = value;
  while (
    /^(unsqueeze|squeeze|view|reshape|float|to|cuda|detach)$/.test(makerOf(current)) &&
    current.inputs[0] !== undefined
  )
    [current] = current.inputs;
  return makerOf(current) === 'add' && operandsOf(current).some((one) => isTimesDiscount(one));
}

function isTimesDiscount(datum: Datum, depth = 0): boolean {
  if (!isValue(datum) || depth > 6) return false;
  const { made } = datum;
  if ((made.kind === 'argument' || made.kind === 'attribute') && /gamma|discount/i.test(made.name))
    return true;
  if (makerOf(datum) !== 'mul') return false;
  return operandsOf(datum).some(
    (one) => (typeof one === 'number' && one > 0.5 && one < 1) || isTimesDiscount(one, depth + 1),
  );
}

/** What a network gives that may be known or of another file. */
const gives = ({ made, span }: Value): boolean =>
  made.kind === 'layer' ||
  made.kind === 'module' ||
  (made.kind === 'operation' &&
    (made.name === 'call' || NETWORK.test(made.name)) &&
    /\(/.test(span?.text ?? ''));

const NETWORK = /(^|_)(net|network|model|critic|actor|policy|target|q)\d?($|_)/i;

const isOfNetwork = (value: Value): boolean => comesOf(value, gives);

/** Whether gradients come from a value to what a network gave. */
function mayReachNetwork(value: Value): boolean {
  let reaches = false;
  eachAncestor(value, (one) => {
    if (!one.gradients || /^(detach|data|item|numpy|tensor|as_tensor|argmax)$/.test(makerOf(one)))
      return false;
    reaches ||= gives(one);
    return !reaches;
  });
  return reaches;
}

/** Where a value was cut off from the network: by detach() or the like, or where the network was asked without gradients. */
function cutIn(value: Value): Span | undefined {
  let found: Span | undefined;
  eachAncestor(value, (one) => {
    if (found !== undefined) return false;
    if (/^(detach|data|item|numpy)$/.test(makerOf(one)) || (!one.gradients && gives(one))) found = one.span;
    return found === undefined;
  });
  return found;
}
