import { isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Program, Value } from '@tensormark/frameworks';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { isMean } from '../../ask/losses.js';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';

const DEEPEST = 100;

/**
 * Losses that are means of their batches, added up and divided by the number of examples. Nothing is learned from the figure,
 * and it falls as it should: it is only smaller than any loss by the size of a batch.
 */
export function* lossesBySamples(program: Program): Generator<Found> {
  const losses = new Map<Value, LossComputed>();
  for (const loss of eventsOf(program, 'loss'))
    // What a module of the program's own does is not known.
    if (loss.result !== undefined && (loss.module === undefined || loss.module.layer) && isMean(loss))
      losses.set(loss.result, loss);
  const seen = new Set<number>();
  for (const { name, args, moment } of losses.size === 0 ? [] : eventsOf(program, 'call')) {
    if (name !== 'div' && name !== '__truediv__' && name !== '__itruediv__') continue;
    const [sum, by] = args.positional;
    const at = moment.span;
    if (!isValue(sum) || at === undefined || seen.has(at.start) || !countsExamples(program, by, at.text))
      continue;
    const [first] = addedUp(sum).map((term) => losses.get(term));
    if (first === undefined || !addedUp(sum).every((term) => losses.has(term))) continue;
    seen.add(at.start);
    yield {
      at,
      severity: 'design',
      message: 'Mean losses of batches are added up, and divided by the number of examples.',
      why: 'A loss is the mean of its batch already: divided by all examples, the figure is too small by the size of a batch.',
      instead: 'Add up loss.item() * inputs.size(0), or divide by the number of batches, len(loader).',
      evidence: [places(['a mean of one batch', first.moment.span])],
    };
  }
}

/** `len` of what a loader goes over; where it is a number, as it is written. */
function countsExamples({ loaders }: Program, datum: Datum | undefined, text: string): boolean {
  if (typeof datum === 'bigint')
    return /\blen\((\w+\.)*\w*(dataset|data_?set|_set|_data|_ds)\)\)*$/.test(text);
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'len') return false;
  const [of] = datum.made.args.positional;
  return loaders.some(({ dataset }) => dataset === of);
}

/** What a figure is the sum of, each taken out of its tensor; numbers that it begins with aside. */
function addedUp(sum: Value): Value[] {
  const terms: Value[] = [];
  let rest: Value | undefined = sum;
  for (let depth = 0; rest !== undefined && depth < DEEPEST; depth++) {
    const [left, right]: readonly Datum[] = rest.made.kind === 'operation' ? rest.made.args.positional : [];
    if (!/^_*i?add_*$/.test(makerOf(rest)) || !isValue(right)) return [...terms, loss(rest)];
    terms.push(loss(right));
    rest = isValue(left) ? left : undefined;
  }
  return terms;
}

/** What a number was taken out of by `.item()`, `.detach()` or `float()`. */
function loss(value: Value): Value {
  let of = value;
  while (/^(item|detach|float|cpu|data|__float__)$/.test(makerOf(of)) && of.inputs[0] !== undefined)
    [of] = [of.inputs[0]];
  return of;
}
