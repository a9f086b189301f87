import type { Reading } from '../meaning/reading.js';

/** "nonlinear", "non-convex", and what is said instead. */
const NEGATED = /^(?:non(?!e$|etheless$)\p{L}*|curv\p{L}*|not)$/u;

/** Whether a statement says that something is nonlinear, and a stretch never does: it is not said by leaving it out. */
export function leavesUnqualified(
  statement: Reading,
  read: readonly Reading[],
  asked: ReadonlySet<string>,
): boolean {
  const isQualified = statement.said.some(
    ({ unit, at, to }) =>
      !asked.has(unit) &&
      statement.tokens.slice(at, to).some(({ word }) => /^non(?!e$|etheless$)/.test(word)),
  );
  return isQualified && !read.some(({ tokens }) => tokens.some(({ word }) => NEGATED.test(word)));
}
