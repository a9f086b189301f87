import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';

/** Scores of relative positions are shifted row by row so: laid out otherwise, without the first line, and laid out as before. */
export function shiftsRows({ source }: Program, { start, end }: Span): boolean {
  return (
    /^[^\n]*\n?[^\n]*\[[^\]\n]*\b\w+:[^\]\n]*\][\s\S]{0,40}\b(view|reshape)(_as)?\(/.test(
      source.slice(end, end + 300),
    ) ||
    /\b(view|reshape)\([^\n]*\n[^\n]*\[[^\]\n]*\b\w+:[^\]\n]*\]\s*$/.test(
      source.slice(Math.max(0, start - 300), start).replace(/\n[^\n]*$/, ''),
    )
  );
}
