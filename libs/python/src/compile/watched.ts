import { specialMethod } from '../operations/attributes.js';
import { truth } from '../operations/conversion.js';
import { isOpenAndEmpty, ofOpen } from '../operations/open-lists.js';
import { getIterator } from '../operations/iteration.js';
import { typeOf, unbox } from '../objects/classes.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { PyList, PyRange, PyTuple } from '../objects/containers.js';
import { PyRaise } from '../objects/exceptions.js';
import { PyObject } from '../objects/object.js';
import type { LoopWatch, PyValue, Runtime, Watcher } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import type { Span } from '../source/text.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { BREAK, NORMAL, RETURN } from './frame.js';
import type { Completion, Evaluate, Execute, Frame, Store } from './frame.js';
import { contentsFor, contentsNow, contentsOf, joinContents, putBack } from './arm-contents.js';
import { bindingsOf, rebind } from './bindings.js';
import type { Bindings } from './bindings.js';
import { beginWith, keepParting, statesFor, takeUntouched } from './parted.js';
import type { Condition } from './questions.js';
import { fillUp, leaveOpen, listsAmong } from './grown-lists.js';
import { joined, leaveGrown, varies } from './joined.js';
import { forgetTargets, isImport } from './failed-statements.js';
import { asksOfMachine } from './machine-guards.js';
import type { UndecidedLoop } from './undecided.js';

/** A test's truth; undefined where it is unknown. */
export function watchedTruth(rt: Runtime, value: PyValue): boolean | undefined {
  if (value instanceof PyUnknown) return undefined;
  if (!(value instanceof PyObject)) return truth(rt, value);
  const bool = specialMethod(rt, value, '__bool__') ?? specialMethod(rt, value, '__len__');
  if (bool === undefined) return true;
  const result = rt.call(bool, []);
  return result instanceof PyUnknown ? undefined : truth(rt, result);
}

type Ended =
  | { readonly kind: 'completed'; readonly completion: Completion; readonly result: PyValue }
  | { readonly kind: 'raised'; readonly raised: PyRaise };

function runArm(
  frame: Frame,
  watcher: Watcher,
  condition: Condition,
  holds: boolean,
  run: () => Completion,
): Ended {
  const leave = watcher.arm(frame.rt, condition.span, holds);
  try {
    const completion = run();
    return { kind: 'completed', completion, result: frame.result };
  } catch (thrown) {
    const raised = frame.rt.caught(thrown);
    if (raised === undefined) throw thrown;
    frame.rt.frame = frame;
    return { kind: 'raised', raised };
  } finally {
    leave();
  }
}

const goesOn = (ended: Ended): boolean => ended.kind === 'completed' && ended.completion === NORMAL;

/** Both arms of an unknown condition, one after the other from the same names and lists; the run goes on where either does. */
export function bothArms(
  frame: Frame,
  watcher: Watcher,
  condition: Condition,
  body: Execute,
  orElse: Execute,
): Completion {
  const { rt } = frame;
  const before = bindingsOf(frame);
  const parted = statesFor(frame, condition, before);
  const began = parted ?? ([before, before] as const);
  const held = contentsOf(before);
  const [holding, otherwise] = (parted && contentsFor(frame, condition, held)) ?? [held, held];
  if (parted !== undefined) beginWith(frame, began[0]);
  putBack(rt, holding);
  const first = runArm(frame, watcher, condition, true, () => body(frame));
  const afterFirst = bindingsOf(frame);
  const heldFirst = contentsNow(held);
  beginWith(frame, began[1]);
  putBack(rt, otherwise);
  const second = runArm(frame, watcher, condition, false, () => orElse(frame));
  if (goesOn(first)) {
    const afterSecond = bindingsOf(frame);
    if (goesOn(second)) {
      const arms = [heldFirst, contentsNow(held)] as const;
      rebind(frame, afterFirst, afterSecond, (a, b) => joined(rt, a, b));
      joinContents(frame, condition, held, arms, (a, b) => joined(rt, a, b) ?? null);
      if (parted !== undefined) takeUntouched(frame, before, began, [afterFirst, afterSecond]);
      keepParting(frame, condition, before, [afterFirst, afterSecond]);
    } else {
      rebind(frame, afterFirst, afterSecond, (a) => a);
      putBack(rt, heldFirst);
    }
    return NORMAL;
  }
  if (goesOn(second)) {
    if (first.kind === 'completed' && first.completion === RETURN)
      (frame.mayHaveGiven ??= []).push(first.result);
    return NORMAL;
  }
  if (first.kind === 'raised') {
    if (second.kind === 'raised') throw second.raised;
    return second.completion;
  }
  if (second.kind === 'raised' || first.completion !== second.completion) {
    putBack(rt, heldFirst);
    frame.result = first.result;
    return first.completion;
  }
  joinContents(frame, condition, held, [heldFirst, contentsNow(held)], (a, b) => joined(rt, a, b) ?? null);
  if (first.completion === RETURN) frame.result = joined(rt, first.result, second.result) ?? null;
  return first.completion;
}

/** `a if unknown else b` */
export function eitherValue(
  frame: Frame,
  watcher: Watcher,
  condition: Condition,
  body: Evaluate,
  orElse: Evaluate,
): PyValue {
  let first: PyValue | undefined;
  let second: PyValue | undefined;
  const before = bindingsOf(frame);
  const parted = statesFor(frame, condition, before);
  if (parted !== undefined) beginWith(frame, parted[0]);
  const one = runArm(frame, watcher, condition, true, () => {
    first = body(frame);
    return NORMAL;
  });
  if (parted !== undefined) beginWith(frame, parted[1]);
  runArm(frame, watcher, condition, false, () => {
    second = orElse(frame);
    return NORMAL;
  });
  if (parted !== undefined) beginWith(frame, before);
  const value = joined(frame.rt, first, second);
  if (value === undefined && one.kind === 'raised') throw one.raised;
  return value ?? null;
}

interface Part {
  readonly node: tree.Statement;
  readonly execute: Execute;
}

/** Statements one after another; after one that fails the watcher may have the run go on with the next. */
export function watchedBlock(
  c: Compiler,
  parts: readonly Part[],
): (frame: Frame, watcher: Watcher) => Completion {
  const { importsGuarded } = c;
  return (frame, watcher) => {
    for (const { node, execute } of parts) {
      try {
        const completion = execute(frame);
        if (completion !== NORMAL) return completion;
      } catch (thrown) {
        const raised = frame.rt.caught(thrown);
        if (raised === undefined) throw thrown;
        frame.rt.frame = frame;
        if (importsGuarded && isImport(node)) {
          // The program is prepared for it; what its handler leaves as it is may be there all the same.
          forgetTargets(c, node, frame, varies(frame.rt));
          throw raised;
        }
        if (!recovers(frame, watcher, raised) && !asksOfMachine(node)) throw raised;
        if (node.kind === 'Return') {
          frame.result = varies(frame.rt);
          return RETURN;
        }
        forgetTargets(c, node, frame, varies(frame.rt));
      }
    }
    return NORMAL;
  };
}

function recovers(frame: Frame, watcher: Watcher, { exception }: PyRaise): boolean {
  const [message] = exception.args;
  return watcher.recovers(
    frame.rt,
    exception,
    exception.cls.name,
    typeof message === 'string' ? message : '',
  );
}

interface ForParts {
  readonly span: Span;
  readonly store: Store;
  readonly body: Execute;
  readonly orElse: Execute;
  readonly undecided: UndecidedLoop;
}

/** Something that a loop goes over without its items being known is gone over twice. */
const TURNS_OF_UNKNOWN = 2;
/** A `while` whose condition stays true by itself. */
const MOST_TURNS = 10_000;

interface Turns {
  readonly span: Span;
  readonly body: Execute;
  readonly orElse: Execute;
  /** How the loop is left where it is not followed to its end. */
  readonly undecided: UndecidedLoop;
  readonly most: number;
  /** Begins a turn, the `last` one for all that are left; false where there is none. */
  begin(turn: number, last: boolean): boolean;
  /** How many turns there are in all, where that is known. */
  readonly count?: number | undefined;
  /** Whether it goes over what is not known, so that nobody knows how many. */
  readonly isOpen?: () => boolean;
}

/** The turns of a loop; the watcher may cut it short, and what changes from turn to turn is then unknown on the last. */
function goThrough(frame: Frame, watch: LoopWatch, turns: Turns): Completion {
  const { span, body, orElse, undecided, most, begin, count, isOpen } = turns;
  try {
    let last = false;
    let isCut = false;
    let afterFirst: Bindings | undefined;
    const before = bindingsOf(frame);
    const grown = isOpen === undefined || count !== undefined ? undefined : listsIn(frame);
    for (let turn = 0; turn < most; turn++) {
      const collected = last && count !== undefined ? listsIn(frame) : undefined;
      if (!begin(turn, last)) break;
      watch.turn(turn);
      const completion = body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
      frame.span = span;
      const verdict = watch.after(turn);
      if (verdict === 'forget') return undecided.tooLong(frame);
      if (collected !== undefined && count !== undefined) fillUp(collected, count - turn - 1);
      isCut = last || verdict === 'stop';
      if (last) break;
      if (turn === 0) afterFirst = bindingsOf(frame);
      if (verdict === 'on') continue;
      if (turn === 0) widen(frame, before);
      if (isCut) break;
      last = true;
    }
    const isOfAnyNumber = isOpen?.() === true;
    if (grown !== undefined && (isOfAnyNumber || isCut)) leaveOpen(grown);
    if (grown !== undefined && isOfAnyNumber) widen(frame, before);
    if (afterFirst !== undefined && (isOfAnyNumber || isCut)) leaveGrown(frame, afterFirst);
  } finally {
    watch.leave();
  }
  return orElse(frame);
}

function listsIn(frame: Frame): Map<PyList, number> {
  const { locals, cells, namespace } = bindingsOf(frame);
  return listsAmong([...locals, ...cells, ...(namespace?.values() ?? [])]);
}

function countOf(items: PyValue): number | undefined {
  if (items instanceof PyRange) return Number(items.length);
  if (items instanceof PyList && items.grownByUnknown) return undefined;
  return items instanceof PyTuple || items instanceof PyList ? items.items.length : undefined;
}

/** A `for` loop. */
export function watchedFor(
  frame: Frame,
  watcher: Watcher,
  items: PyValue,
  { span, store, body, orElse, undecided }: ForParts,
): Completion {
  const { rt } = frame;
  const { next, isOpen } = elements(rt, watcher, items);
  return goThrough(frame, watcher.loop(rt, span, items), {
    span,
    body,
    orElse,
    undecided,
    most: Infinity,
    count: countOf(items),
    isOpen,
    begin(turn, last) {
      const item = next(turn);
      if (item === undefined) return false;
      rt.step();
      store(frame, last ? widened(rt, items, item) : item);
      return true;
    },
  });
}

interface Elements {
  readonly next: (turn: number) => PyValue | undefined;
  /** Whether an unknown was met, or a list, of which nobody knows how many items it has. */
  readonly isOpen: () => boolean;
}

function elements(rt: Runtime, watcher: Watcher, items: PyValue): Elements {
  // A list that something unknown may have filled has items, or nobody would go over it.
  const given = isOpenAndEmpty(items) ? ofOpen(rt) : items;
  if (given instanceof PyUnknown)
    return {
      next: (turn) =>
        turn < TURNS_OF_UNKNOWN ? watcher.derived(rt, { kind: 'element', of: given }) : undefined,
      isOpen: () => true,
    };
  const iterator = getIterator(rt, items);
  let unknown: PyUnknown | undefined;
  const next = (turn: number): PyValue | undefined => {
    if (unknown === undefined) {
      try {
        return iterator.next(rt);
      } catch (thrown) {
        if (!(thrown instanceof UnknownNeeded)) throw thrown;
        ({ unknown } = thrown);
      }
    }
    return turn < TURNS_OF_UNKNOWN ? unknownItem(rt, watcher, items, unknown) : undefined;
  };
  const isOpenList = items instanceof PyList && items.grownByUnknown;
  return { next, isOpen: () => isOpenList || unknown !== undefined };
}

/** An item of something that goes over an unknown: numbered, passed on, or put together with others. */
function unknownItem(rt: Runtime, watcher: Watcher, items: PyValue, of: PyUnknown): PyValue {
  const kind = typeOf(items).name;
  if (kind === 'tqdm') return watcher.derived(rt, { kind: 'element', of });
  if (kind === 'enumerate') return new PyTuple([varies(rt), watcher.derived(rt, { kind: 'element', of })]);
  return varies(rt);
}

/** The item of a turn that stands for all that are left: counters are unknown. */
function widened(rt: Runtime, items: PyValue, item: PyValue): PyValue {
  if (typeof item === 'bigint' && (items instanceof PyRange || !(items instanceof PyList))) return varies(rt);
  if (item instanceof PyTuple && typeof item.items[0] === 'bigint' && !(items instanceof PyList))
    return new PyTuple([varies(rt), ...item.items.slice(1)]);
  return item;
}

/**
 * Numbers and truth values that the first turn has changed differ from turn to turn. An object that it has lost, as in
 * `losses = losses.append(x)`, is lost for the next one.
 */
function widen(frame: Frame, before: Bindings): void {
  const plain = (value: PyValue | undefined): boolean =>
    value === null || (value !== undefined && ['bigint', 'number', 'boolean'].includes(typeof unbox(value)));
  rebind(frame, before, bindingsOf(frame), (old, now) =>
    old !== undefined &&
    now !== undefined &&
    !Object.is(unbox(old), unbox(now)) &&
    plain(now) &&
    !(now === null && isObject(old))
      ? varies(frame.rt)
      : now,
  );
}

function isObject(value: PyValue): boolean {
  return value instanceof PyObject && !(value instanceof PyUnknown);
}

interface WhileParts {
  readonly span: Span;
  readonly condition: Evaluate;
  readonly body: Execute;
  readonly orElse: Execute;
  readonly undecided: UndecidedLoop;
}

/** A `while` loop, as a `for` loop; one whose condition is unknown is gone through twice. */
export function watchedWhile(
  frame: Frame,
  watcher: Watcher,
  { span, condition, body, orElse, undecided }: WhileParts,
): Completion {
  const { rt } = frame;
  let unknownTurns = 0;
  return goThrough(frame, watcher.loop(rt, span, undefined), {
    span,
    body,
    orElse,
    undecided,
    most: MOST_TURNS,
    isOpen: () => unknownTurns > 0,
    begin() {
      const holds = watchedTruth(rt, condition(frame));
      if (holds === false || (holds === undefined && ++unknownTurns > TURNS_OF_UNKNOWN)) return false;
      rt.step();
      return true;
    },
  });
}
