import { kerasType, type CallNode, type Layer } from '@tensormark/network';

/**
 * The one spelling that a layer and its functions share, whatever framework they are written in: `MaxPool2d`, `max_pool2d` and
 * Keras's `MaxPooling2D` are `maxpool2d`.
 */
export function spelledAlike(name: string): string {
  const folded = name
    .replace(/^keras\./, '')
    .replaceAll('_', '')
    .toLowerCase();
  return KERAS_NAMES.get(folded) ?? OTHER_NAMES.get(folded) ?? folded;
}

/** Keras's own words for layers of PyTorch; the others differ in their spelling alone. */
const KERAS_NAMES: ReadonlyMap<string, string> = new Map([
  ['dense', 'linear'],
  ...['1d', '2d', '3d'].flatMap((rank): [string, string][] => [
    [`maxpooling${rank}`, `maxpool${rank}`],
    [`averagepooling${rank}`, `avgpool${rank}`],
    [`globalaveragepooling${rank}`, `adaptiveavgpool${rank}`],
    [`globalavgpool${rank}`, `adaptiveavgpool${rank}`],
    [`globalmaxpooling${rank}`, `adaptivemaxpool${rank}`],
    [`globalmaxpool${rank}`, `adaptivemaxpool${rank}`],
    [`conv${rank}transpose`, `convtranspose${rank}`],
    [`convolution${rank}`, `conv${rank}`],
    [`spatialdropout${rank}`, `dropout${rank}`],
    [`zeropadding${rank}`, `zeropad${rank}`],
    [`upsampling${rank}`, 'upsample'],
  ]),
  ['layernormalization', 'layernorm'],
  ['groupnormalization', 'groupnorm'],
  ['rmsnormalization', 'rmsnorm'],
  ['simplernn', 'rnn'],
  ['simplernncell', 'rnncell'],
]);

/** Other names of the same, in functions of PyTorch and activations of Keras. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['swish', 'silu'],
  ['hardsilu', 'hardswish'],
  ['interpolate', 'upsample'],
]);

/** Norms of which the function, and Keras's layer, are one for inputs of every rank. */
const BY_RANK: ReadonlyMap<string, string> = new Map([
  ['batchnorm', 'batchnorm'],
  ['syncbatchnorm', 'batchnorm'],
  ['batchnormalization', 'batchnorm'],
  ['instancenorm', 'instancenorm'],
]);

const RANKS = ['1d', '2d', '3d'];

/** The names that calls of a layer may go by: of a norm that is one for every rank, that of each. */
export function namesOf(layer: string): readonly string[] {
  const name = spelledAlike(layer);
  const family = BY_RANK.get(name);
  return family === undefined ? [name] : RANKS.map((rank) => `${family}${rank}`);
}

/** What a call computes: the layers that it is called by, and whether it may compute something that cannot be told. */
export interface Computed {
  /** In the spelling of {@link spelledAlike}: of a `Dense` with an activation, both. */
  readonly names: readonly string[];
  /** An activation was given that cannot be told, such as a function of the answer's own. */
  readonly other: boolean;
}

/** What a call of the graph computes, by the names of PyTorch's layers. */
export function computedBy(node: CallNode): Computed {
  const own = named(node);
  const given = node.layer === undefined ? undefined : activationOf(node.layer);
  if (given === undefined) return { names: [own], other: false };
  if (given === 'unknown') return { names: [own], other: true };
  return { names: own === 'activation' ? [given] : [own, given], other: false };
}

function named({ operation, inputs }: CallNode): string {
  const name = spelledAlike(operation);
  const family = BY_RANK.get(name);
  if (family === undefined) return name;
  // Of batches alone (two dimensions), and of sequences: one norm.
  const rank = Math.max(1, (inputs[0]?.shape.length ?? 4) - 2);
  return `${family}${rank}d`;
}

/** Layers of Keras whose `activation` is computed on what they give; a recurrent layer's is within it. */
const TAKE_ACTIVATION = /^(?:Activation|Dense|EinsumDense|(?:Depthwise|Separable)?Conv\dD(?:Transpose)?)$/;

function activationOf(layer: Layer): string | undefined {
  const type = kerasType(layer);
  if (type === undefined || !TAKE_ACTIVATION.test(type)) return undefined;
  const { config } = layer;
  if (typeof config !== 'object' || config === null || !('activation' in config)) return undefined;
  const { activation } = config;
  if (activation === null || activation === 'linear') return undefined;
  if (typeof activation === 'string') return spelledAlike(activation);
  if (typeof activation !== 'object') return 'unknown';
  if ('opaque' in activation && typeof activation.opaque === 'string' && /^\w+$/.test(activation.opaque))
    return activation.opaque === 'linear' ? undefined : spelledAlike(activation.opaque);
  if ('definition' in activation && 'type' in activation && typeof activation.type === 'string')
    return spelledAlike(activation.type);
  return 'unknown';
}

/** A call as the code has it: `Conv2D` of Keras without its framework. */
export function asWritten({ operation, layer }: CallNode): string {
  const name = operation.replace(/^keras\./, '');
  const activation = layer === undefined ? undefined : activationOf(layer);
  return activation === undefined || activation === 'unknown' ? name : `${name} with ${activation}`;
}
