import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { confirmSplit } from '../api/submissions.js';
import type { Split } from '../api/types.js';
import { Problem } from '../ui/Notice.js';
import { fullTime, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { blocksOf, piecesOf } from './blocks.js';
import classes from './splitting.module.css';

interface SplitBarProps {
  submission: string;
  split: Split;
  onChange: () => void;
}

/** Who has confirmed how the document is cut, and, to whom it is given to, the ways to confirm or change it. */
export function SplitBar({ submission, split, onChange }: SplitBarProps) {
  const queryClient = useQueryClient();
  const { confirmed, yours, until } = split;
  const confirming = useWrite({
    mutationFn: () =>
      confirmSplit(submission, {
        document: split.document,
        after: confirmed?.number ?? 0,
        pieces: piecesOf(blocksOf(split, 0)),
      }),
    onSuccess: (now) => queryClient.setQueryData(['submission', submission], now),
  });
  return (
    <>
      <div className={classes.bar}>
        <p>
          {confirmed === null
            ? 'Nobody has confirmed yet that each answer is in its place.'
            : `Confirmed by ${confirmed.by === 'student' ? 'the student' : 'a marker'}, ${shortTime(confirmed.at)}.`}
          {yours && until !== null && ` You can change it until ${fullTime(until)}.`}
        </p>
        {yours && confirmed === null && (
          <Button size="xs" loading={confirming.isPending} onClick={() => confirming.mutate()}>
            Confirm that this is right
          </Button>
        )}
        {yours && (
          <Button size="xs" variant="default" onClick={onChange}>
            Move or name answers
          </Button>
        )}
      </div>
      {confirming.error !== null && <Problem error={confirming.error} what="This was not confirmed" />}
    </>
  );
}
