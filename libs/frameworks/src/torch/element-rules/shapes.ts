import { concatenated, gathered } from '../values/indexing.js';
import { countOf, Elements } from '../values/elements.js';
import { diagonalOf, expanded, permuted, reshaped, selected, sliced, unsqueezed } from '../values/views.js';
import { triangle } from '../values/creation.js';
import { mapRows } from '../values/reductions.js';
import { axes, axis, integer, isList, known } from './rule.js';
import type { ElementRule } from './rule.js';

const toResultShape: ElementRule = ([input], { shape }) => {
  const elements = known(input);
  return elements && reshaped(elements, shape);
};

const permute: ElementRule = ([input, dims]) => {
  const elements = known(input);
  return elements && permuted(elements, axes(dims, elements.shape.length));
};

const transpose: ElementRule = ([input, first, second]) => {
  const elements = known(input);
  if (elements === undefined) return undefined;
  const [a, b] = [axis(first, elements.shape.length), axis(second, elements.shape.length)];
  const order = elements.shape.map((_, at) => (at === a ? b : at === b ? a : at));
  return permuted(elements, order);
};

const stretch: ElementRule = ([input], { shape }) => {
  const elements = known(input);
  return elements && expanded(elements, shape);
};

const join: ElementRule = ([tensors, dim], { shape }) => {
  const parts = isList(tensors) ? tensors.map(known) : [];
  const present = parts
    .filter((part) => part !== undefined)
    .filter((part) => part.shape.length === shape.length);
  if (parts.some((part) => part === undefined)) return undefined;
  return concatenated(present, axis(dim, shape.length), shape);
};

const stack: ElementRule = ([tensors, dim], { shape }) => {
  const at = axis(dim, shape.length);
  const parts = isList(tensors) ? tensors.map(known) : [];
  const present = parts.filter((part) => part !== undefined).map((part) => unsqueezed(part, at));
  return present.length === parts.length ? concatenated(present, at, shape) : undefined;
};

function triangular(part: 'upper' | 'lower'): ElementRule {
  return ([input, diagonal]) => {
    const elements = known(input);
    return elements && triangle(elements, integer(diagonal, 0), part);
  };
}

const repeat: ElementRule = ([input], { shape }) => {
  const elements = known(input);
  if (elements === undefined) return undefined;
  const missing = shape.length - elements.shape.length;
  const own = [...Array.from({ length: missing }, () => 1), ...elements.shape];
  const source = reshaped(elements, own);
  const values = source.toArray();
  const result = Elements.of(shape, new Float64Array(countOf(shape)));
  const { data } = result.storage;
  for (let at = 0; at < data.length; at++) {
    let rest = at;
    let position = 0;
    let stride = 1;
    for (let axisAt = shape.length - 1; axisAt >= 0; axisAt--) {
      const size = shape[axisAt] ?? 1;
      const ownSize = own[axisAt] ?? 1;
      position += ((rest % size) % ownSize) * stride;
      rest = Math.floor(rest / size);
      stride *= ownSize;
    }
    data[at] = values[position] ?? 0;
  }
  return result;
};

/** Operations that move elements about. */
export const shapeRules: Readonly<Record<string, ElementRule>> = {
  view: toResultShape,
  reshape: toResultShape,
  flatten: toResultShape,
  unflatten: toResultShape,
  squeeze: toResultShape,
  unsqueeze: toResultShape,
  ravel: toResultShape,
  view_as: toResultShape,
  reshape_as: toResultShape,
  contiguous: toResultShape,
  clone: ([input], { shape }) => {
    const elements = known(input);
    return elements && Elements.of(shape, elements.toArray().slice());
  },
  permute,
  transpose,
  t: ([input]) => {
    const elements = known(input);
    return (
      elements &&
      permuted(
        elements,
        elements.shape.map((_, at) => elements.shape.length - 1 - at),
      )
    );
  },
  expand: stretch,
  expand_as: stretch,
  broadcast_to: stretch,
  cat: join,
  stack,
  tril: triangular('lower'),
  triu: triangular('upper'),
  repeat,
  tile: repeat,
  flip: ([input, dims]) => {
    const elements = known(input);
    return axes(dims, elements?.shape.length ?? 0).reduce<Elements | undefined>(
      (flipped, at) =>
        flipped &&
        // The one axis that a number may be flipped along is none of its own.
        (flipped.shape.length === 0
          ? flipped
          : new Elements(
              flipped.storage,
              flipped.shape,
              flipped.strides.with(at, -(flipped.strides[at] ?? 0)),
              flipped.offset + ((flipped.shape[at] ?? 1) - 1) * (flipped.strides[at] ?? 0),
            )),
      elements,
    );
  },
  roll: ([input, shifts, dims]) => {
    const elements = known(input);
    if (elements === undefined || dims === null || (isList(dims) && dims.length === 0)) return undefined;
    const amounts = isList(shifts) ? shifts : [shifts];
    return axes(dims, elements.shape.length).reduce<Elements | undefined>((rolled, at, which) => {
      const shift = integer(amounts[which], 0);
      return (
        rolled &&
        mapRows(
          rolled,
          at,
          (row) => row.map((_, index) => row.at((index - shift) % row.length) ?? 0),
          'float64',
        )
      );
    }, elements);
  },
  narrow: ([input, dim, start, length]) => {
    const elements = known(input);
    if (elements === undefined) return undefined;
    const at = axis(dim, elements.shape.length);
    const from = integer(start, 0);
    return sliced(elements, at, from < 0 ? from + (elements.shape[at] ?? 0) : from, 1, integer(length, 0));
  },
  select: ([input, dim, index]) => {
    const elements = known(input);
    if (elements === undefined) return undefined;
    const at = axis(dim, elements.shape.length);
    return selected(elements, at, axis(index, elements.shape[at] ?? 1));
  },
  diagonal: ([input, offset, first, second], { shape }) => {
    const elements = known(input);
    if (elements === undefined) return undefined;
    const rank = elements.shape.length;
    const [a, b] = [axis(first ?? 0n, rank), axis(second ?? 1n, rank)];
    return diagonalOf(elements, a, b, integer(offset, 0), shape.at(-1) ?? 0);
  },
  gather: ([input, dim, index]) => {
    const [elements, at] = [known(input), known(index)];
    return elements && at && gathered(elements, axis(dim, elements.shape.length), at);
  },
  index_select: ([input, dim, index], { shape }) => {
    const [elements, at] = [known(input), known(index)];
    if (elements === undefined || at === undefined) return undefined;
    const along = axis(dim, elements.shape.length);
    const column = reshaped(
      at,
      shape.map((size, position) => (position === along ? size : 1)),
    );
    return gathered(elements, along, expanded(column, shape));
  },
};
