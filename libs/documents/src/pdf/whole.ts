const ENDS = ['%%EOF', 'startxref'];

/**
 * Whether a PDF has its end: after the last object comes where its table stands, in what is saved anew as in what is
 * saved at once. What is cut off on its way lacks it. Says nothing of whether the rest can be read.
 */
export function isWholePdf(bytes: Uint8Array): boolean {
  const lastObject = lastOf(bytes, 'endobj');
  return lastObject >= 0 && ENDS.some((end) => lastOf(bytes, end) > lastObject);
}

function lastOf(bytes: Uint8Array, word: string): number {
  const first = word.charCodeAt(0);
  for (let at = bytes.length - word.length; at >= 0; at -= 1) {
    if (bytes[at] !== first) continue;
    let length = 1;
    while (length < word.length && bytes[at + length] === word.charCodeAt(length)) length += 1;
    if (length === word.length) return at;
  }
  return -1;
}
