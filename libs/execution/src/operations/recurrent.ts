import { add, mul, relu, sigmoid, sub, tanh } from '../engine/elementwise.js';
import { matmul } from '../engine/products.js';
import { elements, identity } from '../engine/shape.js';
import { concatenate, permute, reshape, select, slice, stack, swap } from '../engine/structure.js';
import { constant, type Value } from '../engine/value.js';
import { filled } from '../engine/arrays.js';
import { executor, isList, type Executor, type Output, type RunningCall } from '../running/call.js';
import { dropout } from './dropout.js';

type Kind = 'RNN' | 'LSTM' | 'GRU';

interface Cell {
  readonly kind: Kind;
  readonly hidden: number;
  readonly nonlinearity: (x: Value) => Value;
  /** Transposed weights, ready to be multiplied from the right. */
  readonly input: Value;
  readonly state: Value;
  readonly inputBias: Value | null;
  readonly stateBias: Value | null;
  readonly projection: Value | null;
}

interface State {
  readonly h: Value;
  readonly c: Value;
}

function cellOf(call: RunningCall, kind: Kind, suffix: string): Cell {
  return {
    kind,
    hidden: call.number('hidden_size'),
    nonlinearity: call.has('nonlinearity') && call.text('nonlinearity') === 'relu' ? relu : tanh,
    input: swap(call.parameter(`weight_ih${suffix}`), 0, 1),
    state: swap(call.parameter(`weight_hh${suffix}`), 0, 1),
    inputBias: call.state(`bias_ih${suffix}`),
    stateBias: call.state(`bias_hh${suffix}`),
    projection: call.state(`weight_hr${suffix}`),
  };
}

/** The inputs' part of the gates, for all steps at once. */
function fromInput(cell: Cell, x: Value): Value {
  const product = matmul(x, cell.input);
  return cell.inputBias ? add(product, cell.inputBias) : product;
}

/** One step, from the inputs' part of the gates and the state before. */
function step(cell: Cell, gates: Value, { h, c }: State): State {
  const product = matmul(h, cell.state);
  const recurrent = cell.stateBias ? add(product, cell.stateBias) : product;
  const size = cell.hidden;
  const part = (of: Value, at: number): Value => slice(of, 1, at * size, size);
  switch (cell.kind) {
    case 'RNN': {
      const next = cell.nonlinearity(add(gates, recurrent));
      return { h: next, c };
    }
    case 'GRU': {
      const reset = sigmoid(add(part(gates, 0), part(recurrent, 0)));
      const update = sigmoid(add(part(gates, 1), part(recurrent, 1)));
      const fresh = tanh(add(part(gates, 2), mul(reset, part(recurrent, 2))));
      return { h: add(fresh, mul(update, sub(h, fresh))), c };
    }
    case 'LSTM': {
      const all = add(gates, recurrent);
      const input = sigmoid(part(all, 0));
      const forget = sigmoid(part(all, 1));
      const fresh = tanh(part(all, 2));
      const output = sigmoid(part(all, 3));
      const memory = add(mul(forget, c), mul(input, fresh));
      const open = mul(output, tanh(memory));
      return { h: cell.projection ? matmul(open, swap(cell.projection, 0, 1)) : open, c: memory };
    }
  }
}

/** One direction of one layer over `[T, N, features]`. */
function sweep(
  cell: Cell,
  x: Value,
  initial: State,
  backwards: boolean,
): { readonly outputs: Value; readonly last: State } {
  const [length = 0] = x.shape;
  const gates = fromInput(cell, x);
  const order = identity(length);
  if (backwards) order.reverse();
  let state = initial;
  const outputs: Value[] = [];
  for (const at of order) {
    state = step(cell, select(gates, 0, at), state);
    outputs[at] = state.h;
  }
  return { outputs: stack(outputs, 0), last: state };
}

function zeros(rows: number, width: number): Value {
  return constant(filled([rows, width], 0), [rows, width]);
}

/** The initial states `[layers · directions, N, width]`, given or zeros. */
function statesGiven(call: RunningCall, kind: Kind, batched: boolean): readonly Value[] {
  if (call.raw('hx') === null) return [];
  const given = call.values('hx');
  const wanted = kind === 'LSTM' ? 2 : 1;
  if (given.length !== wanted) return call.refuse('its initial state comes as one tensor of two');
  return given.map((state) => {
    const [lead = 1, ...rest] = state.shape;
    return batched ? state : reshape(state, [lead, 1, elements(rest)]);
  });
}

function recurrent(call: RunningCall, kind: Kind): Output {
  const given = call.value('input');
  const batched = given.shape.length === 3;
  const batchFirst = batched && call.flag('batch_first');
  const whole = batched ? given : reshape(given, [given.shape[0] ?? 1, 1, given.shape[1] ?? 1]);
  const directions = call.flag('bidirectional') ? 2 : 1;
  const [hidden, projected] = [call.number('hidden_size'), call.number('proj_size')];
  const width = projected > 0 ? projected : hidden;
  let x = batchFirst ? permute(whole, [1, 0, 2]) : whole;
  const batch = x.shape[1] ?? 1;
  const [h0, c0] = statesGiven(call, kind, batched);
  const last: State[] = [];
  const layers = call.number('num_layers');
  for (const layer of identity(layers)) {
    const swept = identity(directions).map((direction) => {
      const at = layer * directions + direction;
      const initial = {
        h: h0 ? select(h0, 0, at) : zeros(batch, width),
        c: c0 ? select(c0, 0, at) : zeros(batch, hidden),
      };
      const suffix = `_l${layer}${direction === 1 ? '_reverse' : ''}`;
      return sweep(cellOf(call, kind, suffix), x, initial, direction === 1);
    });
    last.push(...swept.map((each) => each.last));
    x = concatenate(
      swept.map(({ outputs }) => outputs),
      2,
    );
    const p = call.number('dropout');
    if (call.training && p > 0 && layer < layers - 1) x = dropout(x, p, call.random.stream('layer', layer));
  }
  const outputs = batchFirst ? permute(x, [1, 0, 2]) : x;
  const states = (of: (state: State) => Value): Value => {
    const all = stack(last.map(of), 0);
    return batched ? all : reshape(all, [all.shape[0] ?? 1, all.shape[2] ?? 1]);
  };
  const output = reshape(outputs, call.shape);
  const h = states((state) => state.h);
  return kind === 'LSTM' ? [output, [h, states((state) => state.c)]] : [output, h];
}

function recurrentCell(call: RunningCall, kind: Kind): Output {
  const given = call.value('input');
  const batched = given.shape.length === 2;
  const asRows = (x: Value): Value => (batched ? x : reshape(x, [1, x.shape[0] ?? 1]));
  const back = (x: Value): Value => (batched ? x : reshape(x, [x.shape[1] ?? 1]));
  const x = asRows(given);
  const cell = cellOf(call, kind, '');
  const hx = call.raw('hx');
  const states = hx === null ? [] : call.values('hx').map(asRows);
  if (hx !== null && kind === 'LSTM' && !isList(hx))
    return call.refuse('its state comes as one tensor of two');
  const rows = x.shape[0] ?? 1;
  const before = {
    h: states[0] ?? zeros(rows, cell.hidden),
    c: states[1] ?? zeros(rows, cell.hidden),
  };
  const { h, c } = step(cell, fromInput(cell, x), before);
  return kind === 'LSTM' ? [back(h), back(c)] : back(h);
}

const KINDS: readonly Kind[] = ['RNN', 'LSTM', 'GRU'];

export const RECURRENT: readonly Executor[] = KINDS.flatMap((kind) => [
  executor(kind, (call) => recurrent(call, kind)),
  executor(`${kind}Cell`, (call) => recurrentCell(call, kind)),
]);
