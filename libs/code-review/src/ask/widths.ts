import type { ProgramModule, Value } from '@tensormark/frameworks';
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

/** The number of features in the last dimension, as the linear layer before it says. */
export function featuresOf(value: Value): Width | undefined {
  return widthOf(
    value,
    /^Linear$/,
    'out_features',
    (name) => KEEPS_BOTH.test(name) || KEEPS_FEATURES.test(name),
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
