import type { ComparedText, SharingPair } from './shared-passages.js';

/** So much of either answer's words stands in the other. */
const ALIKE = 0.8;

/**
 * Answers that say nearly the same in nearly the same words, as groups of two and more: an order to mark them in, for a person to
 * confirm. Each is alike to the first of its group. `pairs` are what they share.
 */
export function alikeTexts(
  texts: readonly ComparedText[],
  pairs: readonly SharingPair[],
): readonly (readonly string[])[] {
  const length = new Map(texts.map(({ id, text }) => [id, text.length]));
  const near = new Map<string, string[]>();
  for (const { one, other, share } of pairs) {
    const lengths = [length.get(one) ?? 0, length.get(other) ?? 0];
    // The share is of the shorter one's words: of lengths that differ much, one merely stands in the other.
    if (share < ALIKE || Math.min(...lengths) < ALIKE * Math.max(...lengths)) continue;
    near.set(one, [...(near.get(one) ?? []), other]);
    near.set(other, [...(near.get(other) ?? []), one]);
  }
  const grouped = new Set<string>();
  return texts.flatMap(({ id }): string[][] => {
    if (grouped.has(id)) return [];
    const group = [id, ...(near.get(id) ?? []).filter((other) => !grouped.has(other))];
    if (group.length < 2) return [];
    for (const each of group) grouped.add(each);
    return [group];
  });
}
