import type { Cost } from '../costs.js';
import { literal, product, quantity, sum } from '../formula/formula.js';
import type { ParameterSpec } from '../layer.js';
import { EVERYTHING } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { anything, bool, float } from '../values/kinds.js';
import type { Result } from '../values/result.js';
import { optional, required } from '../values/signature.js';
import { activation, positive, untouched } from './kinds.js';
import { defineKerasLayer, weight, type InputDemands, type KerasCall } from './layer.js';

const REST = untouched(
  'kernel_initializer',
  'recurrent_initializer',
  'bias_initializer',
  'kernel_regularizer',
  'recurrent_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'recurrent_constraint',
  'bias_constraint',
);

/** What all recurrent layers take of how they run. */
const RUNNING = {
  dropout: optional(float, 0),
  recurrent_dropout: optional(float, 0),
  return_sequences: optional(bool, false),
  return_state: optional(bool, false),
  go_backwards: optional(bool, false),
  stateful: optional(bool, false),
  unroll: optional(bool, false),
  time_major: optional(bool, false),
  use_cudnn: optional(anything, 'auto'),
  ...untouched('implementation', 'seed', 'zero_output_for_mask'),
};

const FORMERLY = {
  output_dim: 'units',
  init: 'kernel_initializer',
  inner_init: 'recurrent_initializer',
  inner_activation: 'recurrent_activation',
  dropout_W: 'dropout',
  dropout_U: 'recurrent_dropout',
} as const;

/** The call: a sequence, and what the states start from. */
const CALL = {
  sequence: required(anything),
  initial_state: optional(anything, null),
  mask: optional(anything, null),
  training: optional(anything, null),
  constants: optional(anything, null),
};

/** A recurrent layer by its numbers. */
interface Cell {
  readonly units: number;
  readonly gates: number;
  /** How many vectors of biases it has: none, one, or two where input and state have their own. */
  readonly biases: number;
}

function weights({ units, gates, biases }: Cell, input: TensorType): readonly ParameterSpec[] {
  const out = product(quantity('gates', gates), quantity('hidden_size', units));
  const bias = biases === 1 ? [out] : [literal(biases), out];
  return [
    weight('kernel', 'weight', [quantity('input_size', input.shape.at(-1) ?? 0), out]),
    weight('recurrent_kernel', 'weight', [quantity('hidden_size', units), out]),
    ...(biases === 0 ? [] : [weight('bias', 'bias', bias)]),
  ];
}

/** `gates · units · (input + units + biases)` */
function weightsFormula({ units, gates, biases }: Cell, input: TensorType) {
  const inside = [quantity('input_size', input.shape.at(-1) ?? 0), quantity('hidden_size', units)];
  return product(
    quantity('gates', gates),
    quantity('hidden_size', units),
    sum(...inside, ...(biases === 0 ? [] : [quantity('bias', biases)])),
  );
}

/** Each step multiplies the input and the state by the kernels of all gates. */
function work({ units, gates }: Cell, { shape }: TensorType): readonly Cost[] {
  const [batch = 1, steps = 1, features = 0] = shape;
  return [
    {
      kind: 'multiply-accumulate',
      count: product(
        quantity('batch_size', batch),
        quantity('sequence_length', steps),
        quantity('gates', gates),
        quantity('hidden_size', units),
        sum(quantity('input_size', features), quantity('hidden_size', units)),
      ),
    },
  ];
}

type Called = Pick<KerasCall, 'first'>;

interface Running {
  readonly units: number;
  readonly return_sequences: boolean;
  readonly return_state: boolean;
}

function outputs(
  { units, return_sequences, return_state }: Running,
  states: number,
  { shape }: TensorType,
): Result {
  const [batch = 1, steps = 1] = shape;
  const state: TensorType = { shape: [batch, units], dtype: 'float32' };
  const output: TensorType = return_sequences ? { shape: [batch, steps, units], dtype: 'float32' } : state;
  return return_state ? [output, ...Array.from({ length: states }, () => ({ ...state }))] : output;
}

function demands(built: TensorType | undefined): InputDemands {
  return { ndim: 3, axes: new Map(built ? [[-1, built.shape.at(-1) ?? 0]] : []) };
}

/** A sequence was most likely meant: of one step where there is none, of flattened steps where they are maps. */
function meant({ shape, dtype }: TensorType): TensorType {
  const [batch = 1, ...rest] = shape;
  if (rest.length === 0) return { shape: [batch, 1, 1], dtype };
  if (rest.length === 1) return { shape: [batch, 1, rest[0] ?? 1], dtype };
  const [steps = 1, ...features] = rest;
  return { shape: [batch, steps, features.reduce((count, size) => count * size, 1)], dtype };
}

interface Biased extends Running {
  readonly use_bias: boolean;
}

const oncePerGate = ({ use_bias }: Biased): number => Number(use_bias);

/** What all recurrent layers have in common, by their gates, their states and how many vectors of biases they have. */
function recurrent<C extends Running>(
  { gates, states }: { readonly gates: number; readonly states: number },
  biasesOf: (config: C) => number,
) {
  const cell = (config: C): Cell => ({ units: config.units, gates, biases: biasesOf(config) });
  return {
    call: CALL,
    demands: (_: C, built: TensorType | undefined) => demands(built),
    meant: (_: C, input: TensorType) => meant(input),
    parameters: (config: C, { first }: Called) => weights(cell(config), first),
    parameterFormula: (config: C, built: TensorType) => weightsFormula(cell(config), built),
    infer: (config: C, { first }: Called) => outputs(config, states, first),
    costs: (config: C, { first }: Called) => work(cell(config), first),
    reach: () => EVERYTHING,
  };
}

const SimpleRNN = defineKerasLayer({
  type: 'SimpleRNN',
  signature: {
    units: required(positive),
    activation: activation('tanh'),
    use_bias: optional(bool, true),
    ...REST,
    ...RUNNING,
  },
  formerly: FORMERLY,
  ...recurrent({ gates: 1, states: 1 }, oncePerGate),
});

const LSTM = defineKerasLayer({
  type: 'LSTM',
  signature: {
    units: required(positive),
    activation: activation('tanh'),
    recurrent_activation: activation('sigmoid'),
    use_bias: optional(bool, true),
    ...REST,
    unit_forget_bias: optional(bool, true),
    ...RUNNING,
  },
  formerly: FORMERLY,
  ...recurrent({ gates: 4, states: 2 }, oncePerGate),
});

/** Since TensorFlow 2 the reset gate comes after the product, and input and state have biases of their own. */
const GRU = defineKerasLayer({
  type: 'GRU',
  signature: {
    units: required(positive),
    activation: activation('tanh'),
    recurrent_activation: activation('sigmoid'),
    use_bias: optional(bool, true),
    ...REST,
    ...RUNNING,
    reset_after: optional(bool, true),
  },
  formerly: FORMERLY,
  ...recurrent(
    { gates: 3, states: 1 },
    ({ use_bias, reset_after }: Biased & { readonly reset_after: boolean }) =>
      use_bias ? 1 + Number(reset_after) : 0,
  ),
});

/** The layers of the first Keras that ran on cuDNN alone, whose biases are two to each gate. */
function onCudnn(type: 'CuDNNLSTM' | 'CuDNNGRU', gates: number, states: number) {
  return defineKerasLayer({
    type,
    signature: {
      units: required(positive),
      ...REST,
      unit_forget_bias: optional(bool, true),
      ...RUNNING,
    },
    ...recurrent({ gates, states }, () => 2),
  });
}

export const KERAS_RECURRENT = {
  SimpleRNN,
  LSTM,
  GRU,
  CuDNNLSTM: onCudnn('CuDNNLSTM', 4, 2),
  CuDNNGRU: onCudnn('CuDNNGRU', 3, 1),
};
