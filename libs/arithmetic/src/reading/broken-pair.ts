import { knownValue } from '../expression.js';
import type { Pair } from '../working.js';
import type { Chain } from './chains.js';

/** The side before the sign where a chain breaks off, and nothing behind it. */
export function brokenPair(chain: Chain, left: number): Pair {
  const side = chain.sides[left];
  const { broken } = chain;
  if (!broken || !side) throw new Error('Only a chain that breaks off has a broken pair.');
  const { trouble } = broken;
  return {
    left,
    right: null,
    sign: broken.sign,
    marked: broken.marked,
    verdict: {
      kind: 'not-understood',
      why: trouble.kind,
      message: trouble.message,
      start: trouble.start,
      end: trouble.end,
      left: knownValue(side.value),
      right: null,
    },
  };
}
