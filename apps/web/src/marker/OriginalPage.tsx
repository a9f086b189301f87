import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { document as documentQuery, submission as submissionQuery } from '../api/submissions.js';
import { Original, SHOWN } from '../splitting/BesideOriginal.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './marking.module.css';

/** The page that an answer was cut from: as it was uploaded or, where a browser shows no such file, all of it as it was read. */
export function OriginalPage({ submission: id }: { submission: string }) {
  const [agreed, agree] = useState(false);
  const submission = useQuery(submissionQuery(id));
  const mediaType = submission.data?.mediaType;
  const isShown = mediaType !== undefined && SHOWN.has(mediaType);
  const text = useQuery({ ...documentQuery(id), enabled: mediaType !== undefined && !isShown });
  const error = submission.error ?? text.error;
  if (error !== null) return <Problem error={error} what="The document could not be loaded" />;
  if (isShown && !agreed) {
    return (
      <Notice tone="unsure" title="The page may say whose it is">
        <p>
          Names that stand in the file itself are not taken out of it. Look at it where the answer cannot be
          judged without; that you did is written down.
        </p>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by a key, and is answered by the next */}
        <Button autoFocus onClick={() => agree(true)}>
          Show the page
        </Button>
      </Notice>
    );
  }
  if (isShown) return <Original submission={id} mediaType={mediaType} />;
  if (text.data === undefined) return <Waiting rows={1} height={320} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <pre className={classes.document} tabIndex={0} aria-label="The whole document as it was read">
      {text.data}
    </pre>
  );
}
