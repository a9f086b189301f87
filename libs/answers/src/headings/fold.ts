const FULLWIDTH_OFFSET = 0xfee0;

const ALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.': '。．、',
    '-': '–—−‐‑―',
    '[': '【「〔',
    ']': '】」〕',
    '*': '•·●○▪■◦‣∙・',
    "'": '’‘',
    ',': '،',
  }).flatMap(([plain, looks]) => [...looks].map((character) => [character, plain] as const)),
);

/**
 * Fullwidth and typographic punctuation as ASCII, one code unit for one, so that places stay the same. Bullets all
 * become `*`.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text;
  let folded = '';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    folded +=
      code >= 0xff01 && code <= 0xff5e
        ? String.fromCharCode(code - FULLWIDTH_OFFSET)
        : (ALIKE.get(text.charAt(index)) ?? text.charAt(index));
  }
  return folded;
}

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7e) return false;
  return true;
}
