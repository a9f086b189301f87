import { useEffect, useState } from 'react';
import type { ProblemError } from '../api/problem.js';
import type { AnswerForMarking, NewMark } from '../api/types.js';
import { warnOnLeaving } from '../session/leaving.js';
import { compare } from './comparison.js';
import {
  changeOf,
  complaintsOf,
  draftOf,
  isSound,
  keepDraft,
  keptDraft,
  linesOf,
  seenIn,
  toggled,
  type Complaints,
  type Draft,
} from './draft.js';
import { lastGivenIn, noteGiven } from './lastGiven.js';
import { isReturned, isUnderWay, isUnsaved, type Save } from './saves.js';
import { useOutbox, useSaves } from './useOutbox.js';

export interface Decision {
  /** Null while the marker only looks. */
  readonly draft: Draft | null;
  readonly complaints: Complaints | null;
  /** How often giving was tried: from the first time on, complaints are due. */
  readonly tries: number;
  /** What was decided and is being saved, or will be once the server can be reached. */
  readonly given: Save | null;
  /** Why the server refused what was decided. */
  readonly problem: ProblemError | null;
  /** The decision that was refused because somebody else had decided meanwhile. */
  readonly conflict: Save | null;
  /** Another mark stands than when the draft was begun: what is saved now goes on top of it. */
  readonly meanwhile: boolean;
  /** The machine proposed something else meanwhile; nothing was saved, and the new proposal is on the screen. */
  readonly overtaken: boolean;
  readonly canConfirm: boolean;
  /** Whether the fields take the focus: not while items are applied by their keys. */
  readonly typing: boolean;
  confirm(): void;
  begin(how?: 'typing' | 'keys'): void;
  /** Applies the item of that place in the scheme, or takes it back. */
  toggle(at: number): void;
  /** Begins with what this marker gave last in the same part; false where there is nothing of it. */
  repeat(): boolean;
  edit(change: Partial<Draft>): void;
  cancel(): void;
  save(): void;
  /** What waits to be sent is taken up again. */
  takeBack(): void;
  tryAgain(): void;
  /** After a conflict: mine on top of theirs, or theirs. */
  insist(reason: string): void;
  yield(): void;
}

/**
 * A marker's decision on one answer, from looking to given. It is saved while the marker goes on; whatever fails comes
 * back to its answer with what was typed.
 */
export function useDecision(answer: AnswerForMarking, person: string, onGiven: () => void): Decision {
  const outbox = useOutbox();
  const save = useSaves().find((each) => each.answer === answer.id) ?? null;
  const [typed, setTyped] = useState<Draft | null>(() => keptDraft(person, answer.id));
  const [tries, setTries] = useState(0);
  const [typing, setTyping] = useState(true);

  const given = save !== null && isUnderWay(save) ? save : null;
  const conflict = save?.state.kind === 'conflict' ? save : null;
  const returned = save !== null && isReturned(save) ? save : null;
  /** Nothing else is to be decided meanwhile. */
  const settled = given === null && conflict === null;

  const draft = settled ? (typed ?? returned?.draft ?? null) : null;
  const lines = linesOf(answer);
  const complaints = draft === null ? null : complaintsOf(draft, answer);

  useEffect(() => {
    const kept = keepDraft(person, answer.id, typed);
    warnOnLeaving('draft', !kept && typed !== null);
    return () => warnOnLeaving('draft', false);
  }, [person, answer.id, typed]);

  const stands = answer.expectedCurrent;
  const begun = (now: Draft): Draft => ({ ...now, on: stands });

  const canConfirm =
    (answer.proposal?.outcome === 'proposed' || answer.proposal?.outcome === 'absent') &&
    answer.current === null &&
    draft === null &&
    settled;

  function give(mark: NewMark, of: Draft | null, marks: string) {
    outbox.give({
      answer: answer.id,
      exam: answer.exam,
      part: answer.part.key,
      candidate: answer.candidate,
      marks,
      available: answer.part.marks,
      mark,
      draft: of,
      hidden: answer.hidden,
      seen: [...answer.history, answer.current, answer.second].flatMap((each) => each?.id ?? []),
    });
    setTyped(null);
    // At once: this may be the last that is drawn of it.
    keepDraft(person, answer.id, null);
    setTries(0);
    compare(null);
    onGiven();
  }

  return {
    draft,
    complaints,
    tries,
    given,
    problem: returned?.state.kind === 'refused' ? returned.state.problem : null,
    conflict,
    meanwhile: draft?.on !== undefined && draft.on !== stands,
    overtaken: returned?.state.kind === 'overtaken',
    canConfirm,
    typing,
    confirm() {
      if (canConfirm) give({ action: 'confirm', ...seenIn(answer) }, null, answer.proposal?.marks ?? '0');
    },
    begin(how = 'typing') {
      if (draft !== null || !settled) return;
      setTyping(how === 'typing');
      setTyped(begun(draftOf(answer, how)));
    },
    toggle(at) {
      const line = lines[at];
      if (line === undefined || !settled) return;
      if (draft === null) setTyping(false);
      setTyped((before) => toggled(before ?? draft ?? begun(draftOf(answer, 'keys')), line));
    },
    repeat() {
      const last = lastGivenIn(answer);
      if (last === null || !settled) return false;
      setTyping(false);
      setTyped(begun(last));
      return true;
    },
    edit(change) {
      setTyped((before) => {
        const now = before ?? draft;
        return now === null ? null : { ...now, ...change };
      });
    },
    cancel() {
      setTyped(null);
      setTries(0);
      if (returned !== null) outbox.drop(answer.id);
    },
    save() {
      if (draft === null || complaints === null) return;
      setTries((before) => before + 1);
      if (!isSound(complaints)) return;
      noteGiven(answer, draft);
      const mark = changeOf(draft, lines, answer.part, seenIn(answer));
      give(mark, draft, mark.marks ?? '0');
    },
    takeBack() {
      if (given === null || !isUnsaved(given)) return;
      outbox.drop(answer.id);
      setTyped(given.draft);
    },
    tryAgain: () => outbox.tryAgain(),
    insist(reason) {
      if (conflict !== null)
        give({ ...conflict.mark, ...seenIn(answer), reason }, conflict.draft, conflict.marks);
    },
    yield() {
      outbox.drop(answer.id);
      setTyped(null);
      setTries(0);
    },
  };
}
