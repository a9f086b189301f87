import type { Reading } from '../meaning/reading.js';

/** Words that set one thing against another. */
const SETS_AGAINST = new Set(
  'than whereas while but although though unlike compared comparison relative contrast however only gap difference differs'.split(
    ' ',
  ),
);
/** "higher", "more", "worse": what is so in another measure than something else. */
const COMPARATIVE = /^(?:more|less|fewer|better|worse|further|farther|[a-z]{3,}er)$/;

/** Whether a statement compares: "better on a than on b". */
export function compares({ tokens, said }: Reading): boolean {
  return tokens.some(
    ({ word }, at) => word === 'than' && said.some(({ pole, at: place }) => pole !== undefined && place < at),
  );
}

/** Whether a sentence compares anything, in whatever words. */
export function isComparing({ tokens, said }: Reading): boolean {
  return (
    tokens.some(({ word }) => SETS_AGAINST.has(word)) ||
    said.some(
      ({ pole, at, to, unit }) =>
        pole !== undefined &&
        (COMPARATIVE.test(tokens[to - 1]?.word ?? '') ||
          COMPARATIVE.test(tokens[at]?.word ?? '') ||
          unit.startsWith('fit')),
    )
  );
}
