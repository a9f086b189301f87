import { asNumber } from '../../algebra/expression.js';
import type { RoleTest } from './formula.js';

/** Something that the program calls by such a name. */
export function named(pattern: RegExp): RoleTest {
  return (of, { nameOf }) => pattern.test(nameOf(of));
}

/** Something that is not called by such a name. */
export function notNamed(pattern: RegExp): RoleTest {
  return (of, { nameOf }) => !pattern.test(nameOf(of));
}

/** A number between two, or something unknown of such a name. */
export function numberOrNamed(least: number, most: number, pattern: RegExp): RoleTest {
  const isNamed = named(pattern);
  return (of, asked) => {
    const value = asNumber(of);
    return value === undefined ? isNamed(of, asked) : value >= least && value <= most;
  };
}
