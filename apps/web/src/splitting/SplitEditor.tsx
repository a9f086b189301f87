import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { confirmSplit } from '../api/submissions.js';
import type { ExamPart, Split } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { unwrapped } from '../text/unwrapped.js';
import { useWrite } from '../ui/useWrite.js';
import { Original, SHOWN } from './BesideOriginal.js';
import {
  assigned,
  blocksOf,
  missingOf,
  opening,
  piecesOf,
  sentencesOf,
  splitAt,
  stretchesOf,
  type CutBlock,
} from './blocks.js';
import classes from './splitting.module.css';

interface SplitEditorProps {
  submission: string;
  mediaType: string;
  split: Split;
  text: string;
  parts: readonly ExamPart[];
  onDone: () => void;
}

/** The document as blocks: each says which part it answers, and may be split. Everything works by keyboard. */
export function SplitEditor({ submission, mediaType, split, text, parts, onDone }: SplitEditorProps) {
  const queryClient = useQueryClient();
  const [blocks, setBlocks] = useState(() => blocksOf(split, text.length));
  // Where it was split last: what begins there is named next.
  const [fresh, setFresh] = useState<number | null>(null);
  const missing = missingOf(
    blocks,
    text,
    parts.map(({ key }) => key),
  );
  const saving = useWrite({
    mutationFn: () =>
      confirmSplit(submission, {
        document: split.document,
        after: split.confirmed?.number ?? 0,
        pieces: piecesOf(blocks),
      }),
    onSuccess: async (now) => {
      queryClient.setQueryData(['submission', submission], now);
      await queryClient.invalidateQueries({ queryKey: ['answer'] });
      onDone();
    },
  });
  return (
    <div className={classes.editor} data-original={SHOWN.has(mediaType) || undefined}>
      <div className={classes.blocks}>
        {blocks
          .filter((block) => text.slice(block.start, block.end).trim() !== '')
          .map((block) => (
            <Block
              key={block.start}
              block={block}
              text={text}
              parts={parts}
              onAssign={(part) => setBlocks((before) => assigned(before, block.start, part))}
              fresh={fresh === block.start}
              onSplit={(at) => {
                setBlocks((before) => splitAt(before, at));
                setFresh(at);
              }}
            />
          ))}
      </div>
      <aside className={classes.side} aria-label="What you are about to confirm">
        <Card title="Parts">
          <div className={classes.standing} aria-live="polite">
            {missing.length === 0 ? (
              <Notice tone="final" title="Every part has an answer" />
            ) : (
              <Notice tone="unsure" title={`No answer to ${missing.join(', ')}`}>
                If it is in the document, choose its part beside the text. If it was not answered, leave it
                so.
              </Notice>
            )}
          </div>
          {saving.error !== null && <Problem error={saving.error} what="This was not stored" />}
          <div className={classes.buttons}>
            <Button onClick={() => saving.mutate()} loading={saving.isPending}>
              Confirm
            </Button>
            <Button variant="default" onClick={() => setBlocks(blocksOf(split, text.length))}>
              Start over
            </Button>
            <Button variant="subtle" onClick={onDone}>
              Leave as it was
            </Button>
          </div>
        </Card>
        <Original submission={submission} mediaType={mediaType} />
      </aside>
    </div>
  );
}

interface BlockProps {
  block: CutBlock;
  text: string;
  parts: readonly ExamPart[];
  /** Whether it is there because of the last split. */
  fresh: boolean;
  onAssign: (part: string | null) => void;
  onSplit: (at: number) => void;
}

const NONE = '';

function Block({ block, text, parts, fresh, onAssign, onSplit }: BlockProps) {
  const part = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (fresh) part.current?.focus();
  }, [fresh]);
  const stretches = stretchesOf(text, block);
  const begins = opening(text, block);
  return (
    <section className={classes.block} data-none={block.part === null || undefined} aria-label={begins}>
      <NativeSelect
        ref={part}
        className={classes.part}
        aria-label={`Part of: ${begins}`}
        size="xs"
        value={block.part ?? NONE}
        onChange={({ currentTarget }) => onAssign(currentTarget.value === NONE ? null : currentTarget.value)}
        data={[
          { value: NONE, label: 'No answer' },
          ...parts.map(({ key, title }) => ({
            value: key,
            label: title === null ? key : `${key}: ${title}`,
          })),
        ]}
      />
      <div className={classes.text}>
        {stretches.map(({ start, end }, index) => (
          <Fragment key={start}>
            {index > 0 && <Cut text={text} start={start} end={end} onSplit={onSplit} />}
            <Stretch text={text} start={start} end={end} onSplit={onSplit} />
          </Fragment>
        ))}
      </div>
    </section>
  );
}

interface StretchProps {
  text: string;
  start: number;
  end: number;
  onSplit: (at: number) => void;
}

function Cut({ text, start, end, onSplit }: StretchProps) {
  return (
    <button
      type="button"
      className={classes.cut}
      aria-label={`Split here, before: ${opening(text, { start, end, part: null })}`}
      onClick={() => onSplit(start)}
    >
      Split here
    </button>
  );
}

/** A paragraph; who wants to split within it has its sentences and lines one by one. */
function Stretch({ text, start, end, onSplit }: StretchProps) {
  const [apart, setApart] = useState(false);
  const sentences = useMemo(() => sentencesOf(text, { start, end }), [text, start, end]);
  return (
    <>
      {apart ? (
        sentences.map((sentence, index) => (
          <Fragment key={sentence.start}>
            {index > 0 && <Cut text={text} {...sentence} onSplit={onSplit} />}
            <p>{shown(text, sentence.start, sentence.end)}</p>
          </Fragment>
        ))
      ) : (
        <p>{shown(text, start, end)}</p>
      )}
      {sentences.length > 1 && (
        <button
          type="button"
          className={classes.within}
          aria-expanded={apart}
          aria-label={`Split within: ${opening(text, { start, end, part: null })}`}
          onClick={() => setApart(!apart)}
        >
          {apart ? 'Close' : 'Split within'}
        </button>
      )}
    </>
  );
}

/** Lines that a page's width ended go on, as they do where an answer is read. */
function shown(text: string, start: number, end: number): string {
  return unwrapped(text, start, text.slice(start, end)).replace(/^\n+/, '').trim();
}
