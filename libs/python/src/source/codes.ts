/** The code that stands for every character beyond ASCII. */
export const BEYOND_ASCII = 128;

/** How many zeros stand behind the last code: a scanner may look so far ahead. */
const BEHIND = 4;

/** Texts shorter than this are gone through one by one: an encoder takes longer to be asked. */
const SHORT = 64;

const encoder = new TextEncoder();

/**
 * The codes of a text's characters, each at the character's offset and one byte wide, with zeros behind the last. A scanner reads
 * these many times faster than it could ask the text itself, which may lie in memory in half a dozen ways.
 */
export function codesOf(text: string): Uint8Array {
  const codes = new Uint8Array(text.length + BEHIND);
  if (text.length >= SHORT) {
    const { read, written } = encoder.encodeInto(text, codes);
    // All of it is ASCII, where an encoder's bytes are as many as the characters and the same.
    if (read === text.length && written === text.length) return codes;
    codes.fill(0);
  }
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    codes[offset] = code < BEYOND_ASCII ? code : BEYOND_ASCII;
  }
  return codes;
}
