import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { AnswerForMarking } from '../api/types.js';
import { beside, highlightsOf, named } from '../evidence/highlights.js';
import { focusWhatIsSaidOf, placeAfter } from '../evidence/lights.js';
import { WorkText } from '../evidence/WorkText.js';
import { useEditingKeys } from '../keyboard/useEditingKeys.js';
import { useKeys } from '../keyboard/useKeys.js';
import { leastSure } from '../text/remarks.js';
import { announce } from '../ui/announce.js';
import { Empty, Notice } from '../ui/Notice.js';
import { LevelTag } from '../ui/StateTag.js';
import { CommentBank } from './CommentBank.js';
import { ComparisonNote } from './ComparisonNote.js';
import { Conflict } from './Conflict.js';
import { DecisionBar } from './DecisionBar.js';
import { FlagDialog } from './FlagDialog.js';
import bar from './decision.module.css';
import classes from './marking.module.css';
import { OriginalPage } from './OriginalPage.js';
import { Scheme } from './Scheme.js';
import { useDecision } from './useDecision.js';
import { useSuggestions } from './useSuggestions.js';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

function focusReason() {
  document.querySelector<HTMLElement>('textarea[data-reason]')?.focus();
}

interface BenchProps {
  answer: AnswerForMarking;
  /** Who marks: what they type is kept as theirs. */
  person: string;
  onGiven: () => void;
}

/** The place of work: the answer on the left, the scheme on the right, the decision below. */
export function Bench({ answer, person, onGiven }: BenchProps) {
  const [lit, setLit] = useState<string | null>(null);
  const [shown, setShown] = useState<{ id: string; press: number } | null>(null);
  const decision = useDecision(answer, person, onGiven);
  const { draft, canConfirm } = decision;

  const [commenting, setCommenting] = useState(false);
  const [flagging, setFlagging] = useState(false);
  const [original, setOriginal] = useState(false);

  // What is decided already is being saved: on to the next.
  const decide = () =>
    decision.given !== null
      ? onGiven()
      : draft !== null
        ? decision.save()
        : canConfirm
          ? decision.confirm()
          : decision.begin();
  const comment = () => {
    decision.begin('keys');
    setCommenting(true);
  };
  useKeys({
    Enter: decide,
    g: decide,
    c: () => (canConfirm ? decision.confirm() : decision.begin()),
    a: () => decision.begin(),
    f: () => {
      // At once: what is typed next goes into the field, however fast.
      flushSync(() => decision.begin('keys'));
      focusReason();
    },
    b: comment,
    r: () => {
      if (!decision.repeat()) announce('You have given no marks in this part yet');
    },
    l: () => setFlagging(true),
    e: nextPlace,
    o: () => setOriginal((on) => !on),
    ...Object.fromEntries(DIGITS.map((digit, at) => [digit, () => decision.toggle(at)])),
  });

  useEditingKeys({ active: draft !== null, save: () => decision.save(), cancel: () => decision.cancel() });

  const { tries } = decision;
  useEffect(() => {
    if (tries > 0) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);

  const evidence = useMemo(() => {
    const { proposal } = answer;
    if (proposal === null) return { part: [], items: [] };
    return {
      part: named(
        'part',
        beside(
          proposal.evidence,
          proposal.items.map((item) => item.evidence),
        ),
      ),
      items: proposal.items.map((item, at) => named(`item-${at}`, item.evidence)),
    };
  }, [answer]);
  const highlights = useMemo(
    () => highlightsOf([...evidence.part, ...evidence.items.flat()], answer.text.length),
    [evidence, answer.text],
  );

  function show(id: string) {
    setLit(id);
    setShown((before) => ({ id, press: (before?.press ?? 0) + 1 }));
  }

  const scheme = useRef<HTMLElement>(null);
  function pick(id: string) {
    if (scheme.current !== null) focusWhatIsSaidOf(id, scheme.current);
  }

  /** The same from place to place by a key: what is said of each comes into sight. */
  function nextPlace() {
    const id = placeAfter(highlights, lit);
    if (id === null) announce('Nothing in this answer is referred to');
    else {
      pick(id);
      show(id);
    }
  }

  const suggestions = useSuggestions(answer, evidence.items, show);
  useKeys({ s: suggestions.next, y: () => suggestions.judge(true), x: () => suggestions.judge(false) });

  return (
    <>
      <div className={classes.bench}>
        <section
          className={classes.work}
          aria-label="The answer"
          data-scroll-restoration-id={`work-${answer.id}`}
        >
          {answer.changedSinceMarked && (
            <Notice tone="unsure" title="The answer is another than was marked">
              It was moved or cut anew after its mark was set. The mark is kept; look again, then set one.
            </Notice>
          )}
          {answer.split.level !== 'sure' && answer.text !== '' && (
            <div className={classes.doubtful}>
              <LevelTag level={answer.split.level} />
              <div>
                {answer.split.reasons.length === 0
                  ? 'This text may not be the whole answer to this part.'
                  : leastSure(answer.split.reasons).map(({ says }) => <p key={says}>{says}</p>)}
              </div>
            </div>
          )}
          {original ? (
            <OriginalPage submission={answer.submission} />
          ) : answer.text.trim() === '' ? (
            <Empty icon="dash" title="No answer was given">
              <p>
                Nothing in the document answers this part. That is not a mark: a person decides what it is
                worth.
              </p>
            </Empty>
          ) : (
            <WorkText
              text={answer.text}
              kind={answer.part.kind}
              highlights={highlights}
              lit={lit}
              onLight={setLit}
              onPick={pick}
              shown={shown}
              title={<h2 className={classes.label}>Answer</h2>}
            />
          )}
          <button type="button" className={classes.recut} onClick={() => setOriginal((on) => !on)}>
            {original ? 'Back to the answer' : 'The original'}
          </button>{' '}
          <Link
            className={classes.recut}
            to="/marking/$exam/cut/$submission"
            params={{ exam: answer.exam, submission: answer.submission }}
          >
            Something is in the wrong part
          </Link>{' '}
          <button type="button" className={classes.recut} onClick={() => setFlagging(true)}>
            Flag to a colleague
          </button>
        </section>
        <section
          ref={scheme}
          className={classes.scheme}
          aria-label="The scheme"
          data-scroll-restoration-id={`scheme-${answer.id}`}
        >
          <Scheme
            answer={answer}
            evidence={evidence}
            decision={decision}
            suggestions={suggestions}
            lit={lit}
            onLight={setLit}
            onShow={show}
          />
        </section>
      </div>
      <div className={bar.dock}>
        <ComparisonNote exam={answer.exam} answer={answer.id} />
        {decision.conflict !== null && <Conflict answer={answer} decision={decision} />}
        {decision.conflict === null && (
          <DecisionBar
            answer={answer}
            decision={decision}
            key={String(draft === null)}
            onComments={comment}
          />
        )}
      </div>
      <FlagDialog answer={answer} opened={flagging} onClose={() => setFlagging(false)} />
      <CommentBank
        exam={answer.exam}
        question={answer.part.question}
        opened={commenting}
        written={draft?.reason ?? ''}
        onInsert={(text) => {
          decision.edit({ reason: [draft?.reason.trim() ?? '', text].filter(Boolean).join(' ') });
        }}
        // Only after the key that closes it: Esc would leave the marks as well.
        onClose={() =>
          setTimeout(() => {
            setCommenting(false);
            setTimeout(focusReason);
          })
        }
      />
    </>
  );
}
