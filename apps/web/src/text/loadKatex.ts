type Katex = typeof import('./katex.js');

let katex: Katex | null = null;
let loading: Promise<Katex> | null = null;

/** What nearly every formula is set in; others come as they are met. */
const FONTS = ['1em KaTeX_Main', 'italic 1em KaTeX_Math'];

/** KaTeX is large and only some answers need it, so it comes when the first formula does, with its fonts. */
export function loadKatex(): Promise<Katex> {
  loading ??= import('./katex.js').then(async (loaded) => {
    await Promise.allSettled(FONTS.map((font) => document.fonts.load(font)));
    katex = loaded;
    return loaded;
  });
  return loading;
}

/** Null while it is not there yet. */
export const loadedKatex = (): Katex | null => katex;
