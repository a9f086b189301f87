/** How many letters two words differ by, a swap of neighbours being one. */
export function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (rows[i - 1]?.[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let best = Math.min(replaced, (rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}

/** The word most like a misspelt one, if any is like it at all. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  if (word.length > 60) return undefined;
  const most = word.length <= 3 ? 1 : word.length <= 6 ? 2 : 3;
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of known) {
    if (candidate === word || Math.abs(candidate.length - word.length) > most) continue;
    const letters =
      candidate.toLowerCase() === word.toLowerCase()
        ? 0.5
        : distance(candidate.toLowerCase(), word.toLowerCase());
    if (letters < least) [best, least] = [candidate, letters];
  }
  return word.length <= 2 && least >= 1 ? undefined : best;
}
