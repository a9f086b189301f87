import type { Conflict, Core } from './conflict.js';
import { COUNTERPARTS } from './counterparts.js';
import type { Reading } from './reading.js';

/**
 * Two sentences together, one of them about the counterpart of what the statement is about: "it is off in training. At test time
 * neurons are dropped" says of neither that neurons are dropped in training.
 */
export function aboutRivals(statement: Reading, one: Reading, other: Reading, core: Core): Conflict[] {
  return COUNTERPARTS.flatMap((group): Conflict[] => {
    const named = group.filter((name) => statement.units.has(name));
    const [mine] = named;
    if (named.length !== 1 || mine === undefined) return [];
    return [
      { own: one, rival: other },
      { own: other, rival: one },
    ].flatMap(({ own, rival }): Conflict[] => {
      const theirs = group.find((name) => name !== mine && rival.units.has(name));
      if (!own.units.has(mine) || rival.units.has(mine) || theirs === undefined) return [];
      const adds = [...core.keys()].some((unit) => rival.units.has(unit) && !own.units.has(unit));
      return adds ? [{ kind: 'counterpart', strength: 'weak', wanted: mine, found: theirs }] : [];
    });
  });
}
