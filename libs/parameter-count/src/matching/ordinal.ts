const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
const MARKER = /^\(?\s*(?:(\d{1,2})|([a-z]{1,4}))\s*[).:]*$/i;

/** Whether a list counts in Roman numerals: `i)` alone is also the ninth letter, `ii)` is not. */
export function countsInRoman(markers: readonly string[]): boolean {
  return markers.some((marker) => {
    const [, , letters = ''] = MARKER.exec(marker.trim()) ?? [];
    return letters.length > 1 && ROMAN.includes(letters.toLowerCase());
  });
}

/** `b)`, `(2)`, `2.` as 2, and `ii)` where a list counts in Roman numerals; null for any other mark. */
export function ordinalOf(marker: string, roman: boolean): number | null {
  const [found, digits, letters = ''] = MARKER.exec(marker.trim()) ?? [];
  if (found === undefined) return null;
  if (digits !== undefined) return Number(digits);
  const lower = letters.toLowerCase();
  if (roman && ROMAN.includes(lower)) return ROMAN.indexOf(lower) + 1;
  return lower.length === 1 ? lower.charCodeAt(0) - 96 : null;
}
