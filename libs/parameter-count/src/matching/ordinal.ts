/** `b)`, `(2)`, `2.` as 2; null for any other mark. */
export function ordinalOf(marker: string): number | null {
  const written = /^\(?\s*(?:(\d{1,2})|([a-z]))\s*[).:]*$/i.exec(marker.trim());
  if (written === null) return null;
  const [, digits, letter] = written;
  return digits === undefined ? (letter ?? '').toLowerCase().charCodeAt(0) - 96 : Number(digits);
}
