import { foreignCall } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import { makerOf } from './ancestry.js';

/** A picture as it was read from a file, its channels last. */
export function isPicture(value: Value, depth = 0): boolean {
  const [self, first] = value.inputs;
  const name = foreignCall(value)?.name;
  if (depth > 8) return false;
  if (name === undefined) {
    if (/^(array|asarray)$/.test(makerOf(value))) return self !== undefined && isOpened(self);
    return (
      /^(from_numpy|as_tensor|tensor|float|div|truediv|astype|copy)$/.test(makerOf(value)) &&
      self !== undefined &&
      isPicture(self, depth + 1)
    );
  }
  if (/^(cv2|imageio(\.v\d)?|skimage\.io|matplotlib\.(pyplot|image))\.imread$/.test(name))
    return value.inputs.length > 0;
  return (
    /^cv2\.(resize|cvtColor|GaussianBlur|flip)$/.test(name) &&
    first !== undefined &&
    isPicture(first, depth + 1)
  );
}

/** A picture in colours that PIL has opened, before it is an array. */
function isOpened(value: Value, depth = 0): boolean {
  if (foreignCall(value)?.name === 'PIL.Image.open') return true;
  const [self] = value.inputs;
  if (/convert\(\s*["'](L|1|P)["']/.test(value.span?.text ?? '')) return false;
  return (
    depth < 4 &&
    /^(convert|resize|crop)$/.test(makerOf(value)) &&
    self !== undefined &&
    isOpened(self, depth + 1)
  );
}
