import { defineModule } from '@tensormark/python';
import type { NativeImplementation, NativeModule } from '@tensormark/python';
import { asSizes, isSequence } from '../arguments.js';
import { readingOf } from '../../trace/reading.js';

/** `summary(model, (3, 32, 32))`: the shape that is summed up is a likely input. */
function summary(withBatch: boolean): NativeImplementation {
  return (rt, _model, size) => {
    if (size !== undefined && size !== null && typeof size === 'object' && isSequence(size)) {
      const shape = size.items.some((item) => typeof item !== 'bigint') ? [] : asSizes(rt, [size]);
      if (shape.length > 0)
        readingOf(rt).made.push({ shape: withBatch ? shape : [1, ...shape], integral: false });
    }
    return null;
  };
}

/** Packages that print what a network is made of. */
export const summaryModules: readonly NativeModule[] = [
  defineModule({
    name: 'torchsummary',
    functions: { "summary(model, input_size, batch_size=-1, device='cuda')": summary(false) },
    unknowns: 'accept',
  }),
  defineModule({
    name: 'torchinfo',
    functions: { 'summary(model, input_size=None, **kwargs)': summary(true) },
    unknowns: 'accept',
    missing: 'unknown',
  }),
];
