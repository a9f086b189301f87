import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { layoutOf } from '../../ask/columns.js';
import { callsNamed } from '../../ask/events.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';

/**
 * Values of actions that meet all with all: the best of each row, `q(s).max(1)[0]`, is [N], and what was gathered for the
 * actions, or a column of rewards or ends, is [N, 1]. The network may be one that is not known.
 */
export function* valuesCrossed(program: Program): Generator<Found> {
  if (!/\bgather\(/.test(program.source) || !/reward|done|gamma/i.test(program.source)) return;
  const seen = new Set<number>();
  for (const { args, moment } of callsNamed(program, 'mul', 'add', 'sub', '__rmul__', '__radd__')) {
    const [one, other] = args.positional;
    const at = moment.span;
    if (!isValue(one) || !isValue(other) || at === undefined || seen.has(at.start)) continue;
    const [row, column] = isOfBest(one) ? [one, other] : [other, one];
    if (!isOfBest(row) || isMadeRow(row) || !isMadeColumn(column)) continue;
    seen.add(at.start);
    yield {
      at,
      message: 'The best values have shape [N], and what they meet here [N, 1]: they meet all with all.',
      evidence: [places(['the best values', row.span], ['a column', column.span])],
    };
  }
  for (const { input, target, moment } of lossesNamed(
    program,
    'mse_loss',
    'l1_loss',
    'smooth_l1_loss',
    'huber_loss',
  )) {
    const at = moment.span;
    if (input === undefined || !isValue(target) || at === undefined || seen.has(at.start)) continue;
    const crosses = (chosen: Value, best: Value): boolean =>
      isGathered(chosen) && isOfBest(best) && !isMadeColumn(best);
    if (!crosses(input, target) && !crosses(target, input)) continue;
    seen.add(at.start);
    yield {
      at,
      message:
        'Values gathered for the actions have shape [N, 1], and their targets [N]: they are compared all with all.',
      evidence: [places(['the chosen values', input.span], ['the targets', target.span])],
    };
  }
}

function isOne(datum: Datum | undefined): boolean {
  return datum === 1n || datum === -1n;
}

/** `x.max(1)[0]`, its dimension gone, or one number for each example, through what leaves the shape. */
function isOfBest(value: Value, depth = 0): boolean {
  if (value.shape !== undefined) return value.shape.length === 1 && (value.shape[0] ?? 0) > 1;
  if (depth > 20) return false;
  const { made } = value;
  const [from] = value.inputs;
  const name = makerOf(value);
  const isPart =
    ((name === 'getitem' || name === 'unpacked') &&
      made.kind === 'operation' &&
      made.args.positional[1] === 0n) ||
    (made.kind === 'attribute' && made.name === 'values');
  if (isPart && from?.made.kind === 'operation' && from.made.name === 'max')
    return isOne(argument(from.made.args, 'dim', 1)) && argument(from.made.args, 'keepdim', 2) === undefined;
  if (/^(detach|to|float|cuda|Variable|clone|data|neg)$/.test(name))
    return from !== undefined && isOfBest(from, depth + 1);
  if (!/^(mul|add|sub|div|truediv)$/.test(name) || made.kind !== 'operation') return false;
  const parts = made.args.positional.filter(isValue);
  // Whatever else comes in, no column does.
  return parts.some((part) => isOfBest(part, depth + 1)) && !parts.some((part) => isMadeColumn(part));
}

/** Values gathered for one action each, their dimension kept. */
function isGathered(value: Value): boolean {
  const { made } = value;
  const [from] = value.inputs;
  if (made.kind !== 'operation' || from === undefined) return false;
  if (/^(to|float|cuda|clone)$/.test(made.name)) return isGathered(from);
  return made.name === 'gather' && argument(made.args, 'dim', 1) === 1n && (from.shape?.length ?? 2) === 2;
}

/** `ends.view(-1, 1)`, `rewards.unsqueeze(1)`: a column by how it is written. */
function isMadeColumn(value: Value): boolean {
  const { made } = value;
  const [first] = value.inputs;
  if (made.kind !== 'operation') return false;
  if (made.name === 'unsqueeze')
    return isOne(argument(made.args, 'dim', 1)) && !(first !== undefined && isMadeColumn(first));
  if (made.name === 'view' || made.name === 'reshape') {
    const [, size] = made.args.positional;
    const sizes: readonly Datum[] = Array.isArray(size) ? size : made.args.positional.slice(1);
    return sizes.length === 2 && sizes[1] === 1n;
  }
  if (/^(to|float|cuda|neg|abs|clone|detach|Variable)$/.test(made.name))
    return first !== undefined && isMadeColumn(first);
  // 1 - ends
  if (/^(sub|rsub|add|mul)$/.test(made.name)) {
    const parts = made.args.positional.filter(isValue);
    return parts.length === 1 && parts.every((part) => isMadeColumn(part));
  }
  return false;
}

/** Whether something that is known to be of more dimensions comes in. */
function isMadeRow(value: Value): boolean {
  return comesOf(
    value,
    (one) => (one.shape?.length ?? 0) > 1 && layoutOf(one) === 'column' && makerOf(one) === 'max',
  );
}
