import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { coverageOf, type Coverage } from './coverage.js';

/** The faces that reports are set in: Latin, Greek, Cyrillic, Arabic, Hebrew and more, code, and mathematical signs. */
const FILES = {
  text: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  slanted: 'DejaVuSansCondensed-Oblique.ttf',
  code: 'DejaVuSansMono.ttf',
  signs: 'DejaVuSans.ttf',
  mathematics: 'DejaVuMathTeXGyre.ttf',
} as const;

export type Face = keyof typeof FILES;
export const FACES = Object.keys(FILES) as readonly Face[];

/** In which order the others are asked for a character that a face lacks. */
const INSTEAD: readonly Face[] = ['text', 'signs', 'mathematics', 'code'];

/** What stands for a character that no face has. */
export const NO_GLYPH = '□';

const require = createRequire(import.meta.url);
const read = new Map<Face, { readonly bytes: Buffer; readonly coverage: Coverage }>();

function faceOf(face: Face): { readonly bytes: Buffer; readonly coverage: Coverage } {
  const known = read.get(face);
  if (known !== undefined) return known;
  const bytes = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${FILES[face]}`));
  const loaded = { bytes, coverage: coverageOf(bytes) };
  read.set(face, loaded);
  return loaded;
}

export const bytesOf = (face: Face): Buffer => faceOf(face).bytes;

/** Whether some face has a glyph for most of the letters. */
export function isReadable(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const set = letters.filter((letter) =>
    INSTEAD.some((face) => faceOf(face).coverage.has(letter.codePointAt(0) ?? 0)),
  );
  return letters.length === 0 || set.length * 2 > letters.length;
}

export interface Covered {
  readonly text: string;
  readonly face: Face;
}

/**
 * A word in pieces that each have a face with all their glyphs, the one asked for where it has them. Characters that no
 * face has become NO_GLYPH and are told to `missing`.
 */
export function covered(word: string, wanted: Face, missing: (character: string) => void): Covered[] {
  const pieces: { text: string; face: Face }[] = [];
  for (const character of word) {
    const codePoint = character.codePointAt(0) ?? 0;
    const face = [wanted, ...INSTEAD].find((each) => faceOf(each).coverage.has(codePoint));
    if (face === undefined) missing(character);
    const last = pieces.at(-1);
    const piece = { text: face === undefined ? NO_GLYPH : character, face: face ?? wanted };
    if (last?.face === piece.face) last.text += piece.text;
    else pieces.push(piece);
  }
  return pieces;
}
