import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer as answerQuery } from '../api/marking.js';
import { answerReview } from '../api/reviews.js';
import type { AnswerForMarking, ReviewAnswer, ReviewRequest } from '../api/types.js';
import { CodeText, RichText } from '../text/RichText.js';
import { announce } from '../ui/announce.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './cases.module.css';
import { Question } from './Question.js';

/** One request: the student's reason beside the mark it is about, and the decision or what it was. */
export function SecondLookCard({ request, exam }: { request: ReviewRequest; exam: string }) {
  const answer = useQuery(answerQuery(request.answer));
  const item = answer.data?.part.rubric.find((line) => line.item === request.item);
  return (
    <Card>
      <div className={classes.head}>
        <h2>
          <span className={classes.key}>{request.part}</span>
          {answer.data?.part.title ?? `Part ${request.part}`}
        </h2>
        <span className={classes.small}>
          {request.candidate} · asked {shortTime(request.askedAt)} ·{' '}
          <Link to="/marking/$exam/$answer" params={{ exam, answer: request.answer }}>
            Open the answer
          </Link>
        </span>
      </div>
      {answer.data !== undefined && (
        <>
          <Question part={answer.data.part} />
          <div className={classes.quote}>
            {answer.data.part.kind === 'code' ? (
              <CodeText text={answer.data.text} />
            ) : (
              <RichText text={answer.data.text} />
            )}
          </div>
        </>
      )}
      <h3 className={classes.asks}>What the student asks</h3>
      {request.item !== null && <p className={classes.small}>About: {item?.says ?? request.item}</p>}
      <blockquote className={`${classes.quote} ${classes.said}`}>{request.reason}</blockquote>
      {answer.error !== null && (
        <Problem
          error={answer.error}
          what="The answer could not be loaded"
          retry={() => void answer.refetch()}
        />
      )}
      {request.answered === null ? (
        answer.data !== undefined && <Decide request={request} answer={answer.data} exam={exam} />
      ) : (
        <div className={classes.outcome}>
          <p>
            <strong>
              {request.answered.outcome === 'kept' ? 'The mark was kept' : 'The mark was changed'}
            </strong>
            , {shortTime(request.answered.at)}
          </p>
          <p>{request.answered.reason}</p>
        </div>
      )}
    </Card>
  );
}

interface DecideProps {
  request: ReviewRequest;
  answer: AnswerForMarking;
  exam: string;
}

function Decide({ request, answer, exam }: DecideProps) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [marks, setMarks] = useState('');
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
  const wanted = marks.trim().replace(',', '.');
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
      <Textarea
        label="Reason"
        className={classes.reason}
        description="The student reads it."
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {sending.error !== null && <Problem error={sending.error} what="This was not saved" />}
      <div className={classes.actions}>
        <Button
          variant="default"
          disabled={said === ''}
          loading={sending.isPending}
          onClick={() => sending.mutate({ outcome: 'kept', reason: said })}
        >
          Keep the mark
        </Button>
        <TextInput
          aria-label={`Marks, of ${part.marks}`}
          placeholder={`of ${part.marks}`}
          inputMode="decimal"
          value={marks}
          onChange={(event) => setMarks(event.currentTarget.value)}
          className={classes.marks}
        />
        <Button
          disabled={said === '' || wanted === ''}
          loading={sending.isPending}
          onClick={() =>
            sending.mutate({
              outcome: 'changed',
              reason: said,
              marks: wanted,
              expectedCurrent: current?.id ?? null,
            })
          }
        >
          Change the mark
        </Button>
      </div>
    </div>
  );
}
