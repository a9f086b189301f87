import type { Span } from '@tensormark/python';
import { foreignCall, foreignName } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { ALIASES } from '../aliases.js';
import { isOpaque } from './array-items.js';
import { arrayFacts } from './arrays.js';
import { kerasCall, wholeOf } from './names.js';
import { isShape, sizeOf } from './sizes.js';

/** A layer as the program makes it. */
export interface KerasLayer {
  /** `Dense`, under the name that Keras has for it today. */
  readonly type: string;
  /** As the program calls it: `Convolution2D`. */
  readonly name: string;
  readonly args: CallArguments;
  readonly value: Value;
  readonly span: Span | undefined;
  /** The layer that it wraps: of `Bidirectional`, `TimeDistributed`. */
  readonly inner: KerasLayer | undefined;
}

/** What is found among layers and is none: networks, inputs, and functions as `concatenate`. */
const NOT_LAYERS = /^(Input|Sequential|Model|[a-z_]\w*)$/;

/** The layer that a value is. */
export function layerOf(datum: Datum | undefined): KerasLayer | undefined {
  const call = kerasCall(datum);
  if (call === undefined || NOT_LAYERS.test(call.name)) return undefined;
  if (!call.group.startsWith('layers')) return undefined;
  const { args, value } = call;
  const [first] = args.positional;
  return {
    type: ALIASES[call.name] ?? call.name,
    name: call.name,
    args,
    value,
    span: value.span,
    inner:
      call.name === 'Bidirectional' || call.name === 'TimeDistributed'
        ? layerOf(args.named.get('layer') ?? first)
        : undefined,
  };
}

/** One argument of a layer: by any of its names, or by place; undefined where it was not given. */
export function layerArgument(
  { args }: KerasLayer,
  names: readonly string[],
  position?: number,
): Datum | undefined {
  for (const name of names) {
    const found = args.named.get(name);
    if (found !== undefined) return found;
  }
  return position === undefined ? undefined : args.positional[position];
}

const WIDTH: Readonly<Record<string, readonly string[]>> = {
  Dense: ['units', 'output_dim'],
  LSTM: ['units', 'output_dim'],
  GRU: ['units', 'output_dim'],
  SimpleRNN: ['units', 'output_dim'],
  CuDNNLSTM: ['units'],
  CuDNNGRU: ['units'],
  Conv1D: ['filters', 'nb_filter'],
  Conv2D: ['filters', 'nb_filter'],
  Conv3D: ['filters', 'nb_filter'],
  SeparableConv2D: ['filters'],
  Conv2DTranspose: ['filters', 'nb_filter'],
};

/** How many units or filters a layer has; undefined where it has none or they are not known. */
export function unitsOf(layer: KerasLayer): number | undefined {
  if (layer.inner !== undefined) {
    const inner = unitsOf(layer.inner);
    if (layer.type !== 'Bidirectional' || inner === undefined) return inner;
    const { named, positional } = layer.args;
    const mode = named.has('merge_mode') ? named.get('merge_mode') : positional[1];
    if (mode === undefined || mode === 'concat') return 2 * inner;
    // With None the two are given apart.
    return typeof mode === 'string' ? inner : undefined;
  }
  const names = WIDTH[layer.type];
  // The first Keras had `Dense(64, 10)` for 10 units of 64 each.
  const at = layer.type === 'Dense' && typeof layer.args.positional[1] === 'bigint' ? 1 : 0;
  return names === undefined ? undefined : sizeOf(layerArgument(layer, names, at), arrayFacts);
}

/** Whether it multiplies by weights and adds, and does nothing else but its own activation. */
export function isLinear({ type }: KerasLayer): boolean {
  return /^(Dense|Conv[123]D|SeparableConv2D|Conv2DTranspose|DepthwiseConv2D)$/.test(type);
}

export function isRecurrent({ type }: KerasLayer): boolean {
  return /^((CuDNN)?(LSTM|GRU)|SimpleRNN)$/.test(type);
}

/** Layers that are an activation and nothing else. */
const ACTIVATION_LAYERS: Readonly<Record<string, string>> = {
  ReLU: 'relu',
  LeakyReLU: 'leaky_relu',
  PReLU: 'prelu',
  ELU: 'elu',
  ThresholdedReLU: 'relu',
  Softmax: 'softmax',
};

/** Whether a layer is an activation and nothing else. */
export function isActivation({ type }: KerasLayer): boolean {
  return type === 'Activation' || type in ACTIVATION_LAYERS;
}

/**
 * What a layer does to its result: `linear` where it does nothing, `other` for a function of the program's own;
 * undefined where it is not known or the layer has none.
 */
export function activationIn(layer: KerasLayer): string | undefined {
  if (layer.type === 'TimeDistributed') return layer.inner && activationIn(layer.inner);
  const fixed = ACTIVATION_LAYERS[layer.type];
  if (fixed !== undefined) return fixed;
  if (layer.type === 'Activation') return activationNamed(layerArgument(layer, ['activation'], 0));
  if (isRecurrent(layer)) {
    const given = layerArgument(layer, ['activation'], 1);
    return given === undefined ? 'tanh' : activationNamed(given);
  }
  if (!isLinear(layer)) return undefined;
  const given = layerArgument(
    layer,
    ['activation'],
    layer.type === 'Dense' && typeof layer.args.positional[1] !== 'bigint' ? 1 : undefined,
  );
  return given === undefined ? 'linear' : activationNamed(given);
}

/** The activation that an argument names. */
export function activationNamed(datum: Datum | undefined): string | undefined {
  if (datum === null) return 'linear';
  if (typeof datum === 'string') return datum;
  if (datum instanceof Value) {
    const asLayer = layerOf(datum);
    if (asLayer !== undefined) return ACTIVATION_LAYERS[asLayer.type];
    const full = foreignName(datum) ?? foreignCall(datum)?.name;
    const short = full?.split('.').at(-1);
    if (short === undefined || full === undefined) return undefined;
    if (ACTIVATION_LAYERS[short] !== undefined) return ACTIVATION_LAYERS[short];
    return /(activations|tensorflow\.(math|nn)|tensorflow)\.\w+$/.test(full) ? short : undefined;
  }
  if (typeof datum === 'object' && 'kind' in datum && datum.kind === 'function') return 'other';
  return undefined;
}

/** Names of activations that Keras has. */
export const ACTIVATIONS: ReadonlySet<string> = new Set(
  'softmax elu selu softplus softsign relu relu6 tanh sigmoid hard_sigmoid exponential linear swish silu gelu mish leaky_relu log_softmax hard_silu hard_swish glu squareplus sparse_plus soft_shrink sparse_sigmoid hard_shrink hard_tanh tanh_shrink threshold celu log_sigmoid sparsemax'.split(
    ' ',
  ),
);

function sized(datum: Datum | undefined): number | undefined {
  return sizeOf(datum, arrayFacts);
}

/** The shape of one example that a layer says it takes, without the batch. */
export function inputShapeOf(layer: KerasLayer): readonly (number | undefined)[] | undefined {
  const { named } = layer.args;
  const shape =
    named.get('input_shape') ??
    (layer.type === 'InputLayer' ? (layer.args.positional[0] ?? named.get('shape')) : undefined);
  const width = sized(named.get('input_dim'));
  // Where both are given, the first versions of Keras went by the second in their recurrent layers.
  const isOver = named.has('input_dim') && isRecurrent(layer) && Array.isArray(shape) && shape.length === 1;
  if (Array.isArray(shape) && !isOver) return shape.map(sized);
  if (typeof shape === 'bigint') return [Number(shape)];
  const ofData = shapeOfData(shape);
  if (ofData !== undefined) return ofData;
  const whole = named.get('batch_input_shape') ?? named.get('batch_shape');
  if (Array.isArray(whole)) return whole.slice(1).map(sized);
  if (isOver) return [sized(named.get('input_length')), width];
  if (width === undefined || layer.type === 'Embedding') return undefined;
  return isRecurrent(layer) || layer.type === 'Conv1D' ? [sized(named.get('input_length')), width] : [width];
}

/** `x.shape[1:]`, `x[0].shape`: a shape that is taken from data. */
function shapeOfData(datum: Datum | undefined): readonly (number | undefined)[] | undefined {
  if (!(datum instanceof Value)) return undefined;
  const { made, inputs } = datum;
  if (made.kind === 'attribute') return isShape(datum) ? arrayFacts(inputs[0]).shape : undefined;
  if (made.kind !== 'operation' || made.name !== 'getitem') return undefined;
  const [of, key] = made.args.positional;
  const isRest =
    isOpaque(key) && key.holds?.kind === 'slice' && key.holds.stop === null && key.holds.step === null;
  const from = isRest && key.holds?.kind === 'slice' ? wholeOf(key.holds.start) : undefined;
  return from === undefined || from < 0 ? undefined : shapeOfData(of)?.slice(from);
}

/** `Input(shape=…)`: the shape of one example. */
export function inputTensorShape(datum: Datum | undefined): readonly (number | undefined)[] | undefined {
  const call = kerasCall(datum);
  if (call?.name !== 'Input') return undefined;
  const shape = argument(call.args, 'shape', 0);
  if (Array.isArray(shape)) return shape.map(sized);
  if (typeof shape === 'bigint') return [Number(shape)];
  const ofData = shapeOfData(shape);
  if (ofData !== undefined) return ofData;
  const whole = call.args.named.get('batch_shape') ?? call.args.named.get('batch_input_shape');
  return Array.isArray(whole) ? whole.slice(1).map(sized) : undefined;
}
