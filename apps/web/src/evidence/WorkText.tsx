import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { PartKind } from '../api/types.js';
import { AnswerCodeContext, AsWritten, CodeText, RichText, type LitProps } from '../text/RichText.js';
import { evidenceAt } from '../text/highlight.js';
import classes from './evidence.module.css';

interface WorkTextProps extends LitProps {
  text: string;
  kind?: PartKind;
  /** The piece of evidence to scroll to; the number tells one press from the next. */
  shown?: { id: string; press: number } | null;
  title?: ReactNode;
  /** Pressing a place leads to what is said of it; by keyboard what is said leads here. */
  onPick?: (id: string) => void;
}

/** An answer, rendered or exactly as written, with the evidence lit up in both. */
export function WorkText({ text, kind, shown = null, title, onPick, ...lit }: WorkTextProps) {
  const [view, setView] = useState<'rendered' | 'written'>('rendered');
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (shown === null) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    place.current
      ?.querySelector(`[data-evidence~="${CSS.escape(shown.id)}"]`)
      ?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  }, [shown]);

  const code = useMemo(() => ({ shown }), [shown]);
  const bareCode = kind === 'code' && !/^\s*(```|~~~)/m.test(text);
  return (
    <div>
      <div className={classes.workHead}>
        {title}
        <SegmentedControl
          size="xs"
          radius="md"
          className="no-print"
          aria-label="How the answer is shown"
          value={view}
          onChange={(chosen) => setView(chosen === 'written' ? 'written' : 'rendered')}
          data={[
            { value: 'rendered', label: 'Rendered' },
            { value: 'written', label: 'As written' },
          ]}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a short cut of the mouse; what is said is reached by Tab */}
      <div
        ref={place}
        onClick={({ target }) => {
          const id = evidenceAt(target);
          // Who marks words to copy them stays where they are.
          if (id !== null && document.getSelection()?.isCollapsed !== false) onPick?.(id);
        }}
      >
        <AnswerCodeContext value={code}>
          {view === 'written' ? (
            <AsWritten text={text} {...lit} />
          ) : bareCode ? (
            <CodeText text={text} {...lit} />
          ) : (
            <RichText text={text} {...lit} />
          )}
        </AnswerCodeContext>
      </div>
    </div>
  );
}
