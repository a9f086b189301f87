import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';
import { document as documentQuery } from '../api/submissions.js';
import type { ExamPart, Split, SplitAnswer, Submission } from '../api/types.js';
import { BesideOriginal } from '../splitting/BesideOriginal.js';
import { SplitBar } from '../splitting/SplitBar.js';
import type { Highlight } from '../text/highlight.js';
import { leastSure } from '../text/remarks.js';
import { AsWritten, RichText } from '../text/RichText.js';
import { Empty, Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { LevelTag, Tag } from '../ui/StateTag.js';
import { Waiting } from '../ui/Waiting.js';
import { SplitEditor } from './laterViews.js';
import classes from './split.module.css';

interface SplitViewProps {
  submission: Submission;
  parts: readonly ExamPart[];
}

/** The document as read, cut into answers: each answer beside its place. */
export function SplitView({ submission, parts }: SplitViewProps) {
  const { split } = submission;
  const [editing, setEditing] = useState(false);
  const {
    data: text,
    error,
    refetch,
  } = useQuery({ ...documentQuery(submission.id), enabled: split !== null });
  if (split === null) {
    if (submission.state === 'failed') return <Empty icon="fault" title="The document could not be read" />;
    return <Waiting rows={3} height={120} />;
  }
  if (error !== null)
    return <Problem error={error} what="The document could not be loaded" retry={() => void refetch()} />;
  if (text === undefined) return <Waiting rows={3} height={120} />;
  if (editing && split.yours) {
    return (
      <Suspense fallback={<Waiting rows={3} height={120} />}>
        <SplitEditor
          submission={submission.id}
          mediaType={submission.mediaType}
          split={split}
          text={text}
          parts={parts}
          onDone={() => setEditing(false)}
        />
      </Suspense>
    );
  }
  return (
    <div className={classes.stack}>
      <SplitBar submission={submission.id} split={split} onChange={() => setEditing(true)} />
      <Sides submission={submission} split={split} parts={parts} text={text} />
    </div>
  );
}

interface SidesProps {
  submission: Submission;
  split: Split;
  parts: readonly ExamPart[];
  text: string;
}

function Sides({ submission, split, parts, text }: SidesProps) {
  const [lit, setLit] = useState<string | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const said = useMemo(() => saidOfAll(split), [split]);
  const highlights = useMemo<Highlight[]>(
    () =>
      split.answers.flatMap(({ part, pieces, level }) =>
        pieces.map(
          ({ start, end }) =>
            ({ id: part, start, end, tone: level === 'unsure' ? 'unsure' : 'neutral' }) as const,
        ),
      ),
    [split],
  );

  function show(part: string) {
    setLit(part);
    page.current
      ?.querySelector(`[data-evidence~="${CSS.escape(part)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <div className={classes.stack}>
      <Summary split={split} empty={text.trim() === ''} />
      <div className={classes.sides}>
        <div className={classes.answers}>
          <h2 className={classes.sideTitle}>Your answers, part by part</h2>
          {orderOf(split, parts).map((key) => (
            <PartCard
              key={key}
              part={key}
              title={parts.find((each) => each.key === key)?.title ?? null}
              answer={split.answers.find((each) => each.part === key)}
              blank={split.blank.includes(key)}
              said={said}
              text={text}
              lit={lit === key}
              onLight={setLit}
              onShow={show}
            />
          ))}
        </div>
        <div className={classes.document}>
          <h2 className={classes.sideTitle}>Your document</h2>
          <BesideOriginal submission={submission.id} mediaType={submission.mediaType}>
            <div className={classes.page} ref={page}>
              {text.trim() === '' ? (
                <p className={classes.nothing}>No text could be read in it.</p>
              ) : (
                <AsWritten text={text} highlights={highlights} lit={lit} onLight={setLit} />
              )}
            </div>
          </BesideOriginal>
        </div>
      </div>
    </div>
  );
}

/** What is said of every part is said once, above them. */
function saidOfAll({ answers }: Split): ReadonlySet<string> {
  const [first, ...others] = answers;
  if (first === undefined || others.length === 0) return new Set();
  return new Set(
    leastSure(first.reasons)
      .map(({ says }) => says)
      .filter((says) =>
        others.every(({ reasons }) => leastSure(reasons).some((reason) => reason.says === says)),
      ),
  );
}

/** The paper's order; parts that the exam no longer has come last. */
function orderOf(split: Split, parts: readonly ExamPart[]): string[] {
  const known = parts.map(({ key }) => key);
  const all = partsIn(split);
  return [...known.filter((key) => all.includes(key)), ...all.filter((key) => !known.includes(key))];
}

function partsIn({ answers, blank, missing }: Split): string[] {
  return [...new Set([...answers.map(({ part }) => part), ...blank, ...missing])];
}

function Summary({ split, empty }: { split: Split; empty: boolean }) {
  const found = split.answers.filter(({ pieces }) => pieces.length > 0);
  const unsure = found.filter(({ level }) => level === 'unsure').map(({ part }) => part);
  const all = partsIn(split);
  const without = all.filter((part) => !found.some((answer) => answer.part === part));
  const ofAll = saidOfAll(split);
  const notes = leastSure(split.notes).filter(({ says }) => !ofAll.has(says));
  return (
    <>
      {without.length === 0 && unsure.length === 0 ? (
        <Notice tone="final" title={`All ${all.length} parts were found`}>
          Still, look through them: you know best what belongs where.
        </Notice>
      ) : (
        <Notice
          tone="unsure"
          title={
            found.length === 0 ? 'No answer was found' : `${found.length} of ${all.length} parts were found`
          }
        >
          {[...ofAll].map((says) => (
            <p key={says}>{says}</p>
          ))}
          {without.length > 0 && !empty && (
            <p>
              No answer was found for <strong>{without.join(', ')}</strong>. If you did answer,{' '}
              {split.yours ? 'move it to its part with “Move or name answers”, or ' : ''}put the number above
              the answer in your document and hand in again.
            </p>
          )}
          {unsure.length > 0 && (
            <p>
              We are not sure about <strong>{unsure.join(', ')}</strong>. Markers see that too, and look for
              themselves.
            </p>
          )}
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice tone="plain" icon="sheet" title="What we noticed in the document">
          <ul className={classes.notes}>
            {notes.map((note) => (
              <li key={`${note.span?.start ?? ''} ${note.says}`}>{note.says}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

interface PartCardProps {
  part: string;
  title: string | null;
  answer: SplitAnswer | undefined;
  blank: boolean;
  /** Said above already. */
  said: ReadonlySet<string>;
  text: string;
  lit: boolean;
  onLight: (part: string | null) => void;
  onShow: (part: string) => void;
}

function PartCard({ part, title, answer, blank, said, text, lit, onLight, onShow }: PartCardProps) {
  const reasons = leastSure(answer?.reasons ?? []).filter(({ says }) => !said.has(says));
  return (
    <div
      className={classes.part}
      data-lit={lit || undefined}
      onMouseEnter={() => onLight(part)}
      onMouseLeave={() => onLight(null)}
    >
      <Card>
        <div className={classes.partHead}>
          <span className={classes.partKey}>{part}</span>
          <h3>{title ?? `Part ${part}`}</h3>
          {answer === undefined ? (
            <Tag tone="quiet" icon="dash">
              {blank ? 'Left blank' : 'Missing'}
            </Tag>
          ) : (
            <LevelTag level={answer.level} />
          )}
        </div>
        {answer === undefined ? (
          <p className={classes.nothing}>
            {blank
              ? 'Its heading is there, with nothing below it.'
              : 'Nothing in the document answers this part.'}
          </p>
        ) : (
          <>
            {reasons.length > 0 && answer.level !== 'sure' && (
              <ul className={classes.reasons}>
                {reasons.map((reason) => (
                  <li key={`${reason.span?.start ?? ''} ${reason.says}`}>{reason.says}</li>
                ))}
              </ul>
            )}
            {answer.pieces.length === 0 ? (
              <p className={classes.nothing}>Nothing in the document is known to answer this part.</p>
            ) : (
              <>
                <RichText text={answer.pieces.map(({ start, end }) => text.slice(start, end)).join('\n\n')} />
                <button type="button" className={classes.show} onClick={() => onShow(part)}>
                  Show in the document
                </button>
              </>
            )}
          </>
        )}
      </Card>
    </div>
  );
}
