import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AnswerForMarking } from '../api/types.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { shortTime } from '../ui/time.js';
import classes from './conflict.module.css';
import type { Decision } from './useDecision.js';

/** Somebody else decided meanwhile: both marks side by side, and the marker chooses. Nothing was overwritten. */
export function Conflict({ answer, decision }: { answer: AnswerForMarking; decision: Decision }) {
  const { conflict } = decision;
  const { current, part } = answer;
  const [typed, setTyped] = useState<string | null>(null);
  if (conflict === null) return null;
  const reason = typed ?? conflict.mark.reason ?? '';
  if (current === null && answer.expectedCurrent !== null)
    return (
      <section className={classes.conflict} role="alert" aria-label="A mark that was taken back">
        <div>
          <h2>The mark of this answer was taken back while you looked at it</h2>
          <p>
            Yours was not saved, and the answer has none now. Who took it back, and why, is under “Marks so
            far”.
          </p>
        </div>
        <div className={classes.sides}>
          <div className={classes.side}>
            <MarkFigure by="marker" says="No mark stands" marks={null} available={part.marks} />
            <Button variant="default" onClick={() => decision.yield()}>
              Leave it without
            </Button>
          </div>
          <div className={classes.side} data-mine>
            <MarkFigure by="marker" says="Yours, not saved" marks={conflict.marks} available={part.marks} />
            <Button onClick={() => decision.insist(reason.trim())}>Give mine</Button>
          </div>
        </div>
      </section>
    );
  return (
    <section className={classes.conflict} role="alert" aria-label="Two marks for one answer">
      <div>
        <h2>Somebody else marked this answer while you looked at it</h2>
        <p>Your mark was not saved, and theirs stands. Compare the two and choose.</p>
      </div>
      <div className={classes.sides}>
        <div className={classes.side}>
          <MarkFigure
            by="marker"
            says={current === null ? 'Theirs' : `${current.by}, ${shortTime(current.at)}`}
            marks={current?.marks ?? null}
            available={part.marks}
          />
          {current !== null && current.reason !== '' && <p>{current.reason}</p>}
          <Button variant="default" onClick={() => decision.yield()}>
            Keep theirs
          </Button>
        </div>
        <div className={classes.side} data-mine>
          <MarkFigure by="marker" says="Yours, not saved" marks={conflict.marks} available={part.marks} />
          <TextInput
            label="Reason"
            placeholder="Why yours should stand"
            value={reason}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button onClick={() => decision.insist(reason.trim())} disabled={reason.trim() === ''}>
            Put mine on top
          </Button>
        </div>
      </div>
    </section>
  );
}
