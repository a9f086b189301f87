import { UnknownNeeded } from '../objects/iterators.js';
import type { PyIterator } from '../objects/iterators.js';
import type { PyValue } from '../objects/object.js';
import { PyUnknown, unknownArising } from '../objects/unknown.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { compileForgetting } from './forgetting.js';
import type { Forget } from './forgetting.js';
import { BREAK, NORMAL } from './frame.js';
import type { Completion, Frame } from './frame.js';
import { effectsOf } from './writes.js';

/** After so many turns a loop that may have been left is taken for left. */
const MOST_TURNS = 100;

/** What becomes of a frame where an `if` hangs on an unknown; gives which way is to be taken, if one is. */
export type UndecidedIf = (frame: Frame, unknown: PyUnknown) => Completion | 'body' | 'else';

/**
 * An `if` nobody can decide. Guessing, the test does not hold (unless an exception would be raised then), and what else would not exist is made unknown; forgetting,
 * neither way is taken and all that either changes is made unknown.
 */
export function compileUndecidedIf(c: Compiler, node: tree.If): UndecidedIf {
  let compiled: UndecidedIf | undefined;
  return (frame, unknown) => {
    compiled ??= undecidedIf(c, node);
    return compiled(frame, unknown);
  };
}

function undecidedIf(c: Compiler, node: tree.If): UndecidedIf {
  const blocks = [node.body, node.orElse].filter((block) => block.length > 0);
  const forgetBody = compileForgetting(c, node.body);
  const forgetElse = compileForgetting(c, ...blocks.slice(1));
  const forgetAll = compileForgetting(c, ...blocks);
  return (frame, unknown) => {
    const { rt } = frame;
    rt.note('unknown-branch', `taken as false, because it is unknown: ${unknown.reason}`);
    const effects = blocks.map(effectsOf);
    if (effects.some(({ leavesLoop }) => leavesLoop)) frame.leavingLoop ??= unknown;
    if (effects.some(({ returns }) => returns)) frame.mayHaveReturned++;
    if (rt.undecided === 'guess') {
      unknown.weighed = true;
      frame.guessed ??= unknown;
      if (raises(node.orElse)) {
        forgetElse(frame, unknown, 'missing');
        return 'body';
      }
      forgetBody(frame, unknown, 'missing');
      return 'else';
    }
    forgetAll(frame, unknown, 'changed');
    if (effects.some(({ returns, yields }) => returns || yields)) frame.unsettled ??= unknown;
    return frame.leavingLoop === undefined ? NORMAL : BREAK;
  };
}

/** Whether statements end in an exception of their own. */
function raises(body: readonly tree.Statement[]): boolean {
  return body.at(-1)?.kind === 'Raise';
}

/** Which turn of a loop is over. */
export interface Turn {
  readonly count: number;
  /** How often the frame may have returned before the loop. */
  readonly returnedBefore: number;
  /** Whether nothing but leaving it ends the loop. */
  readonly endless: boolean;
}

/** Where a loop's patience ends: the steps that must be left. */
export function patienceOf({ rt }: Frame): number {
  return rt.fuel - rt.patience;
}

/** Whether a loop may have been left in the turn that is over, as far as nobody knows. */
export function mayBeOver(frame: Frame, returnedBefore: number): boolean {
  return frame.leavingLoop !== undefined || frame.mayHaveReturned !== returnedBefore;
}

/** What a loop does where it cannot be known how often it runs. */
export class UndecidedLoop {
  readonly #c: Compiler;
  readonly #node: tree.For | tree.While;
  #forget: Forget | undefined = undefined;

  constructor(c: Compiler, node: tree.For | tree.While) {
    this.#c = c;
    this.#node = node;
  }

  /** It goes over an unknown, or goes on while an unknown holds. */
  unknown(frame: Frame, unknown: PyUnknown): void {
    frame.rt.note('unknown-loop', `not run, because what it goes over is unknown: ${unknown.reason}`);
    this.#settle(frame, unknown);
  }

  /** It takes too long to be followed to its end. */
  tooLong(frame: Frame): Completion {
    const unknown = unknownArising(frame.rt, 'what a loop comes to that takes too long to be followed');
    frame.rt.note('unknown-loop', 'not followed to its end, which would take too long');
    this.#settle(frame, unknown);
    return NORMAL;
  }

  /** After a turn: whether it must be taken for left, because nobody knows whether it was. */
  left(frame: Frame, { count, returnedBefore, endless }: Turn): boolean {
    const { leavingLoop, mayHaveReturned, guessed } = frame;
    const why = leavingLoop ?? (mayHaveReturned > returnedBefore ? (frame.unsettled ?? guessed) : undefined);
    if (why === undefined) return false;
    if (frame.rt.undecided === 'guess' && !endless && count < MOST_TURNS) return false;
    frame.leavingLoop = undefined;
    this.#settle(frame, why);
    return true;
  }

  #settle(frame: Frame, unknown: PyUnknown): void {
    const { rt } = frame;
    const node = this.#node;
    if (rt.undecided === 'guess') unknown.weighed = true;
    this.#forget ??= compileForgetting(
      this.#c,
      ...[loopAsStatements(node), node.orElse].filter((block) => block.length > 0),
    );
    this.#forget(frame, unknown, 'changed');
    const { returns, yields } = effectsOf(node.body);
    if (yields || (returns && rt.undecided === 'forget')) frame.unsettled ??= unknown;
  }
}

/** A loop's target is bound by it too. */
function loopAsStatements(node: tree.For | tree.While): readonly tree.Statement[] {
  return node.kind === 'While' ? node.body : [{ ...node, orElse: [] }];
}

/** The next item; the unknown where nobody knows the items. */
export function nextItem(
  frame: Frame,
  iterator: Pick<PyIterator, 'next'>,
): { readonly item: PyValue | undefined; readonly unknown?: PyUnknown } {
  try {
    return { item: iterator.next(frame.rt) };
  } catch (thrown) {
    if (thrown instanceof UnknownNeeded) return { item: undefined, unknown: thrown.unknown };
    throw thrown;
  }
}
