import { sliceOf } from '../keras/program/array-items.js';
import { argument, isValue } from '../program/value.js';
import type { Datum, Value } from '../program/value.js';
import { graphCall, shortName } from './graph-calls.js';
import { pieceOf } from './graph-joins.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';

/** The shape of a part of a tensor, of what a recurrent network gives at each step, and of what a run gives. */
export function ofPart({ made }: Value, of: ShapeOf): GraphShape | undefined {
  if (made.kind !== 'operation') return undefined;
  const [self, second] = made.args.positional;
  const whole = graphCall(self);
  switch (made.name) {
    case 'getitem':
      if (typeof second === 'bigint') {
        const piece = (whole && pieceOf(whole, of)) ?? ofListed(self);
        if (piece !== undefined) return piece;
      }
      return ofItem(of(self), second);
    case 'element':
      return whole && pieceOf(whole, of);
    case 'unpacked':
      return (whole && pieceOf(whole, of)) ?? (second === 0n ? ofSteps(self, of) : undefined);
    case 'eval':
      return of(self);
    case 'run':
      return (graphCall(self)?.name ?? '').endsWith('Session') && isValue(second) ? of(second) : undefined;
    default:
      return undefined;
  }
}

/** `x[0]`, `x[:, -1]`, `x[:, None]` */
function ofItem(shape: GraphShape | undefined, key: Datum | undefined): GraphShape | undefined {
  if (shape === undefined) return undefined;
  const rest = [...shape];
  const kept: (number | undefined)[] = [];
  for (const part of Array.isArray(key) ? key : [key]) {
    if (part === null) {
      kept.push(1);
      continue;
    }
    if (rest.length === 0) return undefined;
    const size = rest.shift();
    if (typeof part === 'bigint') continue;
    const slice = sliceOf(part);
    if (slice === undefined) return undefined;
    const isAll = slice.start === null && slice.stop === null && slice.step === null;
    kept.push(isAll ? size : undefined);
  }
  return [...kept, ...rest];
}

/** What comes first of the two that a recurrent network gives: its output at each step. */
function ofSteps(datum: Datum | undefined, of: ShapeOf): GraphShape | undefined {
  const call = graphCall(datum);
  if (call?.name !== 'nn.dynamic_rnn' || call.args.named.has('time_major')) return undefined;
  const given = of(argument(call.args, 'inputs', 1));
  return given?.length === 3 ? [given[0], given[1], unitsOf(argument(call.args, 'cell', 0))] : undefined;
}

/** One of the list of outputs that a recurrent network over a list of steps gives first. */
function ofListed(datum: Datum | undefined): GraphShape | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [self, at] = datum.made.args.positional;
  const call = graphCall(self);
  if (at !== 0n || !/^(nn|contrib\.rnn)\.(static_rnn|rnn)$/.test(call?.name ?? '')) return undefined;
  return call && [undefined, unitsOf(argument(call.args, 'cell', 0))];
}

function unitsOf(cell: Datum | undefined, depth = 0): number | undefined {
  const call = graphCall(cell);
  if (call === undefined || depth > 10) return undefined;
  const short = shortName(call);
  if (short === 'DropoutWrapper') return unitsOf(argument(call.args, 'cell', 0), depth + 1);
  if (short === 'MultiRNNCell') {
    const cells = argument(call.args, 'cells', 0);
    return Array.isArray(cells) ? unitsOf(cells.at(-1), depth + 1) : undefined;
  }
  const units = argument(call.args, 'num_units', 0);
  return /^(Basic)?(LSTM|GRU|RNN)Cell$/.test(short) && !call.args.named.has('num_proj')
    ? typeof units === 'bigint'
      ? Number(units)
      : undefined
    : undefined;
}
