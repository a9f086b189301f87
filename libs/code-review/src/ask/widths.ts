import type { Datum, ProgramModule, Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';

/** Operations that keep the width of the last dimension and the number of channels, whatever the shape. */
const KEEPS_BOTH =
  /^(relu|ReLU|relu6|ReLU6|leaky_relu|LeakyReLU|elu|ELU|selu|SELU|gelu|GELU|silu|SiLU|tanh|Tanh|sigmoid|Sigmoid|PReLU|prelu|dropout|Dropout|Identity|contiguous|clone|float|to|cuda|cpu)$/;
const KEEPS_FEATURES = /^(LayerNorm)$/;
const KEEPS_CHANNELS =
  /^(max_pool[12]d|avg_pool[12]d|adaptive_avg_pool[12]d|adaptive_max_pool[12]d|MaxPool[12]d|AvgPool[12]d|AdaptiveAvgPool[12]d|AdaptiveMaxPool[12]d|dropout2d|Dropout2d|BatchNorm2d|InstanceNorm2d|Upsample)$/;

/** How wide a value is by the layer it comes of, where its shape is not known, and that layer. */
export interface Width {
  readonly size: number;
  readonly layer: ProgramModule;
}

/** The number of features in the last dimension, as the linear or recurrent layer before it says. */
export function featuresOf(value: Value): Width | undefined {
  const states = statesIn(value);
  if (states !== undefined) return states;
  return widthOf(
    value,
    /^Linear$/,
    'out_features',
    (name) => KEEPS_BOTH.test(name) || KEEPS_FEATURES.test(name),
  );
}

/** The width of a recurrent layer's outputs, or of those of one step: `out[:, -1]`. */
function statesIn(value: Value): Width | undefined {
  let current = value;
  let isOutputs = false;
  for (let depth = 0; depth < 8; depth++) {
    const { made } = current;
    if (made.kind === 'layer' && /^(RNN|LSTM|GRU)$/.test(made.name)) {
      const { hidden_size: hidden, bidirectional, proj_size: projected } = made.module.layer?.config ?? {};
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

/** `[:, -1]`, `[:, 0, :]`: one step of every example, its features whole. */
function isOneStep(key: Datum): boolean {
  if (!Array.isArray(key) || key.length < 2 || key.length > 3) return false;
  const [examples, step, features] = key;
  return isWhole(examples) && typeof step === 'bigint' && (features === undefined || isWhole(features));
}

function isWhole(datum: Datum | undefined): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'slice' &&
    datum.holds.start === null &&
    datum.holds.stop === null
  );
}

/** The number of channels, as the convolution before it says. */
export function channelsOf(value: Value): Width | undefined {
  return widthOf(
    value,
    /^(Conv[12]d|ConvTranspose[12]d)$/,
    'out_channels',
    (name) => KEEPS_BOTH.test(name) || KEEPS_CHANNELS.test(name),
  );
}

function widthOf(
  value: Value,
  layers: RegExp,
  out: string,
  keeps: (name: string) => boolean,
): Width | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 30; depth++) {
    const name = makerOf(current);
    if (current.made.kind === 'layer' && layers.test(name)) {
      const size = current.made.module.layer?.config[out];
      return typeof size === 'number' ? { size, layer: current.made.module } : undefined;
    }
    if (!keeps(name)) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}
