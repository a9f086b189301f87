import type { Example, Program, Size } from '@tensormark/frameworks';
import type { Found } from '../../check.js';

/** A shape for people: `(28, 28, ?)`. */
export function shown(shape: readonly Size[]): string {
  return `(${shape.map((size) => size ?? '?').join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** Whether channels may come first: as other versions and back ends have it. What one layer is told of itself is followed. */
export function isOtherOrder({ source }: Program): boolean {
  return /channels_first|image_dim_ordering|image_data_format|dim_ordering|KERAS_BACKEND|theano/.test(
    source.replaceAll(/^\s*#.*|\bdata_format\s*=\s*(["'])channels_first\1/gm, ''),
  );
}

export function evidenceOf(what: string, shape: Example): Found['evidence'] {
  const known = shape.filter((size) => size !== undefined);
  return known.length === shape.length ? [{ kind: 'shapes', shapes: [{ what, shape: known }] }] : [];
}
