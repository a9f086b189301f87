import { isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import { comesOf } from './ancestry.js';

/** Whether a value is made of another one, through whatever was done to it. */
export function isMadeOf(datum: Datum | undefined, of: Datum | undefined): boolean {
  return isValue(datum) && isValue(of) && datum !== of && comesOf(datum, (one) => one === of);
}
