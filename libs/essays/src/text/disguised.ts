/** Characters that show nothing, between two letters. */
const UNSEEN = /\p{L}[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+\p{L}/u;
/** Letters of other scripts that look like Latin ones, beside Latin ones: `Δx` and `β1` are no such words. */
const MIXED =
  /[a-z][\p{Script=Cyrillic}\p{Script=Armenian}οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]|[\p{Script=Cyrillic}\p{Script=Armenian}οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ][a-z]/u;
const WIDE = /[\uff21-\uff3a\uff41-\uff5a]/u;

/** Whether words are not what they look like, so that a "not" among them would not be read. */
export function isDisguised(text: string): boolean {
  return UNSEEN.test(text) || MIXED.test(text) || WIDE.test(text);
}
