import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answer as answerQuery, judgeSuggestion } from '../api/marking.js';
import type { AnswerForMarking } from '../api/types.js';
import type { NamedEvidence } from '../evidence/highlights.js';
import { announce } from '../ui/announce.js';
import { nextUndecided, type Suggested } from './nextUndecided.js';

/** What is suggested for one item, and what a marker has said of it. */
export interface ItemSuggestion {
  readonly active: boolean;
  readonly decision: 'accepted' | 'rejected' | null;
  readonly look: () => void;
  readonly judge: (accepted: boolean) => void;
  readonly failed: boolean;
}

export interface Suggestions {
  of(item: string): ItemSuggestion | null;
  /** Goes to the next suggestion that nobody has decided on, and lights its sentence. */
  next(): void;
  /** Says whether the suggestion that is looked at is right, and goes on. */
  judge(accepted: boolean): void;
}

export function useSuggestions(
  answer: AnswerForMarking,
  items: readonly (readonly NamedEvidence[])[],
  show: (evidence: string) => void,
): Suggestions {
  const queryClient = useQueryClient();
  const [active, setActive] = useState<string | null>(null);
  const all = items.flatMap((evidence, at): Suggested[] => {
    const item = answer.proposal?.items[at]?.item;
    const found = evidence.find((each) => each.evidence.kind === 'suggestion');
    return item === undefined || found === undefined ? [] : [{ item, evidence: found.id }];
  });
  const decisions = new Map(answer.suggestions.map(({ item, accepted }) => [item, accepted]));

  const underWay = useRef(new Map<string, boolean>());
  const saving = useMutation({
    mutationFn: ({ item, accepted }: { item: string; accepted: boolean }) =>
      judgeSuggestion(answer.id, answer.proposalId ?? '', item, accepted),
    onSuccess: (saved) => {
      queryClient.setQueryData(answerQuery(answer.id).queryKey, (before) =>
        before === undefined
          ? before
          : {
              ...before,
              suggestions: [...before.suggestions.filter(({ item }) => item !== saved.item), saved],
            },
      );
    },
    onError: () => announce('The word on the suggestion was not kept'),
    onSettled: (_saved, _error, { item }) => underWay.current.delete(item),
  });

  const look = (suggested: Suggested | null): void => {
    setActive(suggested?.item ?? null);
    if (suggested !== null) show(suggested.evidence);
  };
  const judge = (item: string, accepted: boolean): void => {
    // The same button, pressed twice.
    if (underWay.current.get(item) === accepted) return;
    underWay.current.set(item, accepted);
    saving.mutate({ item, accepted });
    announce(accepted ? 'Suggestion accepted' : 'Suggestion rejected');
    look(nextUndecided(all, new Set([...decisions.keys(), item]), item));
  };
  return {
    of: (item) => {
      const suggested = all.find((each) => each.item === item);
      if (suggested === undefined) return null;
      const accepted = decisions.get(item);
      return {
        active: active === item,
        decision: accepted === undefined ? null : accepted ? 'accepted' : 'rejected',
        look: () => look(suggested),
        judge: (isRight) => judge(item, isRight),
        failed: saving.isError && saving.variables.item === item,
      };
    },
    next: () => look(nextUndecided(all, new Set(decisions.keys()), active)),
    judge: (accepted) => {
      if (active !== null) judge(active, accepted);
    },
  };
}
