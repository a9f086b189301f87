import { foreignCall } from './called-name.js';
import { Value } from './value.js';
import type { Datum } from './value.js';
import type { Picture } from './vision-transforms.js';

/** Pillow's modes that programs name, and how many channels each has. */
const MODES: Readonly<Record<string, number>> = {
  '1': 1,
  L: 1,
  P: 1,
  I: 1,
  F: 1,
  RGB: 3,
  HSV: 3,
  LAB: 3,
  RGBA: 4,
  CMYK: 4,
};
/** What gives a picture of the same size and kind. */
const KEEPING = new Set(['copy', 'filter', 'point', 'quantize']);

/** A picture of Pillow's that a value is, as far as the calls that made it say; undefined for what is none. */
export function pictureOf(value: Value, depth = 0): Picture | undefined {
  const { made } = value;
  if (made.kind !== 'operation' || depth > 12) return undefined;
  const call = foreignCall(value);
  if (call !== undefined && /^PIL\.Image\.open$/.test(call.name))
    return { kind: 'image', channels: undefined, height: undefined, width: undefined };
  const [of, first] = made.args.positional;
  const picture = of instanceof Value ? pictureOf(of, depth + 1) : undefined;
  if (picture === undefined) return undefined;
  if (made.name === 'convert') {
    const mode = made.args.named.get('mode') ?? first;
    const channels = typeof mode === 'string' && Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
    return { ...picture, channels };
  }
  if (made.name === 'resize') {
    const size = sizeOf(made.args.named.get('size') ?? first);
    return size === undefined ? undefined : { ...picture, width: size[0], height: size[1] };
  }
  return KEEPING.has(made.name) ? picture : undefined;
}

function sizeOf(datum: Datum | undefined): readonly [number, number] | undefined {
  if (!Array.isArray(datum) || datum.length !== 2) return undefined;
  const [width, height] = datum;
  return typeof width === 'bigint' && typeof height === 'bigint'
    ? [Number(width), Number(height)]
    : undefined;
}

/** The shape of the array that a picture has become: `np.array(picture)`; undefined where that is not known. */
export function arrayOfPicture(value: Value, depth = 0): readonly number[] | undefined {
  const { made } = value;
  if (made.kind !== 'operation' || depth > 6) return undefined;
  const [of] = made.args.positional;
  if (!(of instanceof Value)) return undefined;
  if (made.name === 'copy') return arrayOfPicture(of, depth + 1);
  if (made.name !== 'array' && made.name !== 'asarray') return undefined;
  const { channels, height, width } = pictureOf(of) ?? {};
  if (channels === undefined || height === undefined || width === undefined) return undefined;
  return channels === 1 ? [height, width] : [height, width, channels];
}
