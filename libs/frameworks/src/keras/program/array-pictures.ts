import { foreignName } from '../../program/called-name.js';
import { argument } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { wholeOf } from './names.js';

/** What makes other bytes of bytes, as many. */
const LEAVES_BYTES =
  /^(numpy\.(invert|bitwise_not|flip|fliplr|flipud)|cv2\.(bitwise_not|(Gaussian|median)?[bB]lur|bilateralFilter|adaptiveThreshold|dilate|erode|morphologyEx|equalizeHist|flip|Canny)|PIL\.ImageOps\.(invert|autocontrast|equalize|mirror|flip))$/;

/** What functions that read, resize and recolour single pictures give. */
export function ofPicture(
  short: string,
  name: string,
  args: CallArguments,
  before: ArrayFacts,
): ArrayFacts | undefined {
  switch (short) {
    case 'cvtColor':
      return { ...before, shape: recoloured(args.positional[1], before.shape) };
    case 'resize':
      if (name.startsWith('skimage')) return { scale: 'unit' };
      return { ...before, shape: name === 'cv2.resize' ? resized(args, before.shape) : undefined };
    case 'imresize':
      return { scale: 'bytes' };
    case 'imread':
      if (name === 'cv2.imread') return { scale: 'bytes', shape: readBy(argument(args, 'flags', 1)) };
      return /^(imageio|skimage|scipy)\b/.test(name) ? { scale: 'bytes' } : undefined;
    case 'load_img':
      return { scale: 'bytes', shape: loaded(args) };
    case 'open':
      return /(^|\.)Image\.open$/.test(name) ? { scale: 'bytes' } : undefined;
    case 'copyMakeBorder':
      return { scale: before.scale };
    default:
      return LEAVES_BYTES.test(name) && before.scale === 'bytes'
        ? { scale: 'bytes', shape: before.shape, set: before.set }
        : undefined;
  }
}

/** What methods of a picture of Pillow's give, as the array that is made of it; it takes (width, height). */
export function ofPictureMethod(name: string, facts: ArrayFacts, given: Datum | undefined): ArrayFacts {
  const { shape } = facts;
  if (facts.scale !== 'bytes') return { ...facts, shape: undefined };
  if (name === 'convert') {
    const sides = [shape?.[0], shape?.[1]];
    const depth = given === 'RGB' ? [3] : given === 'RGBA' ? [4] : given === 'L' ? [] : undefined;
    return { ...facts, shape: depth && [...sides, ...depth] };
  }
  return Array.isArray(given) && given.length === 2 && shape !== undefined
    ? { ...facts, shape: [wholeOf(given[1]), wholeOf(given[0]), ...shape.slice(2)] }
    : { ...facts, shape: undefined };
}

/** OpenCV reads three colours unless it is told otherwise. */
function readBy(flag: Datum | undefined): readonly Size[] | undefined {
  if (flag === undefined || flag === 1n) return [undefined, undefined, 3];
  return flag === 0n || wordOf(flag) === 'IMREAD_GRAYSCALE' ? [undefined, undefined] : undefined;
}

function recoloured(code: Datum | undefined, shape: ArrayFacts['shape']): readonly Size[] | undefined {
  const word = wordOf(code) ?? '';
  if (/^COLOR_(BGR|RGB)2GRAY$/.test(word)) return shape?.slice(0, 2) ?? [undefined, undefined];
  return /^COLOR_\w+2(RGB|BGR|HSV|LAB|YUV)$/i.test(word) ? [shape?.[0], shape?.[1], 3] : undefined;
}

/** OpenCV takes (width, height). */
function resized(args: CallArguments, shape: ArrayFacts['shape']): readonly Size[] | undefined {
  const size = argument(args, 'dsize', 1);
  if (shape === undefined || !Array.isArray(size) || size.length !== 2) return undefined;
  return [wholeOf(size[1]), wholeOf(size[0]), ...shape.slice(2)];
}

function loaded({ named }: CallArguments): readonly Size[] | undefined {
  const size = named.get('target_size');
  if (!Array.isArray(size) || size.length < 2) return undefined;
  const mode = named.get('color_mode') ?? 'rgb';
  const isGray = (named.get('grayscale') ?? false) !== false || mode === 'grayscale';
  return isGray || mode === 'rgb' ? [wholeOf(size[0]), wholeOf(size[1]), isGray ? 1 : 3] : undefined;
}

/** `cv2.COLOR_BGR2GRAY` by its last word. */
function wordOf(datum: Datum | undefined): string | undefined {
  return foreignName(datum)?.split('.').at(-1);
}
