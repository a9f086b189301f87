import { PyUnknown } from '@tensormark/python';
import type { PyValue, Span } from '@tensormark/python';
import { LoaderObject } from '../torch/modules/data.js';
import type { Loop, Turn } from './moment.js';

/** A loop that trains without going over a loader is run twice; one that only calls networks a few times more. */
export const TURNS_WITH_NETWORKS = 2;
/** `while True` that only an unknown condition ends, and that does none of this, is run so often. */
export const TURNS_UNTIL_UNKNOWN = 8;

/** A loop over what is not known, and by its name is a loader. */
const OVER_LOADER = /^for\b[^\n]*?\bin\b[^\n]*?(\b(\w+\.)?\w*(loader|_dl)\b(?!\.|s)|\bdata_?loaders\[)/i;

/** A loop that the program has written, before its first turn; over `items`, or as long as a condition holds. */
export function writtenLoop(id: number, span: Span, items: PyValue | undefined): Loop {
  const isLoader = items instanceof LoaderObject;
  const isUnknown = items instanceof PyUnknown;
  return {
    id,
    span,
    kind: items === undefined ? 'while' : 'for',
    overLoader: isLoader || (isUnknown && OVER_LOADER.test(span.text)),
    turns: 0,
    cut: isUnknown || isLoader,
  };
}

/** The two turns that stand for all calls of a step of training. */
export function repeatedStep(id: number, span: Span): Loop {
  return { id, span, kind: 'calls', overLoader: false, turns: 2, cut: true };
}

/** `while True`: only something in it ends it. */
export function isEndless({ text }: Span): boolean {
  return /^while\s*\(?\s*(True|1)\b/.test(text);
}

/** Whether a function calls itself in a loop of its own over what is not known: for each child of a network, whatever there is. */
export function isForAnyNumber(turn: Turn | undefined, { start, end, source }: Span): boolean {
  const loop = turn?.loop;
  if (loop?.cut !== true || loop.span.source !== source) return false;
  return loop.span.start > start && loop.span.end <= end;
}

/** Which loops have been gone through in which turns of the loops around them. */
export class GoneThrough {
  readonly #firstTurns = new WeakMap<Loop, Map<Span, number>>();

  /** Whether the loop that stands there was gone through in an earlier turn of one around it. */
  before(span: Span, outer: Turn | undefined): boolean {
    for (let turn = outer; turn !== undefined; turn = turn.outer) {
      const first = this.#firstTurns.get(turn.loop)?.get(span);
      if (first !== undefined && first < turn.index) return true;
    }
    return false;
  }

  add(span: Span, outer: Turn | undefined): void {
    for (let turn = outer; turn !== undefined; turn = turn.outer) {
      let firsts = this.#firstTurns.get(turn.loop);
      if (firsts === undefined) this.#firstTurns.set(turn.loop, (firsts = new Map()));
      if (!firsts.has(span)) firsts.set(span, turn.index);
    }
  }
}
