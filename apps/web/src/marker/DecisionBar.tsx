import { Button, Kbd, Textarea } from '@mantine/core';
import { useRef, useState, type RefObject } from 'react';
import type { AnswerForMarking } from '../api/types.js';
import { useKeys } from '../keyboard/useKeys.js';
import { inMarks, readMarks } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { Notice, Problem } from '../ui/Notice.js';
import { linesOf, reasonIsDue, sumOf, type Draft } from './draft.js';
import { MarksInput } from './ItemRow.js';
import classes from './decision.module.css';
import { isUnsaved, whyUnsaved, type Save } from './saves.js';
import type { Decision } from './useDecision.js';
import { canTakeBack, useTakeBack } from './useTakeBack.js';

interface DecisionBarProps {
  answer: AnswerForMarking;
  decision: Decision;
  onComments: () => void;
}

export function DecisionBar({ answer, decision, onComments }: DecisionBarProps) {
  const give = useRef<HTMLButtonElement>(null);
  const takingBack = useTakeBack(answer, () => give.current?.focus());
  return (
    <div className={classes.bar}>
      {takingBack.error !== null && <Problem error={takingBack.error} what="The mark was not taken back" />}
      {decision.problem !== null && (
        <Problem error={decision.problem} what="This mark was not saved. What you entered is kept." />
      )}
      {decision.overtaken && (
        <Notice tone="unsure" title="The machine’s proposal changed while you looked" live="assertive">
          Nothing was saved. The new proposal is shown now; look at it, then decide.
        </Notice>
      )}
      {decision.meanwhile && (
        <Notice
          tone="unsure"
          title={
            answer.current === null
              ? 'The mark that you began from stands no more'
              : `${answer.current.by} gave ${answer.current.marks} after you began to type`
          }
          live="polite"
        >
          What you typed is kept. Save it to put it in place of that mark, or press Cancel to leave that mark
          as it is.
        </Notice>
      )}
      {decision.given !== null ? (
        <Given save={decision.given} decision={decision} />
      ) : decision.draft === null ? (
        <Looking
          answer={answer}
          decision={decision}
          give={give}
          busy={takingBack.isPending}
          onTakeBack={(mark) => takingBack.mutate(mark)}
        />
      ) : (
        <Changing answer={answer} decision={decision} draft={decision.draft} onComments={onComments} />
      )}
    </div>
  );
}

/** Decided, and not yet there: what was given, and why it waits where it does. */
function Given({ save, decision }: { save: Save; decision: Decision }) {
  const waits = isUnsaved(save);
  useKeys({
    t: () => (waits ? decision.takeBack() : announce('It is being saved. Take it back in a moment')),
  });
  return (
    <div className={classes.looking}>
      <div className={classes.figures}>
        <MarkFigure
          by="marker"
          says={waits ? 'Yours, not saved yet' : 'Yours, being saved'}
          marks={save.marks}
          available={save.available}
        />
        {waits && <p className={classes.open}>{whyUnsaved(save)}</p>}
      </div>
      {waits && (
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="md"
            onClick={() => decision.takeBack()}
            rightSection={<Kbd size="xs">T</Kbd>}
          >
            Take it back
          </Button>
          <Button size="md" onClick={() => decision.tryAgain()}>
            Send it now
          </Button>
        </div>
      )}
    </div>
  );
}

interface LookingProps extends Omit<DecisionBarProps, 'onComments'> {
  give: RefObject<HTMLButtonElement | null>;
  busy: boolean;
  onTakeBack: (mark: string) => void;
}

function Looking({ answer, decision, give, busy, onTakeBack }: LookingProps) {
  const { proposal, current, part } = answer;
  useKeys({
    t: () => {
      if (current === null) announce('No mark stands that could be taken back');
      else if (canTakeBack(answer)) onTakeBack(current.id);
      else announce('What two people came to is changed, not taken back');
    },
  });
  return (
    <div className={classes.looking}>
      <div className={classes.figures}>
        {proposal?.outcome === 'proposed' && (
          <MarkFigure by="machine" says="Proposed by machine" marks={proposal.marks} available={part.marks} />
        )}
        {current !== null && (
          <MarkFigure
            by="marker"
            says={`${current.origin === 'confirmed' ? 'Confirmed' : 'Marked'} by ${current.by}`}
            marks={current.marks}
            available={part.marks}
          />
        )}
        {answer.state === 'excused' && (
          <p className={classes.open}>The candidate is excused from this: no mark of it counts.</p>
        )}
        {answer.state !== 'excused' && proposal?.outcome !== 'proposed' && current === null && (
          <p className={classes.open}>
            {proposal?.outcome === 'absent'
              ? 'No answer was found, which is not yet a mark.'
              : 'No mark yet. It awaits your decision.'}
          </p>
        )}
      </div>
      <div className={classes.buttons}>
        {current !== null && canTakeBack(answer) && (
          <Button
            variant="default"
            size="md"
            loading={busy}
            onClick={() => onTakeBack(current.id)}
            rightSection={<Kbd size="xs">T</Kbd>}
          >
            Take back
          </Button>
        )}
        <Button
          ref={give}
          variant={decision.canConfirm ? 'default' : 'filled'}
          size="md"
          onClick={() => decision.begin()}
          rightSection={<Kbd size="xs">A</Kbd>}
        >
          {current === null && !decision.canConfirm ? 'Give marks' : 'Change'}
        </Button>
        {decision.canConfirm && (
          <Button size="md" onClick={() => decision.confirm()} rightSection={<Kbd size="xs">Enter</Kbd>}>
            {proposal?.outcome === 'absent'
              ? 'Confirm: no answer, 0 marks'
              : `Confirm ${inMarks(proposal?.marks ?? '')}`}
          </Button>
        )}
      </div>
    </div>
  );
}

function Changing({ answer, decision, draft, onComments }: DecisionBarProps & { draft: Draft }) {
  const lines = linesOf(answer);
  const available = answer.part.marks;
  const sum = sumOf(draft, lines, answer.part);
  const total = draft.total ?? sum ?? '';
  const [typedTotal, setTypedTotal] = useState(draft.total !== null);

  return (
    <div className={classes.changing}>
      <div className={classes.total}>
        <span className={classes.totalLabel}>Total</span>
        <MarksInput
          label="Total marks"
          value={total}
          available={available}
          least="0"
          most={available}
          focus={decision.typing && (lines.length === 0 || typedTotal)}
          complaint={decision.tries > 0 ? (decision.complaints?.total ?? null) : null}
          onChange={(typed) => {
            setTypedTotal(true);
            decision.edit({ total: typed });
          }}
        />
        {draft.total !== null && lines.length > 0 && (
          <button
            type="button"
            className={classes.plain}
            onClick={() => {
              setTypedTotal(false);
              decision.edit({ total: null });
            }}
          >
            Use the sum of the items
          </button>
        )}
      </div>
      <Textarea
        className={classes.why}
        data-reason
        label={reasonIsDue(draft, answer) ? 'Reason' : 'Reason (if you like)'}
        placeholder="What the student should know about this mark"
        autosize
        minRows={1}
        maxRows={5}
        value={draft.reason}
        error={decision.tries > 0 ? decision.complaints?.reason : undefined}
        onChange={(event) => decision.edit({ reason: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'b') return;
          event.preventDefault();
          onComments();
        }}
      />
      <div className={classes.buttons}>
        <Button
          variant="subtle"
          color="gray"
          size="md"
          onClick={onComments}
          rightSection={<Kbd size="xs">Ctrl B</Kbd>}
        >
          Comments
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="md"
          onClick={() => decision.cancel()}
          rightSection={<Kbd size="xs">Esc</Kbd>}
        >
          Cancel
        </Button>
        <Button size="md" onClick={() => decision.save()} rightSection={<Kbd size="xs">Ctrl Enter</Kbd>}>
          {readMarks(total) === null ? 'Save' : `Save ${total}`}
        </Button>
      </div>
    </div>
  );
}
