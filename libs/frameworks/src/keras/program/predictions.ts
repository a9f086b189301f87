import { argument, isValue } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { networkMade } from './made-networks.js';

const PREDICTS = /^predict(_on_batch|_generator)?$/;

/** What a network predicts of arrays: a row for each example. */
export function ofPrediction(
  name: string,
  self: Datum | undefined,
  args: CallArguments,
  of: Of,
): ArrayFacts | undefined {
  if (!PREDICTS.test(name) || !isValue(self)) return undefined;
  const network = networkMade(self);
  if (network?.outputs !== undefined) return undefined;
  const { shape: given, split } = name === 'predict_generator' ? NOTHING : of(argument(args, 'x', 0));
  const example = (given === undefined ? undefined : network?.of(given.slice(1))) ?? network?.example;
  const rows = args.named.has('steps') ? undefined : given?.[0];
  return example ? { shape: [rows, ...example], split } : { split };
}

/** Of one of several outputs, which `predict` gives as a list. */
export function ofOutput(whole: Datum | undefined, at: Size): ArrayFacts | undefined {
  if (!isValue(whole) || whole.made.kind !== 'operation' || !PREDICTS.test(whole.made.name)) return undefined;
  const [network] = whole.made.args.positional;
  const example = isValue(network) && at !== undefined ? networkMade(network)?.outputs?.[at] : undefined;
  return example && { shape: [undefined, ...example] };
}
