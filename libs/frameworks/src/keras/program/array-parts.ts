import { foreignCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { withRows } from './array-shapes.js';
import { ofMade, ofSet } from './array-sources.js';
import { KERAS_DATA, SAMPLE_DATA } from './data-sets.js';
import { wholeOf } from './names.js';

/** `np.eye(10)[labels]`: a column a class. */
export function oneHotRows(self: Datum | undefined, key: Datum | undefined, of: Of): ArrayFacts | undefined {
  const call = foreignCall(self);
  if (call === undefined || !/^numpy\.(eye|identity)$/.test(call.name) || !(key instanceof Value))
    return undefined;
  const labels = of(key).shape;
  const count = wholeOf(argument(call.args, 'N', 0) ?? argument(call.args, 'n', 0));
  if (labels === undefined || call.args.positional.length > 1) return undefined;
  return {
    shape: [...labels, count],
    ...(labels.length === 1 && { targets: { kind: 'one-hot', count } as const }),
  };
}

/** A part of what a function gives: of a data set, a split, made-up data. */
export function ofPart(self: Datum | undefined, index: Size, of: Of): ArrayFacts | undefined {
  if (!(self instanceof Value) || index === undefined || self.made.kind !== 'operation') return undefined;
  const [camera] = self.made.name === 'read' ? self.inputs : [];
  if (index === 1 && foreignCall(camera)?.name === 'cv2.VideoCapture')
    return { scale: 'bytes', shape: [undefined, undefined, 3] };
  const call = foreignCall(self);
  if (call === undefined) {
    const [outer, which] = self.made.args.positional;
    const loaded =
      self.made.name === 'unpacked' || self.made.name === 'getitem' ? foreignCall(outer) : undefined;
    const half = wholeOf(which);
    const set = loaded && /\bdatasets\.(\w+)\.load_data$/.exec(loaded.name)?.[1];
    const data = set === undefined ? undefined : KERAS_DATA.get(set);
    if (loaded === undefined || data === undefined || half === undefined || half > 1 || index > 1)
      return undefined;
    const facts = ofSet(data, half === 0 ? 'train' : 'test', index === 0);
    const words = wholeOf(argument(loaded.args, 'num_words') ?? argument(loaded.args, 'nb_words'));
    return data.name === 'imdb' || data.name === 'reuters' ? { ...facts, vocabulary: words } : facts;
  }
  if (/(^|\.)train_test_split$/.test(call.name)) {
    const whole = of(call.args.positional[Math.floor(index / 2)]);
    return {
      ...withRows(whole, undefined),
      isShuffled: call.args.named.get('shuffle') !== false,
      split: { by: self, part: index % 2 === 0 ? 'train' : 'test', within: whole.split },
    };
  }
  if (call.name === 'cv2.threshold' && index === 1) return of(call.args.positional[0]);
  if (/^sklearn\.utils\.shuffle$/.test(call.name) && call.args.positional.length > 1)
    return {
      ...withRows(of(call.args.positional[index]), of(call.args.positional[index]).shape?.[0]),
      isShuffled: true,
    };
  const short = call.name.split('.').at(-1) ?? '';
  if (!call.name.startsWith('sklearn.datasets.')) return undefined;
  const set = SAMPLE_DATA.get(short);
  if (set !== undefined)
    return call.args.named.get('return_X_y') === true ? ofSet(set, 'all', index === 0) : undefined;
  return ofMade(short, call.args, index);
}
