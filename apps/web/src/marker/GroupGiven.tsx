import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { decideGroup, type MarkedInGroup, takeBackGroup, withMarks } from '../api/groups.js';
import { announce } from '../ui/announce.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { GroupMarksForm } from './GroupMarksForm.js';
import classes from './groups.module.css';
import { useFormInPlace } from './useFormInPlace.js';

/** What one decision gave several answers. */
export interface Given {
  readonly part: string;
  readonly key: string;
  readonly available: string;
  /** Empty once all of it was taken back. */
  readonly answers: readonly MarkedInGroup[];
  readonly says: string;
}

interface GroupGivenProps {
  exam: string;
  given: Given;
  onChanged: (given: Given) => void;
}

/** A decision on a group that was made here, which another one can take the place of, or that is taken back: for all at once. */
export function GroupGiven({ exam, given, onChanged }: GroupGivenProps) {
  const queryClient = useQueryClient();
  const { isOpen, opener, open, close } = useFormInPlace();
  const { part, key, available, answers, says } = given;
  const changing = useWrite({
    mutationFn: ({ marks, reason }: { marks: string; reason: string }) =>
      decideGroup(exam, { part, key, answers: [...answers], action: 'change', marks, reason }),
    onSuccess: async ({ marked, passed }, { marks }) => {
      const changed = `${count(marked.length, 'answer')} changed to ${marks}`;
      const left = passed.length === 0 ? '' : `; ${passed.length} left as somebody has decided since`;
      announce(`${changed}${left}`);
      onChanged({
        ...given,
        says: `${changed}${left}`,
        answers: withMarks(answers, marked),
      });
      close();
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
    },
  });
  const takingBack = useWrite({
    mutationFn: () => takeBackGroup(exam, part, answers),
    onSuccess: async ({ withdrawn, passed }) => {
      const back = `${count(withdrawn.length, 'answer')} taken back: no mark stands`;
      const left = passed.length === 0 ? '' : `; ${passed.length} left as they are. ${passed[0]?.why ?? ''}`;
      announce(`${back}${left}`);
      onChanged({
        ...given,
        says: `${back}${left}`,
        answers: withdrawn.length === 0 ? answers : [],
      });
      for (const answer of withdrawn) void queryClient.invalidateQueries({ queryKey: ['answer', answer] });
      await queryClient.invalidateQueries({ queryKey: ['groups', exam] });
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
      await queryClient.invalidateQueries({ queryKey: ['exams'] });
    },
  });
  return (
    <Notice tone="final" title={says}>
      {answers.length === 0 ? null : isOpen ? (
        <GroupMarksForm
          available={available}
          marks=""
          of={answers.length}
          busy={changing.isPending}
          onGive={(marks, reason) => changing.mutate({ marks, reason })}
          onCancel={close}
        />
      ) : (
        <p className={classes.mistake}>
          Given by mistake?{' '}
          <Button size="compact-sm" variant="default" ref={opener} onClick={open}>
            Give all {answers.length} other marks
          </Button>{' '}
          <Button
            size="compact-sm"
            variant="default"
            loading={takingBack.isPending}
            onClick={() => takingBack.mutate()}
          >
            Take all {answers.length} back
          </Button>{' '}
          <Link to="/marking/$exam" params={{ exam }} search={{ part, state: 'marked' }}>
            Look through what is marked
          </Link>
        </p>
      )}
      {changing.error !== null && <Problem error={changing.error} what="Nothing was changed" />}
      {takingBack.error !== null && <Problem error={takingBack.error} what="Not all was taken back" />}
    </Notice>
  );
}
