import { describe, expect, it } from '@jest/globals';
import { openReviewer } from '../src/review.js';

/** A loop in which each value is made of the one before, twice: written out, the last would fill any memory. */
const CONJUGATE_GRADIENTS = `
import torch

def solve(matrix, wanted, turns=30):
    x = wanted / torch.diagonal(matrix, dim1=-2, dim2=-1)
    rest = wanted - (x.unsqueeze(-1) * matrix).sum(-2)
    way, size = rest.clone(), (rest * rest).sum(-1)
    for turn in range(turns):
        spread = (way.unsqueeze(-1) * matrix).sum(-2)
        alpha = size / ((way * spread).sum(-1) + 1e-5)
        x = x + alpha[..., None] * way
        rest = rest - alpha[..., None] * spread
        now = (rest * rest).sum(-1)
        beta = now / (size + 1e-5)
        way = rest + beta[..., None] * way
        size = now
    return torch.softmax(x, dim=-1), torch.exp(x) / torch.exp(x).sum(), torch.log(x) - torch.log(wanted)
`;

describe('formulas that grow', () => {
  it('conjugate-gradients-written-out', () => {
    const start = performance.now();
    const { broken, findings } = openReviewer().review(CONJUGATE_GRADIENTS);
    expect(broken).toEqual([]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
