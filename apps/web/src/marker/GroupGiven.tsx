import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { decideGroup, withMarks } from '../api/groups.js';
import type { GroupDecision } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { GroupMarksForm } from './GroupMarksForm.js';
import classes from './groups.module.css';

/** What one decision gave several answers. */
export interface Given {
  readonly part: string;
  readonly key: string;
  readonly available: string;
  readonly answers: GroupDecision['answers'];
  readonly says: string;
}

interface GroupGivenProps {
  exam: string;
  given: Given;
  onChanged: (given: Given) => void;
}

/** A decision on a group that was made here, which another one can take the place of: for all of them at once. */
export function GroupGiven({ exam, given, onChanged }: GroupGivenProps) {
  const queryClient = useQueryClient();
  const [form, setForm] = useState<'not yet' | 'open' | 'closed'>('not yet');
  const { part, key, available, answers, says } = given;
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (form === 'closed') opener.current?.focus();
  }, [form]);
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
      setForm('closed');
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
    },
  });
  return (
    <Notice tone="final" title={says}>
      {form === 'open' ? (
        <GroupMarksForm
          available={available}
          marks=""
          of={answers.length}
          busy={changing.isPending}
          onGive={(marks, reason) => changing.mutate({ marks, reason })}
          onCancel={() => setForm('closed')}
        />
      ) : (
        <p className={classes.mistake}>
          Given by mistake?{' '}
          {answers.length > 0 && (
            <Button size="compact-sm" variant="default" ref={opener} onClick={() => setForm('open')}>
              Give all {answers.length} other marks
            </Button>
          )}{' '}
          <Link to="/marking/$exam" params={{ exam }} search={{ part, state: 'marked' }}>
            Look through what is marked
          </Link>
        </p>
      )}
      {changing.error !== null && <Problem error={changing.error} what="Nothing was changed" />}
    </Notice>
  );
}
