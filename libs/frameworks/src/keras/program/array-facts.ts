import type { Value } from '../../program/value.js';
import type { DataSet } from './data-sets.js';

/** A size that may not be known. */
export type Size = number | undefined;

/** What targets are: numbers of classes, one column a class, a column each for labels that may hold together, real numbers. */
export type Targets =
  | { readonly kind: 'classes'; readonly count: Size }
  /** `isOneColumnOfTwo`: whether two classes would be a single column. */
  | { readonly kind: 'one-hot'; readonly count: Size; readonly isOneColumnOfTwo?: boolean }
  | { readonly kind: 'several'; readonly count: Size }
  /** `isAmount`: whether it is by its name something that is far beyond 1, as a price is. */
  | { readonly kind: 'real'; readonly hasNegative: boolean | undefined; readonly isAmount?: boolean };

/**
 * How large the numbers are: bytes of pictures (as they are or about 0), within 0 to 1 or so, within -1 to 1, made of mean 0 and
 * deviation 1, as they were measured.
 */
export type Scale = 'bytes' | 'bytes about 0' | 'unit' | 'signed' | 'standard' | 'raw';

/** The part of a split: which call, whether it is the part to learn from, and what part the whole was that was split. */
export interface PartOfSplit {
  readonly by: Value;
  readonly part: 'train' | 'test';
  readonly within?: PartOfSplit | undefined;
}

/** What is known of an array, by where it comes from. */
export interface ArrayFacts {
  readonly shape?: readonly Size[] | undefined;
  readonly targets?: Targets | undefined;
  readonly scale?: Scale | undefined;
  /** Where numbers that had been made small already were divided once more. */
  readonly scaledAgain?: Value | undefined;
  /** Where class numbers were divided as if they were inputs. */
  readonly targetsScaled?: Value | undefined;
  readonly set?:
    { readonly of: DataSet; readonly part: 'train' | 'test' | 'all'; readonly isX: boolean } | undefined;
  readonly split?: PartOfSplit | undefined;
  /** The largest number there is to be looked up, counted from 0, plus one. */
  readonly vocabulary?: number | undefined;
  readonly isRandom?: boolean | undefined;
  readonly isShuffled?: boolean | undefined;
  /** Whether it is one column of a table. */
  readonly isColumn?: boolean | undefined;
  /** Whether it is a table of columns with names, of which nothing else is known. */
  readonly isTable?: boolean | undefined;
  /** The elements, where the program writes them down. */
  readonly elements?: readonly number[] | undefined;
}

/** Of what nothing is known. */
export const NOTHING: ArrayFacts = {};
