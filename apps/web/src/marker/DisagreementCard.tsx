import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { answer as answerQuery } from '../api/marking.js';
import { moderate } from '../api/moderation.js';
import type { AnswerForMarking, Mark, ModerationCase, NewModeration } from '../api/types.js';
import { CodeText, RichText } from '../text/RichText.js';
import { tooLong } from '../text/lengths.js';
import { inDecimals, wrongIfGiven } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './cases.module.css';
import { Question } from './Question.js';

interface DisagreementCardProps {
  found: ModerationCase;
  exam: string;
}

/** An answer with the two marks it was given, and the decision or what it was. */
export function DisagreementCard({ found, exam }: DisagreementCardProps) {
  const { decided } = found;
  const paper = useQuery(examQuery(exam));
  const rubric = useQuery(answerQuery(found.answer)).data?.part.rubric;
  const part = paper.data?.parts.find(({ key }) => key === found.part);
  return (
    <Card>
      <div className={classes.head}>
        <h2>
          <span className={classes.key}>{found.part}</span>
          {found.title === '' ? `Part ${found.part}` : found.title}
        </h2>
        <span className={classes.small}>
          {found.candidate} ·{' '}
          <Link to="/marking/$exam/$answer" params={{ exam, answer: found.answer }}>
            Open the answer
          </Link>
        </span>
      </div>
      {part !== undefined && <Question part={part} />}
      <div className={classes.quote}>
        {part?.kind === 'code' ? <CodeText text={found.text} /> : <RichText text={found.text} />}
      </div>
      <div className={classes.sides}>
        <Side heading="First marker" mark={found.first} available={found.available} rubric={rubric} />
        <Side heading="Second marker" mark={found.second} available={found.available} rubric={rubric} />
      </div>
      {decided !== null && (
        <div className={classes.outcome}>
          <p>
            <strong>
              {OUTCOMES[decided.outcome]}: {decided.marks} of {found.available}
            </strong>{' '}
            <span className={classes.small}>
              {decided.by}, {shortTime(decided.at)}
            </span>
          </p>
          <p>{decided.reason}</p>
          {decided.feedback !== null && (
            <p className={classes.small}>
              {decided.feedback === '' ? 'The student reads nothing with it.' : 'The student reads: '}
              {decided.feedback !== '' && <q>{decided.feedback}</q>}
            </p>
          )}
        </div>
      )}
      {decided === null && !found.mayDecide && (
        <p className={classes.small}>You gave one of these two marks. Somebody else decides between them.</p>
      )}
      {found.mayDecide && found.yours && (
        <p className={classes.small}>
          One of these marks is yours. Nobody else of this exam could decide, so you do; the trail says so.
        </p>
      )}
      {found.mayDecide && <Decide found={found} exam={exam} />}
    </Card>
  );
}

const OUTCOMES: Readonly<Record<NonNullable<ModerationCase['decided']>['outcome'], string>> = {
  agreed: 'Within the tolerance',
  first: 'The first mark stands',
  second: 'The second mark stands',
  other: 'Another mark stands',
};

interface SideProps {
  heading: string;
  mark: Mark;
  available: string;
  /** The words of the items; not there yet while the answer loads. */
  rubric: AnswerForMarking['part']['rubric'] | undefined;
}

function Side({ heading, mark, available, rubric }: SideProps) {
  return (
    <div className={classes.side}>
      <h3>{heading}</h3>
      <MarkFigure by="marker" says={mark.by} marks={mark.marks} available={available} />
      {mark.reason !== '' && <p>{mark.reason}</p>}
      {mark.items.length > 0 && (
        <ul className={classes.items}>
          {mark.items.map(({ item, marks, feedback }) => (
            <li key={item}>
              <span>
                {rubric?.find((line) => line.item === item)?.says ?? item}
                {feedback !== undefined && <span className={classes.feedback}>{feedback}</span>}
              </span>
              <span className="numbers">{marks}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Decide({ found, exam }: DisagreementCardProps) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [marks, setMarks] = useState('');
  const [feedback, setFeedback] = useState('');
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: ['moderation', exam] });
    void queryClient.invalidateQueries({ queryKey: ['answer', found.answer] });
    void queryClient.invalidateQueries({ queryKey: ['exams'] });
  };
  const sending = useWrite({
    mutationFn: (decision: NewModeration) => moderate(found.answer, decision),
    onSuccess: ({ decided }) => announce(`Decided: ${decided?.marks ?? ''} of ${found.available}`),
    // Whatever it was, another mark may stand by now.
    onSettled: refresh,
  });
  const said = reason.trim();
  const anotherMark = marks.trim() !== '';
  const other = inDecimals(marks);
  const wrong = {
    reason: tooLong(reason, 'reason'),
    marks: wrongIfGiven(marks, found.available),
    feedback: tooLong(feedback, 'reason'),
  };
  const unsound = said === '' || Object.values(wrong).some((each) => each !== null);
  const common = { second: found.second.id, expectedCurrent: found.current, reason: said };
  return (
    <div className={classes.decide}>
      <Textarea
        label="Why it is decided so"
        description="Write this first. It is for those who mark; no student reads it."
        autosize
        minRows={1}
        maxRows={6}
        value={reason}
        error={wrong.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.other}>
        <TextInput
          label="Another mark, if neither is right"
          placeholder={`of ${found.available}`}
          inputMode="decimal"
          value={marks}
          error={wrong.marks}
          onChange={(event) => setMarks(event.currentTarget.value)}
        />
        {anotherMark && (
          <TextInput
            label="Feedback"
            placeholder="The student reads it"
            value={feedback}
            error={wrong.feedback}
            onChange={(event) => setFeedback(event.currentTarget.value)}
          />
        )}
      </div>
      {sending.error !== null && <Problem error={sending.error} what="This was not decided" />}
      <div className={classes.actions}>
        {!anotherMark ? (
          <>
            <Button
              disabled={unsound}
              loading={sending.isPending}
              onClick={() => sending.mutate({ outcome: 'first', ...common })}
            >
              The first stands: {found.first.marks}
            </Button>
            <Button
              disabled={unsound}
              loading={sending.isPending}
              onClick={() => sending.mutate({ outcome: 'second', ...common })}
            >
              The second stands: {found.second.marks}
            </Button>
          </>
        ) : (
          <Button
            disabled={unsound}
            loading={sending.isPending}
            onClick={() =>
              sending.mutate({ outcome: 'other', ...common, marks: other, feedback: feedback.trim() })
            }
          >
            {other === '' ? 'Give another mark' : `Give ${other}`}
          </Button>
        )}
      </div>
    </div>
  );
}
