import type { CollectedPart } from '../../program/known-data-sets.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import type { ArrayFacts, Scale, Size, Targets } from './array-facts.js';
import { ofSet } from './array-sources.js';
import { KERAS_DATA } from './data-sets.js';
import { kerasCall, numberOf, wholeOf } from './names.js';

/** Examples and their targets, as the arrays that they would be gathered in. */
export interface Gathered {
  readonly inputs: ArrayFacts;
  readonly targets: ArrayFacts;
}

export function fromCollection({ name, part }: CollectedPart): Gathered | undefined {
  const set = typeof name === 'string' ? KERAS_DATA.get(name) : undefined;
  if (set?.isPixels !== true) return undefined;
  const [inputs, targets] = [true, false].map((isX) => ofSet(set, part ?? 'train', isX));
  if (inputs === undefined || targets === undefined) return undefined;
  // Pictures without colours have a last dimension of 1 there.
  const shape = inputs.shape?.length === 3 ? [...inputs.shape, 1] : inputs.shape;
  return {
    inputs: { ...inputs, shape: shape?.with(0, undefined) },
    targets: { ...targets, shape: [undefined] },
  };
}

export function fromFolder(generator: Datum | undefined, named: ReadonlyMap<string, Datum>): Gathered {
  const mode = named.get('class_mode') ?? 'categorical';
  const size = named.get('target_size');
  const [height, width] = Array.isArray(size)
    ? size.map(wholeOf)
    : named.has('target_size')
      ? []
      : [256, 256];
  const depth = named.get('color_mode') === 'grayscale' ? 1 : named.has('color_mode') ? undefined : 3;
  const names = named.get('classes');
  const count = Array.isArray(names) ? names.length : undefined;
  return {
    inputs: rescaled(generator, { shape: [undefined, height, width, depth], scale: 'bytes' }),
    targets: ofLabels(mode, count),
  };
}

/** Labels of pictures in folders, by the way they are asked for. */
function ofLabels(mode: Datum, count: Size): ArrayFacts {
  const targets: Targets | undefined =
    mode === 'categorical'
      ? { kind: 'one-hot', count }
      : mode === 'binary'
        ? { kind: 'classes', count: count ?? 2 }
        : mode === 'sparse' || mode === 'int'
          ? { kind: 'classes', count }
          : undefined;
  return targets === undefined
    ? {}
    : { targets, shape: targets.kind === 'classes' ? [undefined] : [undefined, count] };
}

/** `image_dataset_from_directory` */
export function fromPictures(args: CallArguments): Gathered {
  const { named } = args;
  const size = named.get('image_size');
  const [height, width] = Array.isArray(size) ? size.map(wholeOf) : named.has('image_size') ? [] : [256, 256];
  const depth =
    named.get('color_mode') === 'grayscale' ? 1 : named.get('color_mode') === undefined ? 3 : undefined;
  const names = named.get('class_names');
  return {
    inputs: { shape: [undefined, height, width, depth], scale: 'bytes' },
    targets: ofLabels(
      argument(args, 'label_mode', 2) ?? 'int',
      Array.isArray(names) ? names.length : undefined,
    ),
  };
}

/** What `ImageDataGenerator` makes of the numbers. */
export function rescaled(generator: Datum | undefined, facts: ArrayFacts): ArrayFacts {
  const made = kerasCall(generator);
  if (made?.name !== 'ImageDataGenerator') return { ...facts, scale: undefined };
  const { named } = made.args;
  const isOther = [
    'preprocessing_function',
    'featurewise_center',
    'samplewise_center',
    'zca_whitening',
    'featurewise_std_normalization',
    'samplewise_std_normalization',
  ].some((name) => (named.get(name) ?? false) !== false);
  if (isOther) return { ...facts, scale: undefined };
  const rescale = named.get('rescale');
  if (rescale === undefined || rescale === null) return facts;
  const by = numberOf(rescale);
  const scale: Scale | undefined =
    by === undefined ? undefined : by < 0.02 && facts.scale === 'bytes' ? 'unit' : undefined;
  const isTwice = by !== undefined && by < 0.02 && facts.scale === 'unit' && facts.set?.of.isPixels === true;
  return { ...facts, scale, ...(isTwice && generator instanceof Value && { scaledAgain: generator }) };
}
