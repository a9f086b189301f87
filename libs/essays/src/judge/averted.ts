import type { Reading } from '../meaning/reading.js';

const AVERTS =
  /^(?:keep(?:s|ing)?|kept|prevent\p{L}*|stop(?:s|ped|ping)?|avoid\p{L}*|protect\p{L}*|hinder\p{L}*)$/u;

/** Whether a stretch keeps from happening what a wrong statement says happens, or says "not only": it holds no wrong view then. */
export function averts(statement: Reading, read: readonly Reading[]): boolean {
  const inStatement = statement.tokens.some(({ word }) => AVERTS.test(word));
  return read.some(({ tokens }) =>
    tokens.some(
      ({ word }, at) =>
        (!inStatement && AVERTS.test(word)) ||
        (word === 'not' && /^(?:only|just|merely)$/.test(tokens[at + 1]?.word ?? '')),
    ),
  );
}
