import { product, quantity, sum, type Formula } from '../../formula/formula.js';
import { parameter, type ParameterSpec } from '../../layer.js';
import type { DType } from '../../tensor.js';

/** The kinds of recurrence, with how many gates each stacks in its weights. */
export const GATES = { RNN: 1, GRU: 3, LSTM: 4 } as const;
export type Recurrence = keyof typeof GATES;

/** One direction of one layer of a recurrent network. */
export interface CellSize {
  readonly kind: Recurrence;
  readonly input: Formula;
  readonly hidden: number;
  /** The width of the hidden state that recurs: the projection's where there is one. */
  readonly state: Formula;
  readonly bias: boolean;
  readonly dtype: DType | null;
  /** Appended to each name: `_l0`, `_l0_reverse`, nothing for a cell. */
  readonly suffix: string;
  readonly projection: number;
}

/** Gates are stacked row by row: `4 · H` rows for an LSTM. */
function rows({ kind, hidden }: CellSize): Formula {
  const size = quantity('hidden_size', hidden);
  const gates = GATES[kind];
  return gates === 1 ? size : product(quantity('gates', gates), size);
}

/** Weights and PyTorch's two biases, in its order. */
export function cellParameters(cell: CellSize): readonly ParameterSpec[] {
  const { suffix, bias, dtype, projection, hidden } = cell;
  const weights = [
    parameter(`weight_ih${suffix}`, 'weight', [rows(cell), cell.input], dtype),
    parameter(`weight_hh${suffix}`, 'weight', [rows(cell), cell.state], dtype),
  ];
  const biases = bias
    ? [
        parameter(`bias_ih${suffix}`, 'bias', [rows(cell)], dtype),
        parameter(`bias_hh${suffix}`, 'bias', [rows(cell)], dtype),
      ]
    : [];
  const projections =
    projection > 0
      ? [
          parameter(
            `weight_hr${suffix}`,
            'weight',
            [quantity('proj_size', projection), quantity('hidden_size', hidden)],
            dtype,
          ),
        ]
      : [];
  return [...weights, ...biases, ...projections];
}

/** `4 · H · (I + H + 2)`: inputs, states, and a bias for each of the two. */
export function cellFormula(cell: CellSize): Formula {
  const { kind, hidden, input, state, bias, projection } = cell;
  const gates = GATES[kind] === 1 ? [] : [quantity('gates', GATES[kind])];
  const inside = sum(input, state, ...(bias ? [quantity('bias', 2)] : []));
  const whole = product(...gates, quantity('hidden_size', hidden), inside);
  if (projection === 0) return whole;
  return sum(whole, product(quantity('proj_size', projection), quantity('hidden_size', hidden)));
}

/** Multiply-accumulates of one step of one direction. */
export function stepProducts(cell: CellSize): Formula {
  const { kind, hidden, input, state, projection } = cell;
  const gates = GATES[kind] === 1 ? [] : [quantity('gates', GATES[kind])];
  const whole = product(...gates, quantity('hidden_size', hidden), sum(input, state));
  if (projection === 0) return whole;
  return sum(whole, product(quantity('proj_size', projection), quantity('hidden_size', hidden)));
}
