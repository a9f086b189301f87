import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decideGroup } from '../api/groups.js';
import type { AnswerGroup } from '../api/types.js';
import { inMarks, readMarks, writeMarks } from '../text/marks.js';
import { RichText } from '../text/RichText.js';
import { announce } from '../ui/announce.js';
import { Icon } from '../ui/icons.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './groups.module.css';

interface GroupCardProps {
  exam: string;
  group: AnswerGroup;
  /** What was decided, in words. */
  onGiven: (says: string) => void;
}

/** One group: its answers, each of which can be taken out, and one decision for those that stay. */
export function GroupCard({ exam, group, onGiven }: GroupCardProps) {
  const queryClient = useQueryClient();
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [marks, setMarks] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const stay = group.answers.filter(({ answer }) => !out.has(answer));
  const absent = group.outcome === 'absent';
  const confirms = group.proposed !== null || absent;

  const deciding = useWrite({
    mutationFn: (action: 'confirm' | 'change') =>
      decideGroup(exam, {
        part: group.part,
        key: group.key,
        answers: stay.map(({ answer, proposal }) => ({ answer, proposal })),
        action,
        ...(action === 'change'
          ? { marks: writeMarks(readMarks(marks ?? '') ?? 0), reason: reason.trim() }
          : {}),
      }),
    onSuccess: async ({ marked, passed }) => {
      const says = `${count(marked.length, 'answer')} marked${passed.length === 0 ? '' : `, ${passed.length} passed over`}`;
      announce(says);
      if (marked.length > 0) onGiven(says);
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

  const typed = readMarks(marks ?? '');
  const sound =
    typed !== null && typed >= 0 && typed <= (readMarks(group.available) ?? 0) && reason.trim() !== '';

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
        {confirms && marks === null && (
          <Button
            onClick={() => deciding.mutate('confirm')}
            loading={deciding.isPending}
            disabled={stay.length === 0}
            leftSection={<Icon name="tick" size={16} />}
          >
            {absent
              ? `Confirm: no answer, 0 marks for ${stay.length}`
              : `Confirm ${inMarks(group.proposed ?? '')} for ${stay.length}`}
          </Button>
        )}
        {marks === null ? (
          <Button
            variant="default"
            onClick={() => setMarks(group.proposed ?? '')}
            disabled={stay.length === 0}
          >
            {confirms ? 'Give other marks' : 'Give marks'}
          </Button>
        ) : (
          <form
            className={classes.change}
            onSubmit={(event) => {
              event.preventDefault();
              if (sound && stay.length > 0) deciding.mutate('change');
            }}
          >
            <TextInput
              label={`Marks, of ${group.available}`}
              inputMode="decimal"
              value={marks}
              onChange={(event) => setMarks(event.currentTarget.value)}
              className={classes.marks}
            />
            <TextInput
              label="Reason"
              placeholder="The students read it"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              className={classes.reason}
            />
            <Button type="submit" loading={deciding.isPending} disabled={!sound || stay.length === 0}>
              Give to {stay.length}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setMarks(null)}>
              Cancel
            </Button>
          </form>
        )}
      </div>
    </Card>
  );
}
