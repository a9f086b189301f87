import { z } from 'zod';

/** Ways of counting that a question accepts; `either` accepts each, held to throughout an answer. */
export const Conventions = z
  .strictObject({
    bias: z
      .enum(['as-given', 'without', 'with', 'either'])
      .default('as-given')
      .describe(
        'as-given: biases count as the network has them; either: a consistent count without, or with one for each output, is accepted too',
      ),
    recurrentBias: z
      .enum(['two', 'one', 'either'])
      .default('either')
      .describe('The bias vectors of each gate of a recurrent layer: two in PyTorch, one in textbooks'),
    statistics: z
      .enum(['left-out', 'counted', 'either'])
      .default('left-out')
      .describe('Whether running means and variances count among the parameters'),
    work: z
      .enum(['flops', 'multiply-accumulates', 'either'])
      .default('flops')
      .describe('What a FLOP is: each multiplication and each addition, or both together'),
    activations: z
      .enum(['every-output', 'without-in-place', 'either'])
      .default('every-output')
      .describe('Outputs that take memory: all, or those alone that cannot be worked out in place'),
    kilo: z
      .union([z.literal(1000), z.literal(1024), z.literal('either')])
      .default('either')
      .describe('How many bytes a kilobyte has'),
  })
  .prefault({});
export type Conventions = z.infer<typeof Conventions>;
