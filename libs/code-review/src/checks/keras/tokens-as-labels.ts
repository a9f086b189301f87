import { isValue } from '@tensormark/frameworks';
import type { Datum, KerasNetwork, Value } from '@tensormark/frameworks';
import type { Taught } from '../../ask/keras.js';

/** Whether labels are whole numbers because they are what goes into an `Embedding`, one step on: `rows[:, :-1]`, `rows[:, 1:]`. */
export function areTokens({ steps }: KerasNetwork, { x, y, element }: Taught): boolean {
  if (steps[0]?.layer?.type !== 'Embedding') return false;
  const [inputs, labels] = element ?? [x, y];
  const [from, to] = [sliced(inputs), sliced(labels)];
  return (
    from !== undefined &&
    to !== undefined &&
    from.of === to.of &&
    from.slices.length === to.slices.length &&
    to.slices.some(([start, stop], axis) => {
      const [first, last] = from.slices[axis] ?? [];
      return start === 1n && stop === null && first === null && last === -1n;
    })
  );
}

type Slice = readonly [start: Datum, stop: Datum];

/** What an array is cut from, and how. */
function sliced(
  datum: Datum | undefined,
): { readonly of: Value; readonly slices: readonly Slice[] } | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'getitem') return undefined;
  const [of, key] = datum.made.args.positional;
  const parts: readonly (Datum | undefined)[] = Array.isArray(key) ? key : [key];
  const slices = parts.map((part): Slice | undefined =>
    typeof part === 'object' && part !== null && 'holds' in part && part.holds?.kind === 'slice'
      ? [part.holds.start, part.holds.stop]
      : undefined,
  );
  const known = slices.filter((slice) => slice !== undefined);
  return isValue(of) && known.length === parts.length ? { of, slices: known } : undefined;
}
