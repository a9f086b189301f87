import type { Cost } from '../../costs.js';
import { product, quantity } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { tensorType, type DType, type TensorType } from '../../tensor.js';
import { isSequence, type Argument } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { anything, bool, device, dtype, int, string, tensor } from '../../values/kinds.js';
import type { Result } from '../../values/result.js';
import { optional, required } from '../../values/signature.js';
import { cellFormula, cellParameters, stepProducts, type CellSize, type Recurrence } from './gates.js';

interface Config {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly bias: boolean;
  readonly dtype: DType | null;
}

function cellOf(kind: Recurrence, { input_size, hidden_size, bias, dtype }: Config): CellSize {
  return {
    kind,
    input: quantity('input_size', input_size),
    hidden: hidden_size,
    state: quantity('hidden_size', hidden_size),
    bias,
    dtype,
    suffix: '',
    projection: 0,
  };
}

/** @throws Raised as the forward of `nn.RNNCell`, `nn.GRUCell`, `nn.LSTMCell` */
function infer(kind: Recurrence, config: Config, input: TensorType, hx: Argument): Result {
  const { shape } = input;
  if (shape.length !== 1 && shape.length !== 2)
    raise('ValueError', `${kind}Cell: Expected input to be 1D or 2D, got ${shape.length}D instead`);
  const state = tensorType([...shape.slice(0, -1), config.hidden_size], config.dtype ?? 'float32');
  const assume: Result = kind === 'LSTM' ? [state, state] : state;
  const given = statesOf(kind, hx);
  const features = shape.at(-1);
  if (features !== config.input_size)
    raise(
      'RuntimeError',
      `input has inconsistent input_size: got ${features} expected ${config.input_size}`,
      assume,
    );
  const batch = shape.length === 2 ? (shape[0] ?? 0) : 1;
  for (const { shape: size } of given) {
    const rows = shape.length === 2 ? (size[0] ?? 0) : 1;
    if (rows !== batch)
      raise('RuntimeError', `Input batch size ${batch} doesn't match hidden0 batch size ${rows}`, assume);
    if (size.at(-1) !== config.hidden_size)
      raise(
        'RuntimeError',
        `hidden0 has inconsistent hidden_size: got ${size.at(-1)}, expected ${config.hidden_size}`,
        assume,
      );
  }
  return assume;
}

function statesOf(kind: Recurrence, hx: Argument): readonly TensorType[] {
  if (hx === null) return [];
  if (kind === 'LSTM' && isSequence(hx)) return hx.map((state) => tensor.read(state, 'hx'));
  return [tensor.read(hx, 'hx')];
}

function costs(kind: Recurrence, config: Config, input: TensorType): readonly Cost[] {
  const batch = input.shape.length === 2 ? [quantity('batch_size', input.shape[0] ?? 0)] : [];
  return [{ kind: 'multiply-accumulate', count: product(...batch, stepProducts(cellOf(kind, config))) }];
}

const sizes = {
  input_size: required(int),
  hidden_size: required(int),
  bias: optional(bool, true),
};
const placement = { device: optional(device, null), dtype: optional(dtype, null) };
const forward = { input: required(tensor), hx: optional(anything, null) };

function plainCell(kind: 'GRU' | 'LSTM') {
  return defineLayer({
    type: `${kind}Cell`,
    signature: { ...sizes, ...placement },
    forward,
    parameters: (config) => cellParameters(cellOf(kind, config)),
    parameterFormula: (config) => cellFormula(cellOf(kind, config)),
    infer: (config, { input, hx }) => infer(kind, config, input, hx),
    costs: (config, { input }) => costs(kind, config, input),
    reach: () => EVERYTHING,
    extraRepr: ({ input_size, hidden_size, bias }) =>
      `${input_size}, ${hidden_size}${bias ? '' : ', bias=False'}`,
  });
}

const RNNCell = defineLayer({
  type: 'RNNCell',
  signature: { ...sizes, nonlinearity: optional(string, 'tanh'), ...placement },
  forward,
  parameters: (config) => cellParameters(cellOf('RNN', config)),
  parameterFormula: (config) => cellFormula(cellOf('RNN', config)),
  infer(config, { input, hx }) {
    const result = infer('RNN', config, input, hx);
    if (config.nonlinearity !== 'tanh' && config.nonlinearity !== 'relu')
      raise('RuntimeError', `Unknown nonlinearity: ${config.nonlinearity}`, result);
    return result;
  },
  costs: (config, { input }) => costs('RNN', config, input),
  reach: () => EVERYTHING,
  extraRepr: ({ input_size, hidden_size, bias, nonlinearity }) =>
    `${input_size}, ${hidden_size}${bias ? '' : ', bias=False'}${nonlinearity === 'tanh' ? '' : `, nonlinearity=${nonlinearity}`}`,
});

export const RECURRENT_CELLS = { RNNCell, LSTMCell: plainCell('LSTM'), GRUCell: plainCell('GRU') };
