const LONGEST = 80;
/** What joins letters and signs: names in Persian and emoji need it, and it turns nothing. */
const JOINERS = /[\u200c\u200d]/u;

/** A name without what would show it as another: control characters, and signs that turn the direction of writing. */
export function harmlessName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => (JOINERS.test(sign) ? sign : '\ufffd'));
}

/** The same, short enough for a message. */
export function shownName(name: string): string {
  const harmless = harmlessName(name);
  return harmless.length > LONGEST ? `${harmless.slice(0, LONGEST)}…` : harmless;
}
