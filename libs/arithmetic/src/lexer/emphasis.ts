import { isDigit, isLetter, isLineBreak, isSpace } from './characters.js';

type Asterisks = 'times' | 'power' | 'emphasis';

/**
 * Whether a run of asterisks multiplies, raises to a power or sets bold: `3*7`, `2**3`, `= **75,264**`.
 * A sign between operands has the same spacing on both sides or stands between two that can only be operands.
 */
export function readAsterisks(text: string, start: number, length: number): Asterisks {
  const before = neighbour(text, start - 1, -1);
  const after = neighbour(text, start + length, 1);
  const spaceBefore = before.at !== start - 1;
  const spaceAfter = after.at !== start + length;
  const between = endsOperand(before.character) && beginsOperand(after.character);
  const word = isLetter(after.character.charCodeAt(0)) || isLetter(before.character.charCodeAt(0));
  const even = spaceBefore === spaceAfter;
  if (length === 1) {
    if (spaceBefore && goesOnBelow(text, start + 1) && endsOperand(before.character)) return 'times';
    if (!between) return 'emphasis';
    return even || !word ? 'times' : 'emphasis';
  }
  if (length === 2) return between && even ? 'power' : 'emphasis';
  return 'emphasis';
}

/** `64 *` at the end of a line, with a number to multiply on the next. */
function goesOnBelow(text: string, from: number): boolean {
  const below = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(from, from + 20))?.[0];
  const next = text.charCodeAt(from + (below?.length ?? 0));
  return below !== undefined && (isDigit(next) || next === 40);
}

function neighbour(text: string, from: number, step: 1 | -1): { at: number; character: string } {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += step;
  const code = text.charCodeAt(at);
  return { at, character: Number.isNaN(code) || isLineBreak(code) ? '' : text.charAt(at) };
}

function endsOperand(character: string): boolean {
  const code = character.charCodeAt(0);
  return isDigit(code) || isLetter(code) || ')]}⌋⌉$²³½`!%_*'.includes(character || ' ');
}

function beginsOperand(character: string): boolean {
  const code = character.charCodeAt(0);
  return isDigit(code) || isLetter(code) || '([{⌊⌈$\\.√½`-−_*'.includes(character || ' ');
}
