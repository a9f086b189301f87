import { argument, isValue, sliceOf } from '@tensormark/frameworks';
import type { Datum, ProgramModule, Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';

/** Operations that keep the width of the last dimension and the number of channels, whatever the shape. */
const KEEPS_BOTH =
  /^(relu|ReLU|relu6|ReLU6|leaky_relu|LeakyReLU|elu|ELU|selu|SELU|gelu|GELU|silu|SiLU|tanh|Tanh|sigmoid|Sigmoid|PReLU|prelu|dropout|Dropout|Identity|contiguous|clone|float|to|cuda|cpu)$/;
const KEEPS_FEATURES = /^(LayerNorm|BatchNorm1d)$/;
const KEEPS_CHANNELS =
  /^(max_pool[12]d|avg_pool[12]d|adaptive_avg_pool[12]d|adaptive_max_pool[12]d|MaxPool[12]d|AvgPool[12]d|AdaptiveAvgPool[12]d|AdaptiveMaxPool[12]d|dropout2d|Dropout2d|BatchNorm2d|InstanceNorm2d|Upsample)$/;

/** How wide a value is by the layer it comes of, where its shape is not known, and that layer. */
export interface Width {
  readonly size: number;
  readonly layer: ProgramModule;
}

/** The number of features in the last dimension, as the linear or recurrent layer before it says. */
export function featuresOf(value: Value): Width | undefined {
  const states = statesIn(value) ?? joinedIn(value);
  if (states !== undefined) return states;
  return widthOf(value, LINEAR, 'out_features', keepsFeatures);
}

/** The width of a recurrent layer's outputs, or of those of one step: `out[:, -1]`. */
function statesIn(value: Value): Width | undefined {
  let current = value;
  let isOutputs = false;
  for (let depth = 0; depth < 8; depth++) {
    const { made } = current;
    if (made.kind === 'layer' && /^(RNN|LSTM|GRU)$/.test(made.name)) {
      const { hidden_size: hidden, bidirectional, proj_size: projected } = made.module.sizes;
      if (typeof hidden !== 'number' || (typeof projected === 'number' && projected > 0)) return undefined;
      // Outputs are as wide as both directions together, the last states are not.
      if (bidirectional === true && !isOutputs) return undefined;
      return { size: bidirectional === true ? 2 * hidden : hidden, layer: made.module };
    }
    const [input] = current.inputs;
    const name = makerOf(current);
    const key = name === 'getitem' && made.kind === 'operation' ? made.args.positional[1] : undefined;
    const isStep = key !== undefined && isOneStep(key);
    if (input === undefined || (!isStep && !KEEPS_BOTH.test(name) && !KEEPS_FEATURES.test(name)))
      return undefined;
    isOutputs ||= isStep;
    current = input;
  }
  return undefined;
}

/** The last state of one layer and direction: `hidden[-1]`. */
function stateIn(value: Value): Width | undefined {
  const [states] = value.inputs;
  if (value.made.kind !== 'operation' || value.made.name !== 'getitem' || states === undefined)
    return undefined;
  // `hidden[-1]`, `hidden[-1, :, :]`
  const key = value.made.args.positional[1];
  const isPick =
    typeof key === 'bigint' ||
    (Array.isArray(key) && typeof key[0] === 'bigint' && key.slice(1).every((one: Datum) => isWhole(one)));
  // Outputs may be picked from in the same way, by time.
  if (!isPick || !/^(h|hn|ht|h_n|h_t|hidden\w*|state\w*)\[/i.test(value.span?.text ?? '')) return undefined;
  if (states.made.kind !== 'layer' || !/^(RNN|LSTM|GRU)$/.test(states.made.name)) return undefined;
  const { hidden_size: hidden, proj_size: projected } = states.made.module.sizes;
  return typeof hidden === 'number' && !(typeof projected === 'number' && projected > 0)
    ? { size: hidden, layer: states.made.module }
    : undefined;
}

/** Such states side by side: `torch.cat((hidden[-2], hidden[-1]), dim=1)`. */
function joinedIn(value: Value): Width | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const { made }: Value = current;
    if (made.kind === 'operation' && /^(cat|concat)$/.test(made.name)) {
      const [parts] = made.args.positional;
      const dim = argument(made.args, 'dim', 1);
      if (!Array.isArray(parts) || (dim !== 1n && dim !== -1n)) return undefined;
      const widths = parts.map((part: Datum) => (isValue(part) ? stateIn(part) : undefined));
      const [first] = widths;
      let size = 0;
      for (const width of widths) {
        if (width === undefined) return undefined;
        size += width.size;
      }
      return first && { size, layer: first.layer };
    }
    const alone = stateIn(current);
    if (alone !== undefined) return alone;
    if (!KEEPS_BOTH.test(makerOf(current))) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** `[:, -1]`, `[:, 0, :]`: one step of every example, its features whole. */
function isOneStep(key: Datum): boolean {
  if (!Array.isArray(key) || key.length < 2 || key.length > 3) return false;
  const [examples, step, features] = key;
  return isWhole(examples) && typeof step === 'bigint' && (features === undefined || isWhole(features));
}

function isWhole(datum: Datum | undefined): boolean {
  const slice = sliceOf(datum);
  return slice?.start === null && slice.stop === null;
}

/** The number of channels, as the convolution before it says. */
export function channelsOf(value: Value): Width | undefined {
  return widthOf(value, CONVOLUTION, 'out_channels', keepsChannels);
}

/** The linear layer, or the convolution, that a value comes of with nothing between that changes its width. */
export function layerBefore(value: Value, kind: 'Linear' | 'Conv'): ProgramModule | undefined {
  return kind === 'Linear'
    ? layerBehind(value, LINEAR, keepsFeatures)
    : layerBehind(value, CONVOLUTION, keepsChannels);
}

const LINEAR = /^Linear$/;
const CONVOLUTION = /^(Conv[12]d|ConvTranspose[12]d)$/;

function keepsFeatures(name: string): boolean {
  return KEEPS_BOTH.test(name) || KEEPS_FEATURES.test(name);
}

function keepsChannels(name: string): boolean {
  return KEEPS_BOTH.test(name) || KEEPS_CHANNELS.test(name);
}

function widthOf(
  value: Value,
  layers: RegExp,
  out: string,
  keeps: (name: string) => boolean,
): Width | undefined {
  const layer = layerBehind(value, layers, keeps);
  const size = layer?.sizes[out];
  return layer !== undefined && typeof size === 'number' ? { size, layer } : undefined;
}

function layerBehind(
  value: Value,
  layers: RegExp,
  keeps: (name: string) => boolean,
): ProgramModule | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 30; depth++) {
    const name = makerOf(current);
    if (current.made.kind === 'layer' && layers.test(name)) return current.made.module;
    if (!keeps(name)) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}
