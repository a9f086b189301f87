import { describe, expect, it } from '@jest/globals';
import { readWorking } from '../src/index.js';

const PAGE = `1. First Block: 512 filters of size 7*7, applied to an image of size 3*128*128

Parameters: $(3*7*7) * 512 = 75264$

2. Second Block: eight groups

Per group: $\\left(64 \\times 3 \\times 3\\right) \\cdot \\frac{512}{8} = 36{,}864$, so $36864 * 8 = 294912$

| layer | output | parameters |
|---|---|---|
| fc1 | 128 | 784*128 + 128 = 100,480 |
| fc2 | 10 | 1,290 |

Total: 75264 + 294912 + 15360 = **385,536** ≈ 0.386M parameters
`.repeat(4);

describe('speed', () => {
  it('reads a page in under two milliseconds of its own time, warm', () => {
    for (let round = 0; round < 30; round++) readWorking(PAGE);
    // The best of many rounds: what other processes take from the machine is none of ours.
    let best = Infinity;
    for (let round = 0; round < 60; round++) {
      const started = performance.now();
      readWorking(PAGE);
      best = Math.min(best, performance.now() - started);
    }
    expect(best).toBeLessThan(2 * SLACK);
  });
});

/** Jest runs modules in a VM and on machines that are shared; alone, the page takes about one millisecond. */
const SLACK = 3;
