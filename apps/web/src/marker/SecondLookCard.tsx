import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer as answerQuery } from '../api/marking.js';
import type { ReviewRequest } from '../api/types.js';
import { CodeText, RichText } from '../text/RichText.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import classes from './cases.module.css';
import { Question } from './Question.js';
import { SecondLookDecision } from './SecondLookDecision.js';

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
        answer.data !== undefined && <SecondLookDecision request={request} answer={answer.data} exam={exam} />
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
