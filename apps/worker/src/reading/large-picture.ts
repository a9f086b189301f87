/** How far a dictionary may reach, either way from where it says that it is of a picture. */
const LONGEST = 4000;
/** A file that names more pictures than any document has is read without looking at the others. */
const MOST_LOOKED_AT = 20_000;
/** A number, but not the first of a reference to an object elsewhere. */
const WIDTH = /\/Width\s{1,8}(\d{1,9})(?!\d|\s{1,8}\d)/;
const HEIGHT = /\/Height\s{1,8}(\d{1,9})(?!\d|\s{1,8}\d)/;

/**
 * The size of the first picture of a PDF that has more pixels than that. What draws pages leaves such a picture out without a word,
 * and an answer would be lost. Streams and their dictionaries are never packed into others (ISO 32000-1, 7.5.7), so all stand in the
 * file as they are.
 */
export function largePicture(
  pdf: Uint8Array,
  pixels: number,
): { readonly width: number; readonly height: number } | undefined {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let at = file.indexOf('/Image');
  for (let looked = 0; at >= 0 && looked < MOST_LOOKED_AT; looked += 1) {
    const before = file.toString('latin1', Math.max(0, at - LONGEST), at);
    const after = file.toString('latin1', at, at + LONGEST);
    const end = after.indexOf('stream');
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1) + after.slice(0, Math.max(0, end));
    const width = Number(WIDTH.exec(dictionary)?.[1] ?? 0);
    const height = Number(HEIGHT.exec(dictionary)?.[1] ?? 0);
    if (width * height > pixels) return { width, height };
    at = file.indexOf('/Image', at + 6);
  }
  return undefined;
}
