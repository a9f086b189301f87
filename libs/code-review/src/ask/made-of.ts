import { isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';

/** Whether a value is made of another, through whatever was done to it. */
export function isMadeOf(datum: Datum | undefined, of: Datum | undefined): boolean {
  if (!isValue(datum) || !isValue(of)) return false;
  const seen = new Set<number>();
  const waiting = [datum];
  for (let current = waiting.pop(); current !== undefined && seen.size < 500; current = waiting.pop()) {
    if (seen.has(current.id)) continue;
    seen.add(current.id);
    if (current !== datum && current === of) return true;
    waiting.push(...current.inputs);
  }
  return false;
}
