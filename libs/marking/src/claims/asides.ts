/** What a clause sets its own statement against, up to the next comma: it says that this is not so. */
const ASIDE =
  /(?:,\s*)?\b(?:instead of|rather than|as opposed to|in place of|in contrast to)\b[^,;]*|\b(?:even )?without (?:its|the|a|any) (?:top|head|classifier|last layers?)\b/gi;

/** A text of the same length that leaves out what it sets itself against: "pooling is used instead of strides". */
export function withoutAsides(text: string): string {
  return text.replace(ASIDE, (aside) => ' '.repeat(aside.length));
}
