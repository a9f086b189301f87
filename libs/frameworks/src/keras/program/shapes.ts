import { argument } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { isRecurrent, layerArgument, unitsOf } from './layers.js';
import type { KerasLayer } from './layers.js';
import { wholeOf } from './names.js';

/** The shape of one example, sizes that are not known left open. */
export type Example = readonly (number | undefined)[];

/** Why Keras would refuse a layer there. */
export interface Refused {
  readonly kind: 'rank' | 'vanished';
  /** How many dimensions it takes, without the batch; what came. */
  readonly wanted?: number;
  readonly given: Example;
}

/** What a layer makes of one example; undefined where that is not known. */
export type Passed =
  | { readonly kind: 'shape'; readonly shape: Example }
  | { readonly kind: 'refused'; readonly why: Refused }
  | undefined;

const MAPS =
  /^(?:Conv|SeparableConv|DepthwiseConv|MaxPooling|AveragePooling|UpSampling|ZeroPadding|Cropping)([123])D(?:Transpose)?$/;
const SAME =
  /^(Dropout|SpatialDropout[12]D|GaussianNoise|GaussianDropout|AlphaDropout|Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|Softmax|BatchNormalization|LayerNormalization|ActivityRegularization|Rescaling|Normalization|Masking|InputLayer|RandomFlip|RandomRotation|RandomZoom|RandomContrast|RandomTranslation)$/;

/** The shape of what a layer gives of one example of a shape. */
export function shapeAfter(layer: KerasLayer, given: Example): Passed {
  const { type } = layer;
  if (SAME.test(type)) return { kind: 'shape', shape: given };
  if (type === 'Flatten')
    return {
      kind: 'shape',
      shape: [
        given.reduce<number | undefined>(
          (so, size) => (so === undefined || size === undefined ? undefined : so * size),
          1,
        ),
      ],
    };
  if (type === 'Dense')
    return given.length === 0 ? undefined : { kind: 'shape', shape: [...given.slice(0, -1), unitsOf(layer)] };
  if (type === 'Embedding')
    return { kind: 'shape', shape: [...given, wholeOf(layerArgument(layer, ['output_dim'], 1))] };
  if (type === 'Reshape') return reshaped(layer);
  if (type === 'RepeatVector') {
    if (given.length !== 1) return refused(1, given);
    return { kind: 'shape', shape: [wholeOf(layerArgument(layer, ['n'], 0)), ...given] };
  }
  if (isRecurrent(layer)) return recurrent(layer, given);
  if (type === 'Bidirectional') {
    if (layer.inner === undefined || !isRecurrent(layer.inner)) return undefined;
    const inner = recurrent(layer.inner, given);
    return inner?.kind === 'shape'
      ? { kind: 'shape', shape: [...inner.shape.slice(0, -1), unitsOf(layer)] }
      : inner;
  }
  if (type === 'TimeDistributed') {
    if (layer.inner === undefined || given.length < 2) return undefined;
    const inner = shapeAfter(layer.inner, given.slice(1));
    return inner?.kind === 'shape' ? { kind: 'shape', shape: [given[0], ...inner.shape] } : undefined;
  }
  const pooled = /^Global(?:Max|Average)Pooling([123])D$/.exec(type);
  if (pooled !== null) {
    const rank = Number(pooled[1]) + 1;
    return given.length === rank
      ? layer.args.named.size > 0
        ? undefined
        : { kind: 'shape', shape: [given.at(-1)] }
      : refused(rank, given);
  }
  return overMaps(layer, given);
}

function refused(wanted: number, given: Example): Passed {
  return { kind: 'refused', why: { kind: 'rank', wanted, given } };
}

function reshaped(layer: KerasLayer): Passed {
  const shape = layerArgument(layer, ['target_shape', 'dims'], 0);
  return Array.isArray(shape)
    ? { kind: 'shape', shape: shape.map(wholeOf).map((size) => (size === -1 ? undefined : size)) }
    : undefined;
}

function recurrent(layer: KerasLayer, given: Example): Passed {
  if (given.length !== 2) return refused(2, given);
  const sequences = layer.args.named.get('return_sequences') ?? false;
  if (typeof sequences !== 'boolean' || layer.args.named.get('return_state') === true) return undefined;
  return { kind: 'shape', shape: sequences ? [given[0], unitsOf(layer)] : [unitsOf(layer)] };
}

/** Sizes by dimension: one number stands for all of them. */
function sizes(datum: Datum | undefined, dimensions: number, usual: number): (number | undefined)[] {
  if (datum === undefined) return Array.from({ length: dimensions }, () => usual);
  if (Array.isArray(datum))
    return datum.length === dimensions
      ? datum.map(wholeOf)
      : Array.from({ length: dimensions }, () => undefined);
  return Array.from({ length: dimensions }, () => wholeOf(datum));
}

function overMaps(layer: KerasLayer, given: Example): Passed {
  const found = MAPS.exec(layer.type);
  if (found === null) return undefined;
  const dimensions = Number(found[1]);
  if (given.length !== dimensions + 1) return refused(dimensions + 1, given);
  const format = layer.args.named.get('data_format') ?? layer.args.named.get('dim_ordering');
  if (format !== undefined && format !== null && format !== 'channels_last' && format !== 'tf')
    return undefined;
  const maps = given.slice(0, -1);
  const channels = given.at(-1);
  if (layer.type.startsWith('UpSampling')) {
    const factors = sizes(argument(layer.args, 'size', 0), dimensions, 2);
    return { kind: 'shape', shape: [...maps.map((size, axis) => product(size, factors[axis])), channels] };
  }
  if (/^(ZeroPadding|Cropping)/.test(layer.type))
    return { kind: 'shape', shape: [...maps.map(() => undefined), channels] };
  const isPooling = /Pooling/.test(layer.type);
  // Of version 1: `Convolution2D(32, 3, 3)`.
  const isOld =
    !isPooling &&
    dimensions > 1 &&
    layer.args.positional.slice(1, 1 + dimensions).filter((item) => typeof item === 'bigint').length ===
      dimensions &&
    /Convolution/.test(layer.span?.text ?? '');
  const kernel = isOld
    ? layer.args.positional.slice(1, 1 + dimensions).map(wholeOf)
    : isPooling
      ? sizes(layerArgument(layer, ['pool_size', 'pool_length'], 0), dimensions, 2)
      : sizes(layerArgument(layer, ['kernel_size', 'filter_length'], 1) ?? null, dimensions, 1);
  const strides = sizes(
    layerArgument(layer, ['strides', 'subsample', 'stride'], isOld ? undefined : isPooling ? 1 : 2) ??
      undefined,
    dimensions,
    1,
  );
  const asked = layerArgument(
    layer,
    ['strides', 'subsample', 'stride'],
    isOld ? undefined : isPooling ? 1 : 2,
  );
  const steps = isPooling && (asked === undefined || asked === null) ? kernel : strides;
  const padding =
    layerArgument(layer, ['padding', 'border_mode'], isPooling ? 2 : isOld ? undefined : 3) ?? 'valid';
  const isTransposed = /Transpose/.test(layer.type);
  const next = maps.map((size, axis): number | undefined => {
    const [window, step] = [kernel[axis], steps[axis]];
    if (
      size === undefined ||
      window === undefined ||
      step === undefined ||
      step === 0 ||
      typeof padding !== 'string'
    )
      return undefined;
    if (isTransposed) return padding === 'same' ? size * step : undefined;
    return padding.toLowerCase() === 'same' ? Math.ceil(size / step) : Math.floor((size - window) / step) + 1;
  });
  if (next.some((size) => size !== undefined && size < 1))
    return { kind: 'refused', why: { kind: 'vanished', given } };
  return {
    kind: 'shape',
    shape: [...next, /Depthwise/.test(layer.type) ? undefined : isPooling ? channels : unitsOf(layer)],
  };
}

function product(size: number | undefined, by: number | undefined): number | undefined {
  return size === undefined || by === undefined ? undefined : size * by;
}
