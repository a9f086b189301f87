import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer as answerQuery, decide } from '../api/marking.js';
import { ProblemError } from '../api/problem.js';
import type { AnswerForMarking, Mark, NewMark, QueueEntry } from '../api/types.js';
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

export interface Decision {
  /** Null while the marker only looks. */
  readonly draft: Draft | null;
  readonly complaints: Complaints | null;
  /** How often saving was tried: from the first time on, complaints are due. */
  readonly tries: number;
  readonly saving: boolean;
  /** What went wrong with saving, other than a conflict. */
  readonly problem: ProblemError | null;
  /** The decision that was refused because somebody else had decided meanwhile. */
  readonly conflict: NewMark | null;
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
  /** After a conflict: mine on top of theirs, or theirs. */
  insist(reason: string): void;
  yield(): void;
}

/** A marker's decision on one answer, from looking to saved. Whatever fails, what was typed stays. */
export function useDecision(answer: AnswerForMarking, onSaved: (mark: Mark) => void): Decision {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft | null>(() => keptDraft(answer.id));
  const [tries, setTries] = useState(0);
  const [conflict, setConflict] = useState<NewMark | null>(null);
  const [overtaken, setOvertaken] = useState(false);
  const lines = linesOf(answer);
  const [typing, setTyping] = useState(true);
  const complaints = draft === null ? null : complaintsOf(draft, answer);

  useEffect(() => keepDraft(answer.id, draft), [answer.id, draft]);

  const sending = useMutation({
    mutationFn: (mark: NewMark) => decide(answer.id, mark),
    onMutate: () => setOvertaken(false),
    onSuccess: (mark) => {
      setDraft(null);
      keepDraft(answer.id, null);
      setConflict(null);
      setTries(0);
      noteInQueues(answer.id);
      void queryClient.invalidateQueries({ queryKey: answerQuery(answer.id).queryKey });
      void queryClient.invalidateQueries({ queryKey: ['exams'] });
      onSaved(mark);
    },
    onError: (error, mark) => {
      if (!(error instanceof ProblemError) || error.status !== 409) return;
      if (isOfProposal(error)) setOvertaken(true);
      else setConflict(mark);
      void queryClient.invalidateQueries({ queryKey: answerQuery(answer.id).queryKey });
    },
  });

  /** The queues at hand keep their order, so that one can go back; only the entry's state changes. */
  function noteInQueues(id: string) {
    queryClient.setQueriesData<QueueEntry[]>({ queryKey: ['queue'] }, (entries) =>
      entries?.map((entry) => (entry.answer === id ? { ...entry, state: 'marked' as const } : entry)),
    );
  }

  const canConfirm =
    (answer.proposal?.outcome === 'proposed' || answer.proposal?.outcome === 'absent') &&
    answer.current === null &&
    draft === null &&
    conflict === null;
  const failure =
    sending.error instanceof ProblemError && sending.error.status !== 409 ? sending.error : null;

  return {
    draft,
    complaints,
    tries,
    saving: sending.isPending,
    problem: failure,
    conflict,
    overtaken,
    canConfirm,
    typing,
    confirm() {
      if (canConfirm && !sending.isPending) sending.mutate({ action: 'confirm', ...seenIn(answer) });
    },
    begin(how = 'typing') {
      if (draft !== null || conflict !== null) return;
      setTyping(how === 'typing');
      setDraft(draftOf(answer, how));
    },
    toggle(at) {
      const line = lines[at];
      if (line === undefined || conflict !== null) return;
      if (draft === null) setTyping(false);
      setDraft((before) => toggled(before ?? draftOf(answer, 'keys'), line));
    },
    repeat() {
      const last = lastGivenIn(answer);
      if (last === null || conflict !== null) return false;
      setTyping(false);
      setDraft(last);
      return true;
    },
    edit(change) {
      setDraft((before) => (before === null ? before : { ...before, ...change }));
    },
    cancel() {
      setDraft(null);
      setTries(0);
      sending.reset();
    },
    save() {
      if (draft === null || complaints === null || sending.isPending) return;
      setTries((before) => before + 1);
      if (!isSound(complaints)) return;
      noteGiven(answer, draft);
      sending.mutate(changeOf(draft, lines, answer.part, seenIn(answer)));
    },
    insist(reason) {
      if (conflict !== null) sending.mutate({ ...conflict, ...seenIn(answer), reason });
    },
    yield() {
      setConflict(null);
      setDraft(null);
      setTries(0);
      sending.reset();
    },
  };
}

/** Whether it is the proposal that has changed, and not somebody who has marked. */
function isOfProposal({ body }: ProblemError): boolean {
  return typeof body === 'object' && body !== null && 'proposalId' in body;
}
