import type { Example, Program, Size } from '@tensormark/frameworks';
import type { Found } from '../../check.js';

/** A shape for people: `(28, 28, ?)`. */
export function shown(shape: readonly Size[]): string {
  return `(${shape.map((size) => size ?? '?').join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** What one layer is told of itself is followed, and the last place is where channels are taken to stand. */
const FOLLOWED =
  /^\s*#.*|\bdata_format\s*=\s*(["'])channels_first\1|\bdim_ordering\s*=\s*(["'])tf\2|\bset_image_(?:dim_ordering\(\s*(["'])tf\3|data_format\(\s*(["'])channels_last\4)/gm;

/** A remark that says how Keras is set up outside of the program. */
const SET_UP = /(image_dim_ordering|dim_ordering)\W{1,5}th\b|image_data_format\W{1,5}channels_first/;

/** Whether channels may come first: as other versions and back ends have it. */
export function isOtherOrder({ source }: Program): boolean {
  if (SET_UP.test(source)) return true;
  return /channels_first|image_dim_ordering|image_data_format|dim_ordering|KERAS_BACKEND|theano/.test(
    source.replaceAll(FOLLOWED, ''),
  );
}

export function evidenceOf(what: string, shape: Example): Found['evidence'] {
  const known = shape.filter((size) => size !== undefined);
  return known.length === shape.length ? [{ kind: 'shapes', shapes: [{ what, shape: known }] }] : [];
}
