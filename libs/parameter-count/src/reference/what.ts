import type { Measure } from './reference.js';

interface Facts {
  readonly measure: Exclude<Measure, 'expression'>;
  /** How a working names it, the most telling first. */
  readonly words: readonly string[];
  /** For a sentence: "the number of …". */
  readonly says: string;
}

function step(says: string, ...words: readonly string[]): Facts {
  return { measure: 'step', says, words: [...words, says] };
}

function size(says: string, ...words: readonly string[]): Facts {
  return { measure: 'size', says, words: [`output ${says}`, ...words, says] };
}

/**
 * Everything that a reference knows of a layer, a block or the network, by the name that it has in ids and in exams.
 * Adding one is a line here and whoever counts it.
 */
export const WHATS = {
  parameters: {
    measure: 'parameters',
    says: 'parameters',
    words: ['parameters', 'params', 'learnable parameters', 'total parameters'],
  },
  'trainable-parameters': {
    measure: 'parameters',
    says: 'trainable parameters',
    words: ['trainable parameters', 'trainable', 'learnable parameters', 'learnable'],
  },
  'non-trainable-parameters': {
    measure: 'parameters',
    says: 'non-trainable parameters',
    words: ['non-trainable parameters', 'non-trainable', 'frozen', 'not trainable'],
  },
  statistics: step('running statistics', 'running mean and variance', 'moving statistics', 'buffers'),
  weights: { measure: 'weights', says: 'weights', words: ['weights', 'kernel weights', 'without bias'] },
  biases: { measure: 'biases', says: 'biases', words: ['biases', 'bias', 'bias terms'] },
  shared: step('shared parameters', 'tied weights', 'shared', 'counted twice'),

  'weights-per-kernel': step('weights per kernel', 'per kernel', 'kernel size', 'one kernel', 'kernel area'),
  'weights-per-filter': step('weights per filter', 'per filter', 'each filter', 'one filter', 'filter size'),
  'parameters-per-filter': step('parameters per filter', 'per filter', 'each filter', 'one filter'),
  'channels-per-group': step('input channels per group', 'channels per group', 'channels in each group'),
  'filters-per-group': step('filters per group', 'output channels per group', 'filters in each group'),
  'weights-per-group': step('weights per group', 'per group', 'each group', 'one group'),
  'parameters-per-group': step('parameters per group', 'per group', 'each group', 'one group'),
  'weights-per-unit': step('weights per unit', 'per neuron', 'each neuron', 'inputs of a neuron'),
  'parameters-per-unit': step('parameters per unit', 'per neuron', 'each neuron', 'one neuron'),
  'input-weights': step('input weights', 'input to hidden', 'weights of the input', 'W_ih', 'W_x'),
  'recurrent-weights': step('recurrent weights', 'hidden to hidden', 'weights of the state', 'W_hh', 'W_h'),
  'weights-per-gate': step('weights per gate', 'per gate', 'each gate', 'one gate'),
  'parameters-per-gate': step('parameters per gate', 'per gate', 'each gate', 'one gate'),
  'parameters-per-later-gate': step('parameters per gate of a later layer', 'per gate', 'second layer'),
  'parameters-per-direction': step('parameters per direction', 'per direction', 'each direction', 'forward'),
  'parameters-per-layer': step('parameters of a recurrent layer', 'per layer', 'first layer', 'layer 1'),
  'parameters-per-later-layer': step(
    'parameters of each later recurrent layer',
    'per layer',
    'second layer',
    'later layers',
  ),
  'parameters-per-projection': step(
    'parameters per projection',
    'per projection',
    'each projection',
    'query',
    'key',
    'value',
  ),
  'in-projection': step('parameters of the input projections', 'query key value', 'QKV', 'projections'),
  'out-projection': step('parameters of the output projection', 'output projection', 'W_O'),
  'head-size': step('width of a head', 'head dimension', 'per head', 'd_k'),
  'parameters-per-head': step('parameters per head', 'per head', 'each head', 'one head'),

  channels: size('channels', 'feature maps', 'filters', 'depth'),
  depth: size('depth', 'frames'),
  height: size('height', 'output size', 'feature map size', 'spatial size', 'size', 'rows'),
  width: size('width', 'output size', 'feature map size', 'spatial size', 'size', 'columns'),
  length: size('length', 'sequence length', 'time steps', 'tokens', 'output size', 'size'),
  features: size('features', 'flattened size', 'flatten', 'inputs', 'units', 'neurons', 'output size'),
  size: size('size', 'dimension'),
  'size-2': size('size', 'dimension'),
  'size-3': size('size', 'dimension'),
  units: {
    measure: 'units',
    says: 'units',
    words: ['units', 'neurons', 'activations', 'output elements', 'elements', 'output size'],
  },

  'work-per-output': step(
    'multiply-accumulates per output',
    'per output',
    'per pixel',
    'per position',
    'each output',
  ),
  'work-per-step': step('multiply-accumulates per time step', 'per time step', 'per step', 'each step'),
  'multiply-accumulates': {
    measure: 'multiply-accumulates',
    says: 'multiply-accumulates',
    words: ['multiply-accumulates', 'MACs', 'MAC', 'multiply-adds', 'multiplications', 'operations'],
  },
  flops: {
    measure: 'flops',
    says: 'floating-point operations',
    words: ['FLOPs', 'FLOP', 'floating-point operations', 'operations'],
  },

  'activation-memory': {
    measure: 'bytes',
    says: 'bytes of activations',
    words: ['activation memory', 'memory of activations', 'memory', 'bytes'],
  },
  'parameter-memory': {
    measure: 'bytes',
    says: 'bytes of parameters',
    words: ['parameter memory', 'memory of parameters', 'model size', 'memory', 'bytes'],
  },

  'receptive-field': {
    measure: 'receptive-field',
    says: 'receptive field',
    words: ['receptive field', 'RF', 'field of view'],
  },
  'receptive-field-width': {
    measure: 'receptive-field',
    says: 'receptive field along the width',
    words: ['receptive field', 'RF', 'receptive field width'],
  },
  'receptive-field-depth': {
    measure: 'receptive-field',
    says: 'receptive field along the depth',
    words: ['receptive field', 'RF', 'receptive field depth'],
  },
  jump: step('jump', 'effective stride', 'cumulative stride', 'stride product'),
  'jump-width': step('jump along the width', 'jump', 'effective stride'),
  'jump-depth': step('jump along the depth', 'jump', 'effective stride'),
} as const satisfies Record<string, Facts>;

export type What = keyof typeof WHATS;

/**
 * What can be asked, by the name that it has in exams: each number, and those of several axes together. A receptive field is
 * several numbers where its sides differ, and each side has a name of its own.
 */
export type Askable = What | 'output-shape' | 'receptive-field-height' | 'jump-height';

/** The numbers along the axes of a feature map, the last axis last, by what is asked for all of them. */
export const ALONG_AXES: Readonly<Partial<Record<Askable, readonly What[]>>> = {
  'receptive-field': ['receptive-field-depth', 'receptive-field', 'receptive-field-width'],
  jump: ['jump-depth', 'jump', 'jump-width'],
};

/** One side by its name where it stands under another: that of a square field is the field. */
export function numberAsked(what: Exclude<Askable, 'output-shape'>): What {
  switch (what) {
    case 'receptive-field-height':
      return 'receptive-field';
    case 'jump-height':
      return 'jump';
    default:
      return what;
  }
}

export function isWhat(name: string): name is What {
  return Object.hasOwn(WHATS, name);
}

/** What a node is a number of, for a sentence: `conv1/parameters` as "parameters". */
export function sayingOf(id: string): string {
  const what = id.slice(id.lastIndexOf('/') + 1);
  return isWhat(what) ? WHATS[what].says : what;
}
