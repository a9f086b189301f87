import { describe, expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

/** Shapes as PyTorch 2.13 gives them. */
describe('a tensor takes NumPy’s arrays and elements for indices', () => {
  it.each([
    ['rows[order]', [3, 4]],
    ['rows[:, order]', [5, 3]],
    ['rows[..., order]', [5, 3]],
    ['rows[order[0]]', [4]],
    ['rows[order, order]', [3]],
    ['rows[order][order > 1]', [2, 4]],
    ['rows[np.array([True, False, True, True, False])]', [3, 4]],
  ])('%s', (code, shape) => {
    const { events } = reader.read(`
import numpy as np
import torch
rows = torch.zeros(5, 4)
order = np.array([3, 1, 2])
print(torch.relu(${code}))
`);
    expect(events.filter((event) => event.kind === 'error')).toEqual([]);
    const made = events.flatMap((event) =>
      event.kind === 'call' && event.name === 'relu' && isValue(event.result) ? [event.result.shape] : [],
    );
    expect(made).toEqual([shape]);
  });

  it('and writes where they say', () => {
    const { events } = reader.read(`
import numpy as np
import torch
marks = torch.zeros(3)
marks[np.array([3, 1, 2]) > 1] = 1
marks[np.array([0])] = 2.0
`);
    expect(events.filter((event) => event.kind === 'error')).toEqual([]);
  });

  it('data sets are put together by a sign', () => {
    const { events } = reader.read(`
import torch
from torch.utils.data import DataLoader, TensorDataset
part = TensorDataset(torch.zeros(3, 2))
print(len(part + part), DataLoader(part + part, batch_size=2))
`);
    expect(events.filter((event) => event.kind === 'error')).toEqual([]);
  });

  it('sets of weights are gone over and named', () => {
    const { events } = reader.read(`
from torchvision import models
kinds = models.ResNet50_Weights
print(len(kinds), [one.name for one in kinds], kinds['IMAGENET1K_V1'], kinds.DEFAULT.value, kinds.verify(None))
`);
    expect(events.filter((event) => event.kind === 'error')).toEqual([]);
  });
});
