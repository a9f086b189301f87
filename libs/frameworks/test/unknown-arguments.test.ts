import { describe, expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

describe('what is not known of a call and has no part in the shape', () => {
  it.each([
    ['F.dropout(torch.ones(2, 3), options.rate, training=options.training)', [2, 3]],
    ['F.leaky_relu(torch.ones(2, 3), negative_slope=options.slope)', [2, 3]],
    // Whether that is refused hangs on the rate.
    ['F.dropout(torch.ones(2, 3, dtype=torch.int64), options.rate)', undefined],
    ['F.dropout(options.rows, options.rate)', undefined],
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
import torch.nn.functional as F
from somewhere import options
print(${made})
`);
    const results = events.flatMap((event) =>
      event.kind === 'call' && isValue(event.result) ? [event.result.shape] : [],
    );
    expect(results.at(-1)).toEqual(shape);
  });

  it('is kept: the device is none that is known', () => {
    const { events } = reader.read(`
import torch
from somewhere import options
table = torch.zeros(3, 4, device=options.device)
`);
    const made = events.find((event) => event.kind === 'call' && event.name === 'zeros');
    expect(made?.kind === 'call' && made.args.named.has('device')).toBe(true);
  });
});
