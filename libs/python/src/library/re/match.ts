import { widthOf } from './pattern.js';
import type { Node, Pattern, Subject } from './pattern.js';

/** Where a match ends, or -1. */
type Ending = number;
type Continue = (at: number) => Ending;
type Matcher = (run: Run, at: number, next: Continue) => Ending;

/** The state of one attempt. */
interface Run {
  readonly subject: Subject;
  /** Begin and end of each group, at 2n and 2n + 1; -1 where it took no part. */
  groups: number[];
  /** The group that closed last. */
  last: number;
  /** Counts a step; throws once there are too many. */
  readonly step: () => void;
}

/** A match: the whole at index 0, then the groups. */
export interface Found {
  readonly spans: readonly number[];
  readonly last: number;
}

/** A pattern made ready to match; backtracking counts its steps, so that no pattern runs away. */
export class Matching {
  readonly #matcher: Matcher;

  constructor(readonly pattern: Pattern) {
    this.#matcher = compile(pattern.root);
  }

  /** A match that begins at `at`, and ends where `accepts` says it may. */
  matchAt(
    subject: Subject,
    at: number,
    step: () => void,
    accepts: (end: number) => boolean = () => true,
  ): Found | undefined {
    const groups = Array.from({ length: 2 * (this.pattern.groupCount + 1) }, () => -1);
    const run: Run = { subject, groups, last: 0, step };
    const end = this.#matcher(run, at, (stop) => (accepts(stop) ? stop : -1));
    if (end < 0) return undefined;
    run.groups[0] = at;
    run.groups[1] = end;
    return { spans: run.groups, last: run.last };
  }

  /** The first match from `from` on; `advance` refuses an empty one right there. */
  search(subject: Subject, from: number, step: () => void, advance = false): Found | undefined {
    for (let at = from; at <= subject.length; at++) {
      step();
      const found = this.matchAt(subject, at, step, (end) => !(advance && at === from && end === at));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function compile(node: Node): Matcher {
  switch (node.kind) {
    case 'char':
      return (run, at, next) => {
        run.step();
        const char = run.subject[at];
        return char !== undefined && node.test(char) ? next(at + 1) : -1;
      };
    case 'place':
      return (run, at, next) => (node.holds(run.subject, at) ? next(at) : -1);
    case 'sequence':
      return sequence(node.items.map(compile));
    case 'choice': {
      const options = node.options.map(compile);
      return (run, at, next) => {
        for (const option of options) {
          run.step();
          const end = option(run, at, next);
          if (end >= 0) return end;
        }
        return -1;
      };
    }
    case 'group':
      return group(node.index, compile(node.item));
    case 'back':
      return back(node.index, node.ignoreCase);
    case 'look':
      return look(compile(node.item), node.negated, node.behind);
    case 'atomic':
      return atomic(compile(node.item));
    case 'condition': {
      const [yes, no] = [compile(node.yes), compile(node.no)];
      return (run, at, next) => ((run.groups[2 * node.index + 1] ?? -1) >= 0 ? yes : no)(run, at, next);
    }
    default: {
      const { item, min, max, mode } = node;
      if (mode === 'possessive') return atomic(compile({ kind: 'repeat', item, min, max, mode: 'greedy' }));
      const [low, high] = widthOf(item);
      if (low === high && low > 0 && isSelfContained(item))
        return units(compile(item), low, min, max, mode === 'lazy');
      return loop(compile(item), min, max, mode === 'lazy');
    }
  }
}

function sequence(items: readonly Matcher[]): Matcher {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return only;
  return (run, at, next) => {
    const from = (index: number, place: number): Ending => {
      const item = items[index];
      return item === undefined ? next(place) : item(run, place, (end) => from(index + 1, end));
    };
    return from(0, at);
  };
}

/** Whether a part neither sets groups nor asks about them: then it matters only whether it matches. */
function isSelfContained(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.items.every(isSelfContained);
    case 'choice':
      return node.options.every(isSelfContained);
    case 'repeat':
    case 'atomic':
    case 'look':
      return isSelfContained(node.item);
    case 'char':
    case 'place':
      return true;
    default:
      return false;
  }
}

const identity = (end: number): number => end;

/** A part of fixed width over and over: no recursion however long the run. */
function units(item: Matcher, width: number, min: number, max: number, lazy: boolean): Matcher {
  return (run, at, next) => {
    const fits = (place: number): boolean => {
      run.step();
      return item(run, place, identity) >= 0;
    };
    let count = 0;
    while (count < (lazy ? min : max) && fits(at + count * width)) count++;
    if (count < min) return -1;
    if (!lazy) {
      for (; count >= min; count--) {
        run.step();
        const result = next(at + count * width);
        if (result >= 0) return result;
      }
      return -1;
    }
    for (;;) {
      const result = next(at + count * width);
      if (result >= 0) return result;
      if (count >= max || !fits(at + count * width)) return -1;
      count++;
    }
  };
}

function loop(item: Matcher, min: number, max: number, lazy: boolean): Matcher {
  return (run, at, next) => {
    const turn = (count: number, place: number): Ending => {
      run.step();
      const again = (): Ending =>
        count >= max
          ? -1
          : item(run, place, (end) => (end === place && count >= min ? -1 : turn(count + 1, end)));
      if (count < min) return again();
      if (lazy) {
        const result = next(place);
        return result >= 0 ? result : again();
      }
      const result = again();
      return result >= 0 ? result : next(place);
    };
    return turn(0, at);
  };
}

function group(index: number, item: Matcher): Matcher {
  return (run, at, next) => {
    const end = item(run, at, (stop) => {
      const before = [run.groups[2 * index] ?? -1, run.groups[2 * index + 1] ?? -1, run.last] as const;
      run.groups[2 * index] = at;
      run.groups[2 * index + 1] = stop;
      run.last = index;
      const result = next(stop);
      if (result < 0) {
        run.groups[2 * index] = before[0];
        run.groups[2 * index + 1] = before[1];
        run.last = before[2];
      }
      return result;
    });
    return end;
  };
}

function back(index: number, ignoreCase: boolean): Matcher {
  return (run, at, next) => {
    const [from, to] = [run.groups[2 * index] ?? -1, run.groups[2 * index + 1] ?? -1];
    if (to < 0) return -1;
    for (let offset = 0; offset < to - from; offset++) {
      run.step();
      const [a, b] = [run.subject[from + offset], run.subject[at + offset]];
      const same = a === b || (ignoreCase && a?.toLowerCase() === b?.toLowerCase());
      if (b === undefined || !same) return -1;
    }
    return next(at + to - from);
  };
}

function look(item: Matcher, negated: boolean, behind: number | undefined): Matcher {
  return (run, at, next) => {
    run.step();
    const begin = at - (behind ?? 0);
    const kept = [...run.groups];
    const { last } = run;
    const found =
      begin >= 0 && item(run, begin, (end) => (behind === undefined || end === at ? end : -1)) >= 0;
    if (found === negated) {
      run.groups = kept;
      run.last = last;
      return -1;
    }
    const result = next(at);
    if (result < 0) {
      run.groups = kept;
      run.last = last;
    }
    return result;
  };
}

function atomic(item: Matcher): Matcher {
  return (run, at, next) => {
    const kept = [...run.groups];
    const { last } = run;
    const end = item(run, at, (stop) => stop);
    const result = end < 0 ? -1 : next(end);
    if (result < 0) {
      run.groups = kept;
      run.last = last;
    }
    return result;
  };
}
