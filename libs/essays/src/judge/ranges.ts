import type { Reading } from '../meaning/reading.js';
import type { Token } from '../text/tokens.js';

/** "5 to 10 times": whoever names one end of what a statement gives as a range has not said the other. */
export function leavesAnEnd(
  { tokens }: Reading,
  read: readonly Reading[],
  asked: ReadonlySet<string>,
): boolean {
  const named = new Set(read.flatMap((reading) => reading.tokens.flatMap(({ value }) => value ?? [])));
  return rangesIn(tokens).some((ends) => ends.some((value) => !named.has(value) && !asked.has(`#${value}`)));
}

function rangesIn(tokens: readonly Token[]): readonly (readonly [number, number])[] {
  return tokens.flatMap(({ value }, at): (readonly [number, number])[] => {
    const between = tokens[at + 1]?.word;
    const other = tokens[at + 2]?.value;
    const isRange = between === 'to' || (between === 'and' && tokens[at - 1]?.word === 'between');
    return value !== undefined && other !== undefined && isRange ? [[value, other]] : [];
  });
}
