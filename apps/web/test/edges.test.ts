import { describe, expect, it } from '@jest/globals';
import { edgesOf } from '../src/evidence/edges.js';

const steps = (...from: number[][]) => from.map((each) => ({ from: each }));

describe('the lines between steps', () => {
  it('go-straight-from-step-to-step', () =>
    expect(edgesOf(steps([], [0], [1]))).toEqual({ straight: [0, 1], arcs: [], lanes: 0 }));

  it('go-past-what-is-skipped', () =>
    expect(edgesOf(steps([], [0], [1], [0, 2]))).toEqual({
      straight: [0, 1, 2],
      arcs: [{ from: 0, to: 3, lane: 0 }],
      lanes: 1,
    }));

  it('two-that-overlap-have-a-lane-each-and-the-shorter-one-is-inside', () =>
    expect(edgesOf(steps([], [0], [1], [1, 2], [0, 3])).arcs).toEqual([
      { from: 1, to: 3, lane: 0 },
      { from: 0, to: 4, lane: 1 },
    ]));

  it('those-one-after-the-other-share-a-lane', () =>
    expect(edgesOf(steps([], [0], [0, 1], [2], [2, 3])).lanes).toBe(1));
});
