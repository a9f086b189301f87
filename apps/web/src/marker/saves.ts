import type { ProblemError } from '../api/problem.js';
import type { NewMark } from '../api/types.js';
import { isDraft, type Draft } from './draft.js';

/** A decision that a marker has made, and all that is needed to save it, to show it, and to take it up again. */
export interface Given {
  readonly answer: string;
  readonly exam: string;
  readonly part: string;
  readonly candidate: string;
  /** What it gives, of how much. */
  readonly marks: string;
  readonly available: string;
  readonly mark: NewMark;
  /** As it was typed; null for a proposal that was confirmed. */
  readonly draft: Draft | null;
  /** The machine's proposal was kept back until then. */
  readonly hidden?: boolean;
  /** The marks that were there when it was made. */
  readonly seen: readonly string[];
}

export interface Save extends Given {
  readonly state: SaveState;
  /** A try has failed, so that it waits while it is sent again. */
  readonly tried: boolean;
  /** An earlier try may have arrived although no answer came back. */
  readonly uncertain: boolean;
}

export type SaveState =
  | { readonly kind: 'saving' }
  /** It is there; the pages learn of it. */
  | { readonly kind: 'saved' }
  /** Sent again by itself, once the server can be reached or the marker has signed in. */
  | { readonly kind: 'waiting'; readonly why: 'unreachable' | 'signed-out' }
  /** Somebody else had marked meanwhile. */
  | { readonly kind: 'conflict' }
  /** The machine proposed something else meanwhile. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'refused'; readonly problem: ProblemError };

/** Statuses that say nothing of the mark: the same is sent again later. */
const PASSING = new Set([0, 429, 502, 503, 504]);

/** What a failed try leaves a decision in. */
export function stateAfter(problem: ProblemError): SaveState {
  if (problem.status === 401) return { kind: 'waiting', why: 'signed-out' };
  if (PASSING.has(problem.status)) return { kind: 'waiting', why: 'unreachable' };
  if (problem.status === 409 && hasMember(problem, 'proposalId')) return { kind: 'overtaken' };
  if (problem.status === 409 && hasMember(problem, 'current')) return { kind: 'conflict' };
  return { kind: 'refused', problem };
}

function hasMember({ body }: ProblemError, name: string): boolean {
  return typeof body === 'object' && body !== null && name in body;
}

/** Whether the marker is told that it is not saved: not while the first try is under way. */
export const isUnsaved = ({ state, tried }: Save): boolean =>
  state.kind !== 'saved' && (state.kind !== 'saving' || tried);

/** Under way, by itself: nothing is asked of the marker. */
export const isUnderWay = ({ state }: Save): boolean =>
  state.kind === 'saving' || state.kind === 'saved' || state.kind === 'waiting';

/** Where the marker is to look at it again, and may type. */
export const isReturned = ({ state }: Save): boolean =>
  state.kind === 'refused' || state.kind === 'overtaken';

/** Why a decision is not saved, in a sentence; null where it is, or may well be at once. */
export function whyUnsaved({ state, tried }: Save): string | null {
  switch (state.kind) {
    case 'saving':
      return tried ? 'It is being sent again.' : null;
    case 'saved':
      return null;
    case 'waiting':
      return state.why === 'signed-out'
        ? 'You are signed out. It is sent once you have signed in.'
        : 'The server cannot be reached. It is sent once it can.';
    case 'conflict':
      return 'Somebody else marked this answer meanwhile, or took its mark back.';
    case 'overtaken':
      return 'The machine’s proposal changed meanwhile.';
    case 'refused':
      return `${state.problem.title}.`;
  }
}

/** A decision as it was kept; null for anything else. */
export function readGiven(kept: string): Given | null {
  try {
    const value: unknown = JSON.parse(kept);
    return isGiven(value) ? value : null;
  } catch {
    return null;
  }
}

const WORDS = ['answer', 'exam', 'part', 'candidate', 'marks', 'available'] as const;

function isGiven(value: unknown): value is Given {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<string, unknown>> = { ...value };
  const { mark, draft, seen } = fields;
  return (
    WORDS.every((name) => typeof fields[name] === 'string') &&
    isMark(mark) &&
    (draft === null || isDraft(draft)) &&
    Array.isArray(seen) &&
    seen.every((id) => typeof id === 'string')
  );
}

/** The server looks at the rest. */
function isMark(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('action' in value)) return false;
  return (value.action === 'confirm' || value.action === 'change') && 'expectedCurrent' in value;
}
