import { quantity } from '@tensormark/network';
import { draft, valueOf, type Draft } from '../draft.js';
import type { Fields } from '../layout/receptive-fields.js';
import type { What } from '../what.js';
import type { Counting } from './count.js';

const AXES: Readonly<Record<string, { readonly fromEnd: number; readonly measure: 'size' | 'jump' }>> = {
  'receptive-field': { fromEnd: 2, measure: 'size' },
  'receptive-field-width': { fromEnd: 1, measure: 'size' },
  'receptive-field-depth': { fromEnd: 3, measure: 'size' },
  jump: { fromEnd: 2, measure: 'jump' },
  'jump-width': { fromEnd: 1, measure: 'jump' },
  'jump-depth': { fromEnd: 3, measure: 'jump' },
};

/** Receptive fields and jumps of a call's or block's output. */
export function countFields(counting: Counting, of: string, what: What): Draft | undefined {
  const wanted = AXES[what];
  const fields = fieldsAt(counting, of);
  if (wanted === undefined || fields === undefined || typeof fields === 'string') return undefined;
  const along =
    fields.length === 1 ? (wanted.fromEnd === 2 ? fields[0] : undefined) : fields.at(-wanted.fromEnd);
  const field = along?.[wanted.measure];
  if (field === undefined) return undefined;
  const role = wanted.measure === 'size' ? 'receptive_field' : 'jump';
  if (field === null) return draft(of, what, quantity(role, 1));
  return field.of === of ? field : draft(of, what, valueOf(field, role));
}

/** What is known of the receptive field there; undefined where no input flows. */
export function fieldsAt({ layout }: Counting, of: string): Fields | undefined {
  const tensor = layout.outputOf(of);
  return tensor === undefined ? undefined : layout.fields.get(tensor.node);
}
