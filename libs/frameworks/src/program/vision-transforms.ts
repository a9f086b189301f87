import type { Span } from '@tensormark/python';
import { foreignCall, givenTo } from './called-name.js';
import type { NamedCall } from './called-name.js';
import { Value } from './value.js';
import type { Datum } from './value.js';

/** A picture on its way through transforms: one of PIL's, or a tensor (channels, height, width). */
export interface Picture {
  readonly kind: 'image' | 'tensor';
  readonly channels: number | undefined;
  readonly height: number | undefined;
  readonly width: number | undefined;
}

/** A transform of torchvision's, with what it was given. */
export interface VisionTransform {
  /** `RandomCrop`. */
  readonly name: string;
  readonly call: NamedCall;
  readonly span: Span | undefined;
}

/** What a transform would raise. */
export interface Refusal {
  readonly transform: VisionTransform;
  readonly type: string;
  readonly message: string;
}

/** The transforms that a value stands for, in order; undefined where one of them is not known. */
export function transformsIn(datum: Datum): VisionTransform[] | undefined {
  const call = foreignCall(datum);
  const name = /^torchvision\.transforms(?:\.transforms)?\.(\w+)$/.exec(call?.name ?? '')?.[1];
  if (call === undefined || name === undefined || !(datum instanceof Value)) return undefined;
  if (name !== 'Compose') return [{ name, call, span: datum.span }];
  const list = givenTo(call, 'transforms', 0);
  if (!Array.isArray(list)) return undefined;
  const found: VisionTransform[] = [];
  for (const item of list) {
    const inner = transformsIn(item);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

interface Followed {
  readonly picture: Picture | undefined;
  readonly refusal: Refusal | undefined;
}

type Effect = (picture: Picture, call: NamedCall) => Picture | string | undefined;

/** What comes of a picture; undefined from the first transform on that is not known. */
export function followTransforms(start: Picture, transforms: readonly VisionTransform[]): Followed {
  let picture: Picture | undefined = start;
  for (const transform of transforms) {
    const effect: Effect | undefined = Object.hasOwn(EFFECTS, transform.name)
      ? EFFECTS[transform.name]
      : undefined;
    const after: Picture | string | undefined = effect?.(picture, transform.call);
    if (typeof after === 'string')
      return {
        picture: undefined,
        refusal: {
          transform,
          type: after.startsWith('output') ? 'RuntimeError' : 'TypeError',
          message: after,
        },
      };
    if (after === undefined) return { picture: undefined, refusal: undefined };
    picture = after;
  }
  return { picture, refusal: undefined };
}

const same: Effect = (picture) => picture;
const unsized: Effect = (picture) => ({ ...picture, height: undefined, width: undefined });

/** One number for both sides, or height and width. */
function sides(given: Datum | undefined): readonly [number, number] | undefined {
  if (typeof given === 'bigint') return [Number(given), Number(given)];
  if (!Array.isArray(given)) return undefined;
  const [height, width = height] = given;
  return typeof height === 'bigint' && typeof width === 'bigint'
    ? [Number(height), Number(width)]
    : undefined;
}

const cropped: Effect = (picture, call) => {
  const size = sides(givenTo(call, 'size', 0));
  return size === undefined ? unsized(picture, call) : { ...picture, height: size[0], width: size[1] };
};

const resized: Effect = (picture, call) => {
  const given = givenTo(call, 'size', 0);
  const size = sides(given);
  // One number is the length of the shorter side: the other follows from the picture's own.
  const isSquare = picture.height !== undefined && picture.height === picture.width;
  const isOne = typeof given === 'bigint' || (Array.isArray(given) && given.length === 1);
  if (size === undefined || (isOne && !isSquare)) return unsized(picture, call);
  return { ...picture, height: size[0], width: size[1] };
};

const toTensor: Effect = (picture) =>
  picture.kind === 'tensor'
    ? "pic should be PIL Image or ndarray. Got <class 'torch.Tensor'>"
    : { ...picture, kind: 'tensor' };

const normalize: Effect = (picture, call) => {
  if (picture.kind === 'image') return "img should be Tensor Image. Got <class 'PIL.Image.Image'>";
  const mean = givenTo(call, 'mean', 0);
  const { channels, height = 1, width = 1 } = picture;
  const given = Array.isArray(mean) ? mean.length : undefined;
  if (channels === undefined || given === undefined || given === 1 || given === channels) return picture;
  return channels === 1
    ? `output with shape [1, ${height}, ${width}] doesn't match the broadcast shape [${given}, ${height}, ${width}]`
    : `The size of tensor a (${channels}) must match the size of tensor b (${given}) at non-singleton dimension 0`;
};

const greyed: Effect = (picture, call) => {
  const wanted = givenTo(call, 'num_output_channels', 0) ?? 1n;
  return { ...picture, channels: typeof wanted === 'bigint' ? Number(wanted) : undefined };
};

const padded: Effect = (picture, call) => {
  const by = givenTo(call, 'padding', 0);
  if (typeof by !== 'bigint') return unsized(picture, call);
  const more = (side: number | undefined): number | undefined =>
    side === undefined ? undefined : side + 2 * Number(by);
  return { ...picture, height: more(picture.height), width: more(picture.width) };
};

const EFFECTS: Readonly<Record<string, Effect>> = {
  ToTensor: toTensor,
  PILToTensor: () => undefined,
  Normalize: normalize,
  Resize: resized,
  CenterCrop: cropped,
  RandomCrop: cropped,
  RandomResizedCrop: cropped,
  Grayscale: greyed,
  Pad: padded,
  RandomHorizontalFlip: same,
  RandomVerticalFlip: same,
  RandomRotation: (picture, call) => (givenTo(call, 'expand') === true ? unsized(picture, call) : picture),
  RandomAffine: same,
  RandomPerspective: same,
  ColorJitter: same,
  RandomGrayscale: same,
  RandomErasing: same,
  RandomAdjustSharpness: same,
  RandomAutocontrast: same,
  RandomEqualize: same,
  RandomInvert: same,
  GaussianBlur: same,
  AutoAugment: same,
  RandAugment: same,
  TrivialAugmentWide: same,
};

/** Transforms that give another picture each time. */
export function isRandom({ name }: VisionTransform): boolean {
  return /^(Random|ColorJitter|AutoAugment|RandAugment|TrivialAugment|AugMix|GaussianBlur)/.test(name);
}
