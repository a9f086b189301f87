import { useQueryClient } from '@tanstack/react-query';
import { answer as answerQuery, takeBackMark } from '../api/marking.js';
import type { AnswerForMarking } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { useWrite } from '../ui/useWrite.js';
import { noteTakenBack } from './noteMarked.js';
import { nameOf } from './useOutbox.js';

/** Takes back the mark that stands; to undo that is to mark again. */
export function useTakeBack(answer: AnswerForMarking, onDone: () => void) {
  const queryClient = useQueryClient();
  const { queryKey } = answerQuery(answer.id);
  return useWrite({
    mutationFn: (mark: string) => takeBackMark(answer.id, mark),
    onSuccess: (now) => {
      queryClient.setQueryData(queryKey, now);
      noteTakenBack(queryClient, now);
      announce(
        `${nameOf({ part: answer.part.key, candidate: answer.candidate })}: taken back, no mark stands`,
      );
      void queryClient.invalidateQueries({ queryKey: ['exams'] });
      void queryClient.invalidateQueries({ queryKey: ['groups', answer.exam] });
      onDone();
    },
    // Whatever it was, the mark that stands may be another by now.
    onError: () => void queryClient.invalidateQueries({ queryKey }),
  });
}

/** What two people came to is changed, never taken back. */
export const canTakeBack = ({ current, secondMarking }: AnswerForMarking): boolean =>
  current !== null && secondMarking !== 'in-moderation' && secondMarking !== 'settled';
