import { z } from 'zod';
import { ShapeField } from '../../../exam/network-field.js';
import { readsWithoutError } from './reads-without-error.js';
import { requirementFields, type Decide } from './requirement.js';

export const AcceptsInput = z.strictObject({
  ...requirementFields,
  check: z.literal('accepts-input').describe('The network also takes inputs of another shape'),
  shape: ShapeField.describe('Another input that the network must take, such as [3, 64, 64]'),
});

/** The network also takes inputs of another shape. */
export const acceptsInput: Decide<z.infer<typeof AcceptsInput>> = ({ shape }, { readOn }) => {
  const decision = readsWithoutError(readOn(shape));
  return { ...decision, says: `On inputs of [N, ${shape.join(', ')}]: ${decision.says}` };
};
