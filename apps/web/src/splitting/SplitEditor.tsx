import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { confirmSplit } from '../api/submissions.js';
import type { ExamPart, Split } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { Original, SHOWN } from './BesideOriginal.js';
import {
  assigned,
  blocksOf,
  missingOf,
  opening,
  piecesOf,
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
  const missing = missingOf(
    blocks,
    text,
    parts.map(({ key }) => key),
  );
  const saving = useMutation({
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
              onSplit={(at) => setBlocks((before) => splitAt(before, at))}
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
  onAssign: (part: string | null) => void;
  onSplit: (at: number) => void;
}

const NONE = '';

function Block({ block, text, parts, onAssign, onSplit }: BlockProps) {
  const stretches = stretchesOf(text, block);
  const begins = opening(text, block);
  return (
    <section className={classes.block} data-none={block.part === null || undefined} aria-label={begins}>
      <NativeSelect
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
            {index > 0 && (
              <button
                type="button"
                className={classes.cut}
                aria-label={`Split here, before: ${opening(text, { start, end, part: null })}`}
                onClick={() => onSplit(start)}
              >
                Split here
              </button>
            )}
            <p>{text.slice(start, end).replace(/^\n+/, '').trimEnd()}</p>
          </Fragment>
        ))}
      </div>
    </section>
  );
}
