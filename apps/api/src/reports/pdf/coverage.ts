/** Which characters a TrueType font has a glyph for. */
export interface Coverage {
  has(codePoint: number): boolean;
}

const SEGMENTED_COVERAGE = 12;

/**
 * Reads the `cmap` table's subtable of format 12 (OpenType specification, "cmap"): groups of code points that follow each
 * other, in order. Throws a RangeError for bytes that are no such font.
 */
export function coverageOf(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, at) => {
    return cmap + view.getUint32(cmap + 4 + at * 8 + 4);
  });
  const subtable = subtables.find((at) => view.getUint16(at) === SEGMENTED_COVERAGE);
  if (subtable === undefined) throw new RangeError('The font has no cmap of format 12.');
  const groups = view.getUint32(subtable + 12);
  const first = (group: number) => view.getUint32(subtable + 16 + group * 12);
  const last = (group: number) => view.getUint32(subtable + 16 + group * 12 + 4);
  return {
    has: (codePoint) => {
      let [low, high] = [0, groups - 1];
      while (low <= high) {
        const middle = (low + high) >> 1;
        if (codePoint < first(middle)) high = middle - 1;
        else if (codePoint > last(middle)) low = middle + 1;
        else return true;
      }
      return false;
    },
  };
}

function tableAt(view: DataView, name: string): number {
  const tables = view.getUint16(4);
  for (let at = 12; at < 12 + tables * 16; at += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
    if (tag === name) return view.getUint32(at + 8);
  }
  throw new RangeError(`The font has no table "${name}".`);
}
