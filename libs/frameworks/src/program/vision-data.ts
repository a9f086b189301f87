import type { Span } from '@tensormark/python';
import { foreignCall, givenTo } from './called-name.js';
import type { NamedCall } from './called-name.js';
import { followTransforms } from './vision-transforms.js';
import type { Picture, Refusal, VisionTransform } from './vision-transforms.js';
import { transformsIn } from './vision-transforms.js';
import { madeBy, Value } from './value.js';
import type { Datum } from './value.js';

/** A data set of torchvision's, as far as the call that makes it says. */
export interface VisionData {
  /** `CIFAR10`, `ImageFolder`. */
  readonly name: string;
  /** The folder that it is read from; undefined where that is not known. */
  readonly root: string | undefined;
  /** Whether it is the part to learn from; undefined where the call does not say. */
  readonly train: boolean | undefined;
  readonly classes: number | undefined;
  /** How many pictures the part has, as published; undefined where that is not known. */
  readonly items: number | undefined;
  /** What is done to each picture, in order; undefined where it is not known. */
  readonly transforms: readonly VisionTransform[] | undefined;
  /** A picture after its transforms; undefined where it is not known. */
  readonly picture: Picture | undefined;
  /** The transform that would raise an error. */
  readonly refusal: Refusal | undefined;
  /** The number of the first class. */
  readonly firstClass: number;
  /** Whether labels are the plain numbers of their classes. */
  readonly labelled: boolean;
  readonly span: Span | undefined;
}

interface Published {
  /** Channels, height, width; of folders the last two differ from picture to picture. */
  readonly picture: readonly [number, number | undefined, number | undefined];
  readonly classes: number | undefined;
  /** Pictures to learn from, and to test with. */
  readonly items?: readonly [number, number];
  /** Place of `transform` among the arguments. */
  readonly transform: number | undefined;
  /** Place of the argument that says which part it is. */
  readonly part: { readonly name: 'train' | 'split'; readonly at: number | undefined } | undefined;
}

const AT_SECOND = { name: 'train', at: 1 } as const;
const SPLIT = { name: 'split', at: 1 } as const;
const DIGITS: Published = {
  picture: [1, 28, 28],
  classes: 10,
  items: [60_000, 10_000],
  transform: 2,
  part: AT_SECOND,
};
const CIFAR: Published = {
  picture: [3, 32, 32],
  classes: 10,
  items: [50_000, 10_000],
  transform: 2,
  part: AT_SECOND,
};

/** What torchvision documents of its data sets. */
const SETS: Readonly<Record<string, Published>> = {
  MNIST: DIGITS,
  FashionMNIST: DIGITS,
  KMNIST: DIGITS,
  CIFAR10: CIFAR,
  CIFAR100: { ...CIFAR, classes: 100 },
  SVHN: { picture: [3, 32, 32], classes: 10, items: [73_257, 26_032], transform: 2, part: SPLIT },
  STL10: { picture: [3, 96, 96], classes: 10, items: [5000, 8000], transform: 3, part: SPLIT },
  EMNIST: {
    picture: [1, 28, 28],
    classes: undefined,
    transform: undefined,
    part: { name: 'train', at: undefined },
  },
  FakeData: { picture: [3, 224, 224], classes: 10, transform: 3, part: undefined },
  ImageFolder: { picture: [3, undefined, undefined], classes: undefined, transform: 1, part: undefined },
};

/** The data set that a value is, or a part of one that it was split into. */
export function visionDataOf(datum: Datum | undefined): VisionData | undefined {
  let value = datum;
  for (let depth = 0; depth < 6; depth++) {
    const call = foreignCall(value);
    if (call !== undefined) {
      const set = /^torchvision\.datasets\.(\w+)$/.exec(call.name)?.[1];
      if (set !== undefined && value instanceof Value) return published(set, value);
      if (call.name === 'torch.utils.data.Subset') value = givenTo(call, 'dataset', 0);
      else return undefined;
    } else if (value instanceof Value && value.made.kind === 'operation') {
      const { name, args } = value.made;
      const [of, key] = args.positional;
      // One of the parts that `random_split` gives; an item of a data set itself is none.
      const isPart = name === 'unpacked' || (name === 'getitem' && typeof key === 'bigint');
      const isSplit = isPart && of instanceof Value && madeBy(of) === 'random_split';
      if (!isSplit && name !== 'random_split') return undefined;
      value = of;
    } else return undefined;
  }
  return undefined;
}

function published(name: string, value: Value): VisionData | undefined {
  const known = Object.hasOwn(SETS, name) ? SETS[name] : undefined;
  const call = foreignCall(value);
  if (known === undefined || call === undefined) return undefined;
  const given = givenTo(call, 'transform', known.transform);
  const transforms = given === undefined || given === null ? [] : transformsIn(given);
  const made = name === 'FakeData' ? drawn(call) : undefined;
  const [channels, height, width] = made?.picture ?? known.picture;
  const followed = transforms && followTransforms({ kind: 'image', channels, height, width }, transforms);
  const train = partOf(known, givenTo(call, known.part?.name ?? '', known.part?.at));
  const targets = givenTo(
    call,
    'target_transform',
    known.transform === undefined ? undefined : known.transform + 1,
  );
  const named = name === 'EMNIST' ? emnistSplit(givenTo(call, 'split', 1)) : undefined;
  const isUnsplit = name === 'STL10' && train === undefined;
  const root = givenTo(call, 'root', 0);
  return {
    name,
    root: typeof root === 'string' ? root : undefined,
    train,
    classes: made === undefined ? (named?.classes ?? known.classes) : made.classes,
    firstClass: named?.first ?? 0,
    items: made?.items ?? (train === undefined ? undefined : known.items?.[train ? 0 : 1]),
    transforms,
    picture: followed?.picture,
    refusal: followed?.refusal,
    labelled: (targets === undefined || targets === null) && !isUnsplit,
    span: value.span,
  };
}

/** The classes of each split of EMNIST; those of the letters are numbered from 1. */
const EMNIST_SPLITS: Readonly<Record<string, { readonly classes: number; readonly first: number }>> = {
  letters: { classes: 26, first: 1 },
  digits: { classes: 10, first: 0 },
  mnist: { classes: 10, first: 0 },
  balanced: { classes: 47, first: 0 },
  bymerge: { classes: 47, first: 0 },
  byclass: { classes: 62, first: 0 },
};

function emnistSplit(
  split: Datum | undefined,
): { readonly classes: number; readonly first: number } | undefined {
  return typeof split === 'string' && Object.hasOwn(EMNIST_SPLITS, split) ? EMNIST_SPLITS[split] : undefined;
}

/** What `FakeData` draws: as many pictures of a size, and labels of as many classes, as it is asked for. */
function drawn(call: NamedCall): {
  readonly picture: Published['picture'];
  readonly classes: number | undefined;
  readonly items: number | undefined;
} {
  const counted = (name: string, at: number, otherwise: number): number | undefined => {
    const given = givenTo(call, name, at);
    return given === undefined ? otherwise : typeof given === 'bigint' ? Number(given) : undefined;
  };
  const size = givenTo(call, 'image_size', 1);
  const sides = Array.isArray(size)
    ? size.map((side) => (typeof side === 'bigint' ? Number(side) : undefined))
    : [];
  return {
    picture: size === undefined ? [3, 224, 224] : [sides[0] ?? 3, sides[1], sides[2]],
    classes: counted('num_classes', 2, 10),
    items: counted('size', 0, 1000),
  };
}

function partOf({ part }: Published, given: Datum | undefined): boolean | undefined {
  if (part === undefined) return undefined;
  if (given === undefined) return true;
  if (typeof given === 'boolean') return given;
  return given === 'train' ? true : given === 'test' ? false : undefined;
}
