import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';

/** Whether the first step alone is taken of several that went forwards through a layer. */
export function isFirstStep(
  program: Program,
  of: Value,
  { text }: Span,
  [first, second]: readonly (Datum | undefined)[],
): boolean {
  // A counter is 0 in the first turn of its loop, and goes on.
  if (!/\[\s*(:\s*,\s*)?0\b/.test(text)) return false;
  const config = of.made.kind === 'layer' ? of.made.module.layer?.config : undefined;
  if (config === undefined || config['bidirectional'] === true || of.shape?.length !== 3) return false;
  if (/flip|::-1|revers|backward_(rnn|lstm|gru)|\bcls\b/i.test(program.source)) return false;
  const isBatchFirst = config['batch_first'] === true;
  const [time] = isBatchFirst ? of.shape.slice(1) : of.shape;
  const isFirst = isBatchFirst ? isWhole(first) && second === 0n : first === 0n;
  return isFirst && time !== undefined && time > 1;
}

/** `x[:]` */
export function isWhole(datum: Datum | undefined): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.type === 'slice'
  );
}
