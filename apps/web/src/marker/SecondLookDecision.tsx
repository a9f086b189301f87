import { Button, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer as answerQuery } from '../api/marking.js';
import { answerReview } from '../api/reviews.js';
import type { AnswerForMarking, ReviewAnswer, ReviewRequest } from '../api/types.js';
import { RichText } from '../text/RichText.js';
import { tooLong } from '../text/lengths.js';
import { readMarks } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { Problem } from '../ui/Notice.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './cases.module.css';
import {
  changeOf,
  complaintsOf,
  draftOf,
  type Draft,
  isApplied,
  isSound,
  linesOf,
  seenIn,
  sumOf,
} from './draft.js';
import { MarksInput, signed } from './ItemRow.js';
import { MarkersNote } from './MarkersNote.js';

interface SecondLookDecisionProps {
  request: ReviewRequest;
  answer: AnswerForMarking;
  exam: string;
}

/** What somebody else than who set the mark comes to: it is kept, or changed, item by item as where a mark is set. */
export function SecondLookDecision({ request, answer, exam }: SecondLookDecisionProps) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [tries, setTries] = useState(0);
  const opener = useRef<HTMLButtonElement>(null);
  const { current, part } = answer;
  const sending = useWrite({
    mutationFn: (decision: ReviewAnswer) => answerReview(request.id, decision),
    onSuccess: ({ answered }) => {
      announce(answered?.outcome === 'changed' ? 'The mark was changed and released' : 'The mark was kept');
      void queryClient.invalidateQueries({ queryKey: ['reviews', exam] });
      void queryClient.invalidateQueries({ queryKey: answerQuery(answer.id).queryKey });
    },
    // Whatever it was, the mark that stands may be another by now.
    onError: () => void queryClient.invalidateQueries({ queryKey: answerQuery(answer.id).queryKey }),
  });
  const said = reason.trim();
  const long = tooLong(reason, 'reason');
  const unsaid = said === '' || long !== null;

  function change(given: Draft) {
    setTries((before) => before + 1);
    if (!isSound({ ...complaintsOf(given, answer), reason: null })) return;
    const { marks, items, expectedCurrent = null } = changeOf(given, linesOf(answer), part, seenIn(answer));
    sending.mutate({
      outcome: 'changed',
      reason: said,
      expectedCurrent,
      ...(marks === undefined ? {} : { marks }),
      ...(items === undefined ? {} : { items }),
    });
  }

  return (
    <div className={classes.decide}>
      <div className={classes.stands}>
        <MarkFigure
          by="marker"
          says={current === null ? 'No mark stands' : `${current.by}, ${shortTime(current.at)}`}
          marks={current?.marks ?? null}
          available={part.marks}
        />
      </div>
      {draft !== null && <Marks answer={answer} draft={draft} tries={tries} onEdit={setDraft} />}
      <Textarea
        label="Reason"
        className={classes.reason}
        description="The student reads it."
        autosize
        minRows={2}
        value={reason}
        error={long}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-reason
      />
      {sending.error !== null && <Problem error={sending.error} what="This was not saved" />}
      <div className={classes.actions}>
        {draft === null ? (
          <>
            <Button
              variant="default"
              disabled={unsaid}
              loading={sending.isPending}
              onClick={() => sending.mutate({ outcome: 'kept', reason: said })}
            >
              Keep the mark
            </Button>
            <Button ref={opener} variant="default" onClick={() => setDraft(draftOf(answer))}>
              Give other marks
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setDraft(null);
                setTries(0);
                // What was pressed is gone.
                setTimeout(() => opener.current?.focus());
              }}
            >
              Cancel
            </Button>
            <Button disabled={unsaid} loading={sending.isPending} onClick={() => change(draft)}>
              Change the mark
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

interface MarksProps {
  answer: AnswerForMarking;
  draft: Draft;
  tries: number;
  onEdit: (draft: Draft) => void;
}

/** What the changed mark is for: the items of the scheme with what each gives, and their sum. */
function Marks({ answer, draft, tries, onEdit }: MarksProps) {
  const { part } = answer;
  const lines = linesOf(answer);
  const complaints = tries > 0 ? complaintsOf(draft, answer) : null;
  const sum = sumOf(draft, lines, part);
  const given = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) given.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return (
    <div className={classes.given} ref={given}>
      {lines.length > 0 && (
        <ul className={classes.lines} aria-label="What the marks are for">
          {lines.map((line, at) => (
            <li key={line.item}>
              <div>
                <RichText text={line.says} />
                <MarkersNote note={line.note} />
                {isApplied(draft, line) && (
                  <TextInput
                    aria-label={`Feedback for: ${line.says}`}
                    size="xs"
                    placeholder={line.feedback ?? 'Feedback the student reads here'}
                    error={complaints?.feedback[line.item]}
                    value={draft.feedback?.[line.item] ?? ''}
                    onChange={(event) =>
                      onEdit({
                        ...draft,
                        feedback: { ...draft.feedback, [line.item]: event.currentTarget.value },
                      })
                    }
                  />
                )}
              </div>
              <MarksInput
                label={`Marks for: ${line.says}`}
                value={draft.items[line.item] ?? ''}
                available={signed(line.available, line)}
                least={line.least}
                most={line.most}
                focus={at === 0}
                complaint={complaints?.items[line.item] ?? null}
                onChange={(typed) =>
                  onEdit({ ...draft, items: { ...draft.items, [line.item]: typed }, total: null })
                }
              />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.total}>
        <span>Total</span>
        <MarksInput
          label="Total marks"
          value={draft.total ?? sum ?? ''}
          available={part.marks}
          least="0"
          most={part.marks}
          focus={lines.length === 0}
          complaint={complaints?.total ?? null}
          onChange={(typed) => onEdit({ ...draft, total: typed })}
        />
        {draft.total !== null && lines.length > 0 && (
          <p className={classes.small}>
            {readMarks(draft.total) === null
              ? 'Give each item its marks, or a total alone.'
              : 'A total alone does not tell the student what the marks are for.'}
          </p>
        )}
      </div>
    </div>
  );
}
