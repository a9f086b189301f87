import { describe, expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

describe('tensors made on a device that nobody knows', () => {
  it.each([
    ['torch.zeros(3, 4, device=options.device)', [3, 4]],
    ['torch.arange(5, device=options.device, dtype=torch.float32)', [5]],
    ['torch.rand(2, 3, generator=options.generator, pin_memory=options.pinned)', [2, 3]],
    ['torch.ones_like(torch.zeros(2, 6), device=options.device)', [2, 6]],
    ['torch.tensor([[1, 2]], device=options.device)', [1, 2]],
    // What it is, and whether it learns, does hang on these.
    ['torch.zeros(3, 4, dtype=options.dtype)', undefined],
    ['torch.zeros(3, options.width, device=options.device)', undefined],
  ])('%s has its shape', (made, shape) => {
    const { events } = reader.read(`
import torch
from somewhere import options
print(${made})
`);
    const results = events.flatMap((event) =>
      event.kind === 'call' && isValue(event.result) ? [event.result.shape] : [],
    );
    expect(results.at(-1)).toEqual(shape);
  });

  it('say nothing of where they are', () => {
    const { events } = reader.read(`
import torch
from somewhere import options
table = torch.zeros(3, 4, device=options.device)
`);
    const made = events.find((event) => event.kind === 'call' && event.name === 'zeros');
    expect(made?.kind === 'call' && made.args.named.has('device')).toBe(true);
  });
});
