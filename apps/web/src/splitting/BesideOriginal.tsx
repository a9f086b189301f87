import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { originalAddress } from '../api/submissions.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './splitting.module.css';

/** Apart, as what draws a PDF is large and most visits do without it. */
const PdfPages = lazy(() => import('./PdfPages.js'));

const PICTURES = new Set(['image/png', 'image/jpeg']);
/** The kinds of file that a browser shows by itself. */
export const SHOWN: ReadonlySet<string> = new Set([...PICTURES, 'application/pdf']);

/** The text as read, or the page as it was uploaded, where that is something to look at. */
export function BesideOriginal({
  submission,
  mediaType,
  children,
}: {
  submission: string;
  mediaType: string;
  children: ReactNode;
}) {
  const [side, setSide] = useState('read');
  if (!SHOWN.has(mediaType)) return children;
  return (
    <>
      <SegmentedControl
        className={classes.choice}
        size="xs"
        value={side}
        onChange={setSide}
        aria-label="Which side to see"
        data={[
          { value: 'read', label: 'As we read it' },
          { value: 'original', label: 'As it was uploaded' },
        ]}
      />
      {side === 'read' ? children : <Original submission={submission} mediaType={mediaType} />}
    </>
  );
}

/** The uploaded file itself, where it is a PDF or a picture; nothing for other kinds. */
export function Original({ submission, mediaType }: { submission: string; mediaType: string }) {
  if (PICTURES.has(mediaType)) {
    return (
      <img
        className={`${classes.picture} ${classes.original}`}
        src={originalAddress(submission)}
        alt="The page as it was uploaded"
      />
    );
  }
  if (mediaType !== 'application/pdf') return null;
  return (
    <Suspense fallback={<Waiting rows={1} height={520} />}>
      <PdfPages submission={submission} />
    </Suspense>
  );
}
