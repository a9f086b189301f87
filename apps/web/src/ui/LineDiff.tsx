import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { lineDiff, type DiffLine } from './lineDiff.js';
import { count } from './time.js';
import classes from './diff.module.css';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = {
  same: ' ',
  removed: '−',
  added: '+',
  'left-out': '…',
};
const SAID: Readonly<Record<DiffLine['kind'], string>> = {
  same: '',
  removed: 'removed: ',
  added: 'added: ',
  'left-out': '',
};

/** What differs between two texts, line by line; signs and words besides colours. */
export function LineDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = useMemo(() => lineDiff(before, after), [before, after]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <pre className={classes.diff} tabIndex={0} aria-label={label}>
      {lines.length === 0 && 'No difference.'}
      {lines.map(({ kind, text }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is its number here
        <span key={at} data-kind={kind}>
          <span aria-hidden="true">{SIGNS[kind]} </span>
          <VisuallyHidden>{SAID[kind]}</VisuallyHidden>
          {kind === 'left-out' ? `${count(Number(text), 'line')} alike` : text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
