import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { rearranged } from './array-axes.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Scale } from './array-facts.js';
import { ofItem } from './array-items.js';
import type { Of } from './array-items.js';
import { ofLookup } from './array-lookups.js';
import { eitherWith, flat, reduced, reshaped, together, withRows } from './array-shapes.js';
import { ofNumpy } from './array-numpy.js';
import { ofPictureMethod } from './array-pictures.js';
import { transformedBy } from './array-preprocessors.js';
import { wordsOf } from './array-layers.js';
import { numberOf } from './names.js';
import { sizeOf, sizesOf } from './sizes.js';
import { divided, isWide, ofFunction } from './array-functions.js';

/** What numbers are after another is taken off them. */
function lowered(scale: Scale | undefined, by: number | undefined): Scale | undefined {
  if (scale === 'bytes') return by !== undefined && by >= 100 && by <= 128 ? 'bytes about 0' : undefined;
  if (scale === 'unit' && by !== undefined && by >= 0.4 && by <= 1) return 'signed';
  return scale === 'raw' ? undefined : scale;
}

/** One row of an array, with what is known of all of them. */
function elementOf({ shape, scale, targets, set }: ArrayFacts): ArrayFacts {
  return { shape: shape?.slice(1), scale, targets, set };
}

/** What a method or operator gives, of what it is called on. */
export function ofMethod(
  name: string,
  self: Datum | undefined,
  args: CallArguments,
  value: Value,
  of: Of,
): ArrayFacts {
  const { positional } = args;
  const [first] = positional;
  switch (name) {
    case 'element':
      return elementOf(of(self));
    case 'reshape':
      return reshaped(
        of(self),
        positional.length < 2 && typeof first !== 'bigint'
          ? sizesOf(first ?? argument(args, 'newshape') ?? argument(args, 'shape'), of)
          : positional.map((size) => sizeOf(size, of)),
      );
    case 'flatten':
    case 'ravel':
      return { ...of(self), shape: flat(of(self).shape) };
    // NumPy's own, of a list of what is not known.
    case 'array':
    case 'asarray':
    case 'astype':
    case 'copy':
    case 'numpy':
    case 'to_numpy':
    case 'values':
    case 'round':
    case 'sample':
    case 'dropna':
    case 'fillna':
    case 'toarray':
    case 'as_matrix':
      return of(self);
    // A column may hold lists, of which an array has one more dimension.
    case 'tolist': {
      const facts = of(self);
      return facts.isColumn === true ? { ...facts, shape: undefined } : facts;
    }
    case 'transpose':
    case 'swapaxes':
    case 'squeeze':
      return rearranged(name, of(self), args) ?? NOTHING;
    case 'resize':
    case 'convert':
      return ofPictureMethod(name, of(self), first);
    case 'div':
      return self instanceof Value ? divided(of(self), first, value) : NOTHING;
    case 'sub': {
      // The negative of a picture: `255 - picture`.
      const turned = numberOf(self) === undefined ? undefined : of(first);
      if (turned?.scale === (numberOf(self) === 255 ? 'bytes' : 'unit') && turned.shape !== undefined)
        return { scale: turned.scale, shape: turned.shape, set: turned.set };
      const facts = of(self);
      const { elements: _, targets: __, ...rest } = facts;
      return {
        ...rest,
        scale: lowered(facts.scale, numberOf(first)),
        shape: eitherWith(shapeOf(self, of), shapeOf(first, of)),
      };
    }
    case 'mul': {
      const facts = of(self instanceof Value ? self : first);
      const by = numberOf(self instanceof Value ? first : self);
      const { elements: _, targets: __, ...rest } = facts;
      return {
        ...rest,
        shape: eitherWith(shapeOf(self, of), shapeOf(first, of)),
        scale:
          facts.scale === 'bytes' && by !== undefined && by < 0.02
            ? 'unit'
            : facts.scale === 'signed' && by !== undefined && by > 0 && by <= 2
              ? 'signed'
              : undefined,
      };
    }
    case 'add': {
      const { targets, set } = of(self);
      const by = numberOf(first);
      // Class numbers that were counted from 1.
      if (targets?.kind === 'classes' && by !== undefined && by > 0 && Number.isInteger(by))
        return {
          shape: of(self).shape,
          set,
          targets: { kind: 'classes', count: targets.count && targets.count + by },
        };
      // Lists put one after the other.
      return Array.isArray(self) || Array.isArray(first)
        ? NOTHING
        : { shape: eitherWith(shapeOf(self, of), shapeOf(first, of)) };
    }
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'bitwise_and':
    case 'bitwise_or':
      return { shape: together(shapeOf(self, of), shapeOf(first, of)) };
    case 'bitwise_not':
      return { shape: of(self).shape, ...(of(self).scale === 'bytes' && { scale: 'bytes' }) };
    case 'neg':
    case 'pow':
    case 'abs':
    case 'floor_divide':
    case 'remainder':
      return { shape: eitherWith(shapeOf(self, of), shapeOf(first, of)) };
    case 'std':
    case 'var':
    case 'argmax':
    case 'argmin':
    case 'any':
    case 'all':
    case 'sum':
    case 'mean':
    case 'max':
    case 'min':
      return reduced(of(self), argument(args, 'axis', 0), args);
    case 'fit_transform':
    case 'transform':
      return transformedBy(self, of(first));
    case 'texts_to_sequences':
      return { split: of(first).split, vocabulary: wordsOf(self) };
    case 'comprehension':
      return gathered(self, of);
    case 'texts_to_matrix':
      return { split: of(first).split };
    case 'getitem':
      return ofLookup(self, first, value, of) ?? ofItem(self, first, of);
    case 'drop':
      return {
        scale: of(self).scale,
        split: of(self).split,
        ...(isWide(of(self)) && { shape: [undefined, undefined] }),
      };
    case 'head':
    case 'tail':
      return withRows(of(self), undefined);
    // NumPy's own functions, of what is not known.
    case 'concatenate':
    case 'vstack':
    case 'expand_dims':
      return ofFunction(
        { name: `numpy.${name}`, args: { positional: [self ?? null, ...positional], named: args.named } },
        value,
        of,
      );
    default:
      return ofNumpy(name, { ...args, positional: [self ?? null, ...positional] }, of) ?? NOTHING;
  }
}

function shapeOf(datum: Datum | undefined, of: Of): ArrayFacts['shape'] {
  return numberOf(datum) === undefined ? of(datum).shape : [];
}

/** What a comprehension over something that is not known gathers: one row for each, as the first is. */
function gathered(rows: Datum | undefined, of: Of): ArrayFacts {
  const [row, ...more] = Array.isArray(rows) ? rows : [];
  if (!(row instanceof Value) || more.length > 0) return NOTHING;
  const { shape, scale, vocabulary } = of(row);
  return { scale: scale === 'raw' ? undefined : scale, vocabulary, shape: shape && [undefined, ...shape] };
}
