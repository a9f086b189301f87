import type { Pole } from '../meaning/poles.js';
import type { Reading } from '../meaning/reading.js';

/** Words that set one thing against another. */
const SETS_AGAINST = new Set(
  'than whereas while but although though unlike compared comparison relative contrast however only gap difference above below beyond'.split(
    ' ',
  ),
);
/** "higher", "more", "worse": what is so in another measure than something else. */
const COMPARATIVE = /^(?:more|less|fewer|better|worse|further|farther|[a-z]{3,}er)$/;
/** "best" chooses among things and compares no two of them. */
const SUPERLATIVE = /^(?:most|least|best|worst|[a-z]{2,}est)$/;

/** Whether a statement compares, "better on a than on b", where no sentence of a stretch compares or says the same without a "than". */
export function leavesUncompared(statement: Reading, read: readonly Reading[]): boolean {
  const quality = comparedIn(statement);
  return quality !== undefined && !read.some((reading) => compares(reading) || says(reading, quality));
}

/** The quality in which a statement compares: what stands last before "than". */
function comparedIn({ tokens, said }: Reading): Pole | undefined {
  const than = tokens.findIndex(({ word }) => word === 'than');
  return than === -1 ? undefined : said.findLast(({ at, pole }) => at < than && pole !== undefined)?.pole;
}

function compares({ tokens, said }: Reading): boolean {
  return (
    tokens.some(({ word }) => SETS_AGAINST.has(word)) ||
    said.some(
      ({ pole, at, to }) =>
        pole !== undefined && tokens.slice(at, to).some(({ word }) => COMPARATIVE.test(word)),
    )
  );
}

/** "the number of weights is small" for "is smaller than there". */
function says({ tokens, said }: Reading, { axis, sign }: Pole): boolean {
  return said.some(
    ({ pole, at, to }) =>
      pole?.axis === axis &&
      pole.sign === sign &&
      !tokens.slice(at, to).some(({ word }) => SUPERLATIVE.test(word)),
  );
}
