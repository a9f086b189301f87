import type { Argument, KerasDefinition } from '@tensormark/network';
import { FIRST_SIDES, givesSides, isIndifferent, standIn } from '../arguments.js';
import type { Datum } from '../../program/value.js';
import { arrayFacts } from './arrays.js';
import type { KerasLayer } from './layers.js';
import { sizeOf } from './sizes.js';

/** Arguments of a layer by the names they have today. */
export type Written = ReadonlyMap<string, Datum>;

/** The arguments that a layer is made with; undefined where Keras would not take so many. */
export function writtenFor(
  { name, args }: KerasLayer,
  { own, formerly }: KerasDefinition,
): Written | undefined {
  const names = Object.keys(own);
  const written = new Map<string, Datum>();
  for (const [at, datum] of withOneKernel(name, args.positional).entries()) {
    const here = names[at];
    if (here === undefined) return undefined;
    written.set(here, datum);
  }
  for (const [given, datum] of args.named) {
    const here = Object.hasOwn(own, given) ? given : (formerly[given] ?? given);
    // The first Keras said tf for channels that come last.
    if (given === 'dim_ordering' && datum === 'tf') written.set(here, 'channels_last');
    else if (Object.hasOwn(own, here)) written.set(here, datum);
  }
  const sides = FIRST_SIDES[name.endsWith('3D') ? 3 : 2].map((side) => args.named.get(side));
  const known = sides.filter((side): side is Datum => side !== undefined);
  if (known.length === sides.length && Object.hasOwn(own, 'kernel_size')) written.set('kernel_size', known);
  return written;
}

/** `Convolution2D(32, 3, 3)` of the first Keras has a kernel of 3×3, and no stride of 3; its `Dense(64, 10)` takes 64 and gives 10. */
function withOneKernel(name: string, positional: readonly Datum[]): readonly Datum[] {
  if (name === 'Dense' && typeof positional[1] === 'bigint') return positional.slice(1);
  const rank = name === 'Convolution2D' ? 2 : name === 'Convolution3D' ? 3 : undefined;
  return rank !== undefined && givesSides(rank, positional)
    ? [positional[0] ?? null, positional.slice(1, 1 + rank), ...positional.slice(1 + rank)]
    : positional;
}

/** Arguments as rules of layers take them. */
export interface Filled {
  readonly named: Readonly<Record<string, Argument>>;
  /** Whether nothing that a shape rests on was filled in. */
  readonly isKnown: boolean;
}

/** What stands for arguments that are not known: sizes, and whether something is done. */
export interface Fillers {
  readonly number: bigint;
  readonly flag: boolean;
}

const FLAGS = /^(return_|use_|go_|keepdims$|mask_zero$|stateful$|unroll$)/;

/** Arguments with something in each place that is not known. */
export function filled(written: Written, { number, flag }: Fillers): Filled {
  const named: Record<string, Argument> = {};
  let isKnown = true;
  const argument = (datum: Datum): Argument => {
    if (Array.isArray(datum)) return datum.map(argument);
    if (typeof datum !== 'object') return datum;
    if (datum === null) return null;
    const size = sizeOf(datum, arrayFacts);
    if (size !== undefined) return BigInt(size);
    isKnown = false;
    return number;
  };
  for (const [name, datum] of written) {
    const isOpen = typeof datum === 'object' && datum !== null;
    if (isOpen && FLAGS.test(name)) isKnown = false;
    named[name] =
      isOpen && isIndifferent(name) ? standIn(name) : isOpen && FLAGS.test(name) ? flag : argument(datum);
  }
  return { named, isKnown };
}
