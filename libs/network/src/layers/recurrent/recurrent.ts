import type { Cost } from '../../costs.js';
import { product, quantity, sum } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { DTYPES, formatShape, tensorType, type TensorType } from '../../tensor.js';
import {
  isSequence,
  isTensor,
  pythonRepr,
  tupleRepr,
  typeName,
  type Argument,
} from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { anything, bool, device, dtype, float, int, string, tensor, type Kind } from '../../values/kinds.js';
import type { Result } from '../../values/result.js';
import { keywordOnly, optional, required, type Bound } from '../../values/signature.js';
import { checkLayerCount } from '../layer-count.js';
import { cellFormula, cellParameters, stepProducts, type CellSize, type Recurrence } from './gates.js';

interface Config {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly num_layers: number;
  readonly bias: boolean;
  readonly batch_first: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  readonly proj_size: number;
  readonly dtype: CellSize['dtype'];
}

/** A size that must be an int, in the words of the recurrent layers. */
function size(name: string): Kind<number> {
  return {
    ...int,
    read(value: Argument, at) {
      if (typeof value !== 'bigint' && typeof value !== 'boolean')
        raise('TypeError', `${name} should be of type int, got: ${typeName(value)}`);
      return int.read(value, at);
    },
  };
}

const DROPOUT =
  'dropout should be a number in range [0, 1] representing the probability of an element being zeroed';

/** PyTorch takes no bool for a probability here. */
const probability: Kind<number> = {
  ...float,
  read(value, name) {
    if (typeof value !== 'bigint' && typeof value !== 'number') raise('ValueError', DROPOUT);
    return float.read(value, name);
  },
};

const sizes = { input_size: required(size('input_size')), hidden_size: required(size('hidden_size')) };

const options = {
  bias: optional(bool, true),
  batch_first: optional(bool, false),
  dropout: optional(probability, 0.0),
  bidirectional: optional(bool, false),
};

/** Only an LSTM projects its state: the others refuse to be told anything of it, in the order of their checks. */
function noProjection(): Kind<number> {
  return {
    ...int,
    read(value) {
      if (value !== null)
        raise('ValueError', 'proj_size argument is only supported for LSTM, not RNN or GRU');
      return 0;
    },
  };
}

const placement = { device: optional(device, null), dtype: optional(dtype, null) };
const projection = optional(int, 0n);
const count = optional(int, 1n);

/** The constructor's checks in PyTorch's order. @throws Raised */
function validate(kind: Recurrence, config: Config): void {
  const { dropout, hidden_size, num_layers, proj_size } = config;
  if (!(dropout >= 0 && dropout <= 1)) raise('ValueError', DROPOUT);
  if (hidden_size <= 0) raise('ValueError', 'hidden_size must be greater than zero');
  if (num_layers <= 0) raise('ValueError', 'num_layers must be greater than zero');
  checkLayerCount(num_layers);
  if (proj_size < 0)
    raise('ValueError', 'proj_size should be a positive integer or zero to disable projections');
  if (proj_size >= hidden_size) raise('ValueError', 'proj_size has to be smaller than hidden_size');
}

/** Every direction of every layer, in the order of the parameters. */
function cells(kind: Recurrence, config: Config): readonly CellSize[] {
  const { hidden_size, bias, proj_size, dtype, bidirectional, num_layers, input_size } = config;
  const state = proj_size > 0 ? quantity('proj_size', proj_size) : quantity('hidden_size', hidden_size);
  const directions = bidirectional ? ['', '_reverse'] : [''];
  return Array.from({ length: num_layers }, (_, layer) =>
    directions.map((direction) => ({
      kind,
      // Layers after the first take the states of both directions side by side.
      input:
        layer === 0
          ? quantity('input_size', input_size)
          : bidirectional
            ? product(quantity('directions', 2), state)
            : state,
      hidden: hidden_size,
      state,
      bias,
      dtype,
      suffix: `_l${layer}${direction}`,
      projection: proj_size,
    })),
  ).flat();
}

interface Layout {
  readonly batched: boolean;
  readonly batch: number;
  readonly length: number;
  readonly features: number;
}

function layoutOf(kind: Recurrence, { batch_first }: Config, { shape }: TensorType): Layout {
  const [first = 0, second = 0, third = 0] = shape;
  if (shape.length === 2) return { batched: false, batch: 1, length: first, features: second };
  if (shape.length !== 3)
    return raise('ValueError', `${kind}: Expected input to be 2D or 3D, got ${shape.length}D instead`);
  return {
    batched: true,
    batch: batch_first ? first : second,
    length: batch_first ? second : first,
    features: third,
  };
}

interface Outputs {
  readonly output: TensorType;
  readonly hidden: TensorType;
  readonly cell: TensorType;
}

function outputsOf(config: Config, { shape }: TensorType, layout: Layout): Outputs {
  const { hidden_size, proj_size, num_layers, bidirectional } = config;
  const type = config.dtype ?? 'float32';
  const directions = bidirectional ? 2 : 1;
  const width = proj_size > 0 ? proj_size : hidden_size;
  const lead = num_layers * directions;
  const batch = layout.batched ? [layout.batch] : [];
  return {
    output: tensorType([...shape.slice(0, -1), width * directions], type),
    hidden: tensorType([lead, ...batch, width], type),
    cell: tensorType([lead, ...batch, hidden_size], type),
  };
}

function resultOf(kind: Recurrence, { output, hidden, cell }: Outputs): Result {
  return kind === 'LSTM' ? [output, [hidden, cell]] : [output, hidden];
}

/** @throws Raised as the forward of `nn.RNN`, `nn.GRU`, `nn.LSTM` */
function infer(kind: Recurrence, config: Config, input: TensorType, hx: Argument): Result {
  const layout = layoutOf(kind, config, input);
  const outputs = outputsOf(config, input, layout);
  const assume = resultOf(kind, outputs);
  if (hx !== null) checkStates(kind, layout, states(kind, hx), outputs, assume);
  if (layout.features !== config.input_size)
    raise(
      'RuntimeError',
      `input.size(-1) must be equal to input_size. Expected ${config.input_size}, got ${layout.features}`,
      assume,
    );
  if (hx !== null) checkStateSizes(kind, layout, states(kind, hx), outputs, assume);
  if (layout.length === 0)
    raise('RuntimeError', 'Expected sequence length to be larger than 0 in RNN', assume);
  const type = config.dtype ?? 'float32';
  if (input.dtype !== type)
    raise(
      'RuntimeError',
      `mat1 and mat2 must have the same dtype, but got ${DTYPES[input.dtype].scalarName} and ${DTYPES[type].scalarName}`,
      assume,
    );
  return assume;
}

/** The states given: one, or an LSTM's two. */
function states(kind: Recurrence, hx: Argument): readonly TensorType[] {
  if (kind !== 'LSTM' && !isTensor(hx))
    raise('AttributeError', `'${typeName(hx)}' object has no attribute 'dim'`);
  if (kind !== 'LSTM') return isTensor(hx) ? [hx] : [];
  if (isSequence(hx) && hx.length < 2) raise('IndexError', `${typeName(hx)} index out of range`);
  if (isSequence(hx)) return hx.map((state) => tensor.read(state, 'hx'));
  if (isTensor(hx) && (hx.shape[0] ?? 0) < 2)
    // A tensor is taken for the pair, and has no second part.
    raise('IndexError', `index 1 is out of bounds for dimension 0 with size ${hx.shape[0] ?? 0}`);
  return isTensor(hx) ? Array.from({ length: 2 }, () => tensorType(hx.shape.slice(1), hx.dtype)) : [];
}

function checkStates(
  kind: Recurrence,
  { batched }: Layout,
  given: readonly TensorType[],
  { hidden }: Outputs,
  assume: Result,
): void {
  const rank = hidden.shape.length;
  if (given.every(({ shape }) => shape.length === rank)) return;
  const ranks = given.map(({ shape }) => `${shape.length}-D`);
  const which = kind === 'LSTM' ? 'hx and cx' : 'hx';
  const got = kind === 'LSTM' ? `(${ranks.join(', ')}) tensors` : `${ranks[0]} tensor`;
  raise(
    'RuntimeError',
    `For ${batched ? 'batched 3-D' : 'unbatched 2-D'} input, ${which} should also be ${rank}-D but got ${got}`,
    assume,
  );
}

function checkStateSizes(
  kind: Recurrence,
  { batched }: Layout,
  given: readonly TensorType[],
  { hidden, cell }: Outputs,
  assume: Result,
): void {
  for (const [index, state] of given.entries()) {
    const wanted = (index === 0 ? hidden : cell).shape;
    if (state.shape.join() === wanted.join()) continue;
    // An unbatched input has been given a batch of one by then, and so have its states.
    const shown = (shape: readonly number[]): readonly number[] =>
      batched ? shape : shape.toSpliced(1, 0, 1);
    const name = kind === 'LSTM' ? `hidden[${index}]` : 'hidden';
    raise(
      'RuntimeError',
      `Expected ${name} size ${tupleRepr(shown(wanted))}, got ${formatShape(shown(state.shape))}`,
      assume,
    );
  }
}

/** Each step of each sequence takes every cell once. */
function costs(kind: Recurrence, config: Config, input: TensorType): readonly Cost[] {
  const { batch, length } = layoutOf(kind, config, input);
  const steps = [quantity('batch_size', batch), quantity('sequence_length', length)];
  const all = cells(kind, config);
  const rows = sum(...all.map(({ hidden }) => quantity('hidden_size', hidden)));
  return [
    { kind: 'multiply-accumulate', count: product(...steps, sum(...all.map(stepProducts))) },
    { kind: 'activation', count: product(...steps, quantity('gates', all[0] ? GATE_WORK[kind] : 0), rows) },
  ];
}

/** Nonlinearities and elementwise products to each unit of a step. */
const GATE_WORK = { RNN: 1, GRU: 8, LSTM: 9 } as const;

function extraRepr(config: Config, written: Bound): string {
  const shown = [`${config.input_size}`, `${config.hidden_size}`];
  if (config.proj_size !== 0) shown.push(`proj_size=${config.proj_size}`);
  if (config.num_layers !== 1) shown.push(`num_layers=${config.num_layers}`);
  if (!config.bias) shown.push('bias=False');
  if (config.batch_first) shown.push('batch_first=True');
  if (config.dropout !== 0) shown.push(`dropout=${pythonRepr(written['dropout'] ?? null)}`);
  if (config.bidirectional) shown.push('bidirectional=True');
  return shown.join(', ');
}

const forward = { input: required(tensor), hx: optional(anything, null) };

const LSTM = defineLayer({
  type: 'LSTM',
  initializer: 'RNNBase',
  signature: { ...sizes, num_layers: count, ...options, proj_size: projection, ...placement },
  forward,
  training: 'random',
  validate: (config) => validate('LSTM', config),
  parameters: (config) => cells('LSTM', config).flatMap(cellParameters),
  parameterFormula: (config) => sum(...cells('LSTM', config).map(cellFormula)),
  infer: (config, { input, hx }) => infer('LSTM', config, input, hx),
  costs: (config, { input }) => costs('LSTM', config, input),
  reach: () => EVERYTHING,
  extraRepr: (config, written) => extraRepr(config, written),
  attributes: () => ({ mode: 'LSTM' }),
});

const GRU = defineLayer({
  type: 'GRU',
  initializer: 'RNNBase',
  signature: {
    ...sizes,
    num_layers: count,
    ...options,
    ...placement,
    proj_size: keywordOnly(noProjection(), null),
  },
  forward,
  training: 'random',
  validate: (config) => validate('GRU', config),
  parameters: (config) => cells('GRU', config).flatMap(cellParameters),
  parameterFormula: (config) => sum(...cells('GRU', config).map(cellFormula)),
  infer: (config, { input, hx }) => infer('GRU', config, input, hx),
  costs: (config, { input }) => costs('GRU', config, input),
  reach: () => EVERYTHING,
  extraRepr: (config, written) => extraRepr(config, written),
  attributes: () => ({ mode: 'GRU' }),
});

const RNN = defineLayer({
  type: 'RNN',
  initializer: 'RNNBase',
  signature: {
    ...sizes,
    num_layers: count,
    nonlinearity: optional(string, 'tanh'),
    ...options,
    ...placement,
    proj_size: keywordOnly(noProjection(), null),
  },
  forward,
  training: 'random',
  validate(config) {
    if (config.nonlinearity !== 'tanh' && config.nonlinearity !== 'relu')
      raise('ValueError', `Unknown nonlinearity '${config.nonlinearity}'. Select from 'tanh' or 'relu'.`);
    validate('RNN', config);
  },
  parameters: (config) => cells('RNN', config).flatMap(cellParameters),
  parameterFormula: (config) => sum(...cells('RNN', config).map(cellFormula)),
  infer: (config, { input, hx }) => infer('RNN', config, input, hx),
  costs: (config, { input }) => costs('RNN', config, input),
  reach: () => EVERYTHING,
  extraRepr: (config, written) => extraRepr(config, written),
  attributes: ({ nonlinearity }) => ({ mode: nonlinearity === 'relu' ? 'RNN_RELU' : 'RNN_TANH' }),
});

export const RECURRENT_LAYERS = { RNN, LSTM, GRU };
