import { Button, Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decideGroup, withMarks } from '../api/groups.js';
import type { AnswerGroup, GroupDecision } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { RichText } from '../text/RichText.js';
import { announce } from '../ui/announce.js';
import { Icon } from '../ui/icons.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import type { Given } from './GroupGiven.js';
import { GroupMarksForm } from './GroupMarksForm.js';
import classes from './groups.module.css';
import { useFormInPlace } from './useFormInPlace.js';

interface GroupCardProps {
  exam: string;
  group: AnswerGroup;
  onGiven: (given: Given) => void;
}

/** One group: its answers, each of which can be taken out, and one decision for those that stay. */
export function GroupCard({ exam, group, onGiven }: GroupCardProps) {
  const queryClient = useQueryClient();
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const { isOpen, opener, open, close } = useFormInPlace();
  const stay = group.answers.filter(({ answer }) => !out.has(answer));
  const absent = group.outcome === 'absent';
  const confirms = group.proposed !== null || absent;

  const deciding = useWrite({
    mutationFn: (decision: Pick<GroupDecision, 'action' | 'marks' | 'reason'>) =>
      decideGroup(exam, {
        part: group.part,
        key: group.key,
        answers: stay.map(({ answer, proposal, mark }) => ({
          answer,
          proposal,
          ...(mark === null ? {} : { mark }),
        })),
        ...decision,
      }),
    onSuccess: async ({ marked, passed }, { marks: given }) => {
      const each = given ?? (absent ? '0' : (group.proposed ?? ''));
      const says = `${count(marked.length, 'answer')} marked with ${each} of ${group.available}${passed.length === 0 ? '' : `, ${passed.length} passed over`}`;
      announce(says);
      close();
      const answers = withMarks(stay, marked);
      if (answers.length > 0)
        onGiven({ part: group.part, key: group.key, available: group.available, answers, says });
      await queryClient.invalidateQueries({ queryKey: ['groups', exam] });
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
    },
  });

  function toggle(answer: string) {
    setOut((before) => {
      const after = new Set(before);
      if (!after.delete(answer)) after.add(answer);
      return after;
    });
  }

  return (
    <Card
      title={
        <>
          {count(group.answers.length, 'answer')}
          <span className={classes.says}>{group.says}</span>
        </>
      }
    >
      <ul className={classes.answers}>
        {group.answers.map(({ answer, candidate, text, heldBy }) => (
          <li key={answer} data-out={out.has(answer) || undefined}>
            <Checkbox
              checked={!out.has(answer)}
              onChange={() => toggle(answer)}
              label={candidate}
              description={heldBy === null ? undefined : `${heldBy} has it open`}
            />
            <div className={classes.text}>
              {text.trim() === '' ? <em>No answer was given</em> : <RichText text={text} />}
            </div>
          </li>
        ))}
      </ul>
      {deciding.error !== null && <Problem error={deciding.error} what="Nothing was marked" />}
      {deciding.data !== undefined && deciding.data.passed.length > 0 && (
        <Notice tone="unsure" title={`${count(deciding.data.passed.length, 'answer')} passed over`}>
          {deciding.data.passed[0]?.why}
        </Notice>
      )}
      <div className={classes.decision}>
        {confirms && !isOpen && (
          <Button
            onClick={() => deciding.mutate({ action: 'confirm' })}
            loading={deciding.isPending}
            disabled={stay.length === 0}
            leftSection={<Icon name="tick" size={16} />}
          >
            {absent
              ? `Confirm: no answer, 0 marks for ${stay.length}`
              : `Confirm ${inMarks(group.proposed ?? '')} for ${stay.length}`}
          </Button>
        )}
        {!isOpen ? (
          <Button ref={opener} variant="default" onClick={open} disabled={stay.length === 0}>
            {confirms ? 'Give other marks' : 'Give marks'}
          </Button>
        ) : (
          <GroupMarksForm
            available={group.available}
            marks={group.proposed ?? ''}
            of={stay.length}
            busy={deciding.isPending}
            onGive={(given, reason) => deciding.mutate({ action: 'change', marks: given, reason })}
            onCancel={close}
          />
        )}
      </div>
    </Card>
  );
}
