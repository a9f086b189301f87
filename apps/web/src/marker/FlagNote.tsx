import { Button, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { answerFlag, withdrawFlag } from '../api/flags.js';
import { answer as answerQuery } from '../api/marking.js';
import type { AnswerForMarking, Flag, FlagAnswer } from '../api/types.js';
import { tooLong } from '../text/lengths.js';
import { inDecimals, wrongIfGiven } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { Icon } from '../ui/icons.js';
import { Problem } from '../ui/Notice.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './flags.module.css';

interface FlagNoteProps {
  flag: Flag;
  /** What it is about, for a reply with a mark; null while it is not there. */
  answer: Pick<AnswerForMarking, 'id' | 'expectedCurrent' | 'part'> | null;
  /** Beside the answer itself nothing leads to it. */
  heading?: ReactNode;
}

const UNTOLD =
  'You are to mark this answer without knowing what others think. Their words are here after it.';

/** What a marker asks about an answer, and what a colleague says to it. */
export function FlagNote({ flag, answer, heading }: FlagNoteProps) {
  const { reply } = flag;
  return (
    <div className={classes.flag} data-open={reply === null || undefined}>
      {heading}
      <p className={classes.who}>
        <Icon name="flag" size={15} />
        <span>
          <strong>{flag.by}</strong> asks {flag.asked ?? 'whoever comes first'}
        </span>
        <time dateTime={flag.at}>{shortTime(flag.at)}</time>
      </p>
      <p className={classes.note}>{flag.note ?? UNTOLD}</p>
      {reply !== null && (
        <div className={classes.reply}>
          <p className={classes.who}>
            <span>
              <strong>{reply.by}</strong>{' '}
              {reply.outcome === 'withdrawn'
                ? 'took it back'
                : reply.marked
                  ? 'replied and set a mark'
                  : 'replied'}
            </span>
            <time dateTime={reply.at}>{shortTime(reply.at)}</time>
          </p>
          {reply.note !== null && reply.note !== '' && <p className={classes.note}>{reply.note}</p>}
        </div>
      )}
      {flag.mayAnswer && <Reply flag={flag} answer={answer} />}
      {flag.yours && reply === null && <TakeBack flag={flag} />}
    </div>
  );
}

function useFlagChanged(answer: string): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ['flags'] });
    void queryClient.invalidateQueries({ queryKey: answerQuery(answer).queryKey });
  };
}

function Reply({ flag, answer }: Pick<FlagNoteProps, 'flag' | 'answer'>) {
  const [note, setNote] = useState('');
  const [marks, setMarks] = useState('');
  const [reason, setReason] = useState('');
  const changed = useFlagChanged(flag.answer);
  const sending = useWrite({
    mutationFn: (body: FlagAnswer) => answerFlag(flag.id, body),
    onSuccess: ({ reply }) => {
      announce(reply?.marked === true ? 'Replied, and the mark is set' : 'Replied');
      changed();
    },
    // Whatever it was, the mark that stands may be another by now.
    onError: changed,
  });
  const said = note.trim();
  const givesMarks = answer !== null && marks.trim() !== '';
  const given = inDecimals(marks);
  const why = reason.trim();
  const wrong = {
    note: tooLong(note, 'reason'),
    marks: answer === null ? null : wrongIfGiven(marks, answer.part.marks),
    reason: tooLong(reason, 'reason'),
  };
  const unsound =
    said === '' || (givesMarks && why === '') || Object.values(wrong).some((each) => each !== null);
  return (
    <div className={classes.form}>
      <Textarea
        label={`Reply to ${flag.by}`}
        autosize
        minRows={1}
        maxRows={6}
        value={note}
        error={wrong.note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {answer !== null && (
        <div className={classes.mark}>
          <TextInput
            label="Marks, if you set them"
            placeholder={`of ${answer.part.marks}`}
            inputMode="decimal"
            value={marks}
            error={wrong.marks}
            onChange={(event) => setMarks(event.currentTarget.value)}
          />
          {givesMarks && (
            <TextInput
              label="Reason"
              placeholder="The student reads it"
              value={reason}
              error={wrong.reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      {sending.error !== null && <Problem error={sending.error} what="The reply was not sent" />}
      <div className={classes.actions}>
        <Button
          variant="default"
          disabled={unsound}
          loading={sending.isPending}
          onClick={() =>
            sending.mutate({
              note: said,
              ...(!givesMarks
                ? {}
                : {
                    mark: {
                      action: 'change',
                      marks: given,
                      reason: why,
                      expectedCurrent: answer.expectedCurrent,
                    },
                  }),
            })
          }
        >
          {!givesMarks ? 'Reply' : `Reply and give ${given === '' ? 'marks' : given}`}
        </Button>
      </div>
    </div>
  );
}

function TakeBack({ flag }: { flag: Flag }) {
  const changed = useFlagChanged(flag.answer);
  const sending = useWrite({
    mutationFn: () => withdrawFlag(flag.id),
    onSuccess: () => announce('The flag is taken back'),
    onSettled: changed,
  });
  return (
    <div className={classes.actions}>
      {sending.error !== null && <Problem error={sending.error} what="The flag was not taken back" />}
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        loading={sending.isPending}
        onClick={() => sending.mutate()}
      >
        Take it back
      </Button>
    </div>
  );
}
