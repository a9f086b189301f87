import type { Span } from '../source/text.js';

/** `if not x:` asks what `if x:` asks, the other way round. */
export function questionOf({ text }: Span): { readonly text: string; readonly isTurned: boolean } {
  const asked = /^not\s+([\w.]+)$/.exec(text)?.[1];
  return asked === undefined ? { text, isTurned: false } : { text: asked, isTurned: true };
}
