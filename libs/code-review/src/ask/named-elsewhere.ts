import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';

/** Whether the name that something is given where it is made stands anywhere else. */
export function isNamedElsewhere({ source }: Program, at: Span): boolean {
  const line = source.slice(source.lastIndexOf('\n', at.start) + 1, at.start);
  const name = /^\s*([A-Za-z_]\w*)\s*=[^=]*$/.exec(line)?.[1];
  if (name === undefined) return line.trim() !== '';
  return [...source.matchAll(new RegExp(String.raw`(?<![.\w'\"])${name}\b`, 'g'))].length > 1;
}
