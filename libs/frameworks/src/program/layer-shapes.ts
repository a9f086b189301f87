import type { Making } from './value.js';
import type { OpenShape, OpenSize } from './open-sizes.js';

type LayerMade = Making & { readonly kind: 'layer' };

/** Layers that give what they are given its shape. */
const KEEPING =
  /^(Dropout\w*|AlphaDropout|ReLU6?|LeakyReLU|PReLU|ELU|SELU|CELU|GELU|SiLU|Mish|Tanh|Sigmoid|Softmax|LogSoftmax|Softplus|Hardtanh|Identity|BatchNorm[123]d|InstanceNorm[123]d|GroupNorm|LayerNorm)$/;

/** The shape of what a layer gives, as far as its arguments and the shape of its input say. */
export function layerShape(
  { name, module }: LayerMade,
  given: OpenShape | undefined,
  isState: boolean,
): OpenShape | undefined {
  const config = module.layer?.config ?? {};
  const size = (key: string): OpenSize => {
    const value = config[key];
    return typeof value === 'number' ? value : undefined;
  };
  if (given === undefined) return undefined;
  if (KEEPING.test(name)) return given;
  if (name === 'Embedding') return [...given, size('embedding_dim')];
  if (name === 'Linear')
    return given.length === 0 ? undefined : [...given.slice(0, -1), size('out_features')];
  const rank = /^(?:Conv|ConvTranspose|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool)([123])d$/.exec(
    name,
  )?.[1];
  if (rank !== undefined) {
    if (given.length !== Number(rank) + 2) return undefined;
    const channels = name.startsWith('Conv') ? size('out_channels') : given[1];
    return [given[0], channels, ...given.slice(2).map(() => undefined)];
  }
  if (!/^(LSTM|GRU|RNN)$/.test(name) || given.length !== 3) return undefined;
  const [directions, width] = [config['bidirectional'] === true ? 2 : 1, size('hidden_size')];
  if (!isState) return [...given.slice(0, 2), width === undefined ? undefined : width * directions];
  const layers = size('num_layers');
  const batch = config['batch_first'] === true ? given[0] : given[1];
  return [layers === undefined ? undefined : layers * directions, batch, width];
}
