import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { eventsOf } from './events.js';
import { oncePerProgram } from './once.js';
import { holds, statementsOf } from './tree.js';

/** `x[:, :, i] = (x[:, :, i] - mean) / deviation`: a part of an array that is written over by what it is scaled to. */
interface ScaledPart {
  readonly of: Value;
  readonly keys: readonly Datum[];
  readonly at: Span;
}

/** The parts of arrays that a program scales where they lie, in order. */
export const scaledInPlace = oncePerProgram((program): readonly ScaledPart[] => {
  const targets = statementsOf(program).flatMap((statement) => {
    const target =
      statement.kind === 'AugAssign'
        ? statement.target
        : statement.kind === 'Assign'
          ? statement.targets[0]
          : undefined;
    return target?.kind === 'Subscript' ? [{ span: statement.span, text: plain(target.span.text) }] : [];
  });
  if (targets.length === 0) return [];
  return eventsOf(program, 'call').flatMap(({ name, args, moment }) => {
    const [part] = args.positional;
    const at = moment.span;
    if (!/^(sub|div|truediv|mul)$/.test(name) || at === undefined || !isValue(part)) return [];
    if (part.made.kind !== 'operation' || part.made.name !== 'getitem') return [];
    const [of, key] = part.made.args.positional;
    const written = plain(part.span?.text ?? '');
    const isOver = targets.some(({ span, text }) => holds(span, at) && text === written);
    return isOver && isValue(of) && key !== undefined
      ? [{ of, keys: Array.isArray(key) ? key : [key], at }]
      : [];
  });
});

function plain(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
