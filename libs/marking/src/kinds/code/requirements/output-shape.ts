import { tensorsOf } from '@tensormark/network';
import { z } from 'zod';
import { ShapeField } from '../../../exam/network-field.js';
import { channelsLast } from '../layout.js';
import { requirementFields, type Decide } from './requirement.js';

export const OutputShape = z.strictObject({
  ...requirementFields,
  check: z.literal('output-shape').describe('What comes out has the shape asked for'),
  shape: ShapeField.describe('The sizes of one output without the batch, such as [10]'),
});

/** What comes out has the shape asked for, its batch aside. */
export const outputShape: Decide<z.infer<typeof OutputShape>> = (
  { shape: asked },
  { network, isSure, channelsLast: turned },
) => {
  const outputs = tensorsOf(network.output);
  const [output] = outputs;
  if (output === undefined)
    return { outcome: 'undecided', says: 'The forward pass could not be followed to its output.' };
  const shape = output.shape.slice(1);
  const shown = `[N, ${shape.join(', ')}]`;
  if (!isSure)
    return { outcome: 'undecided', says: `The output seems to be ${shown}, but not all was followed.` };
  if (outputs.length > 1)
    return {
      outcome: 'undecided',
      says: `The forward pass gives ${outputs.length} tensors, the first ${shown}.`,
    };
  const expected = turned ? channelsLast(asked) : asked;
  const same = shape.length === expected.length && shape.every((size, at) => size === expected[at]);
  return {
    outcome: same ? 'met' : 'not-met',
    says: same
      ? `The output is ${shown}.`
      : `The output is ${shown}; asked for is [N, ${expected.join(', ')}].`,
  };
};
