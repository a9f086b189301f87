import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  document as documentQuery,
  originalAddress,
  submission as submissionQuery,
} from '../api/submissions.js';
import { Original, SHOWN } from '../splitting/BesideOriginal.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './marking.module.css';

/** The papers whose own files this marker wanted to see: asked once for each, not with every key. */
const agreed = new Set<string>();

/** The original that an answer was cut from: the file or, where a browser shows no such file, all of it as it was read. */
export function OriginalPage({ submission: id }: { submission: string }) {
  const [isAgreed, agree] = useState(() => agreed.has(id));
  const [wanted, want] = useState(false);
  const submission = useQuery(submissionQuery(id));
  const mediaType = submission.data?.mediaType;
  const isShown = mediaType !== undefined && SHOWN.has(mediaType);
  const text = useQuery({ ...documentQuery(id), enabled: mediaType !== undefined && !isShown });
  const error = submission.error ?? text.error;
  if (error !== null) return <Problem error={error} what="The original could not be loaded" />;
  if (mediaType === undefined) return <Waiting rows={1} height={320} />;
  const asks = (isShown || wanted) && !isAgreed;
  return (
    <div>
      <h2 className={classes.label}>The original</h2>
      {!isShown && (
        <p className={classes.originalNote}>
          A browser cannot show this kind of file. This is all that was read of it, in its order.
        </p>
      )}
      {asks && (
        <Notice tone="unsure" title="The file may say whose it is">
          <p>
            Names that stand in the file itself are not taken out of it. Look at it where the answer cannot be
            judged without; that you did is written down.
          </p>
          <Button
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by a key, and is answered by the next
            autoFocus
            mt="sm"
            onClick={() => {
              agreed.add(id);
              agree(true);
            }}
          >
            {isShown ? 'Show the original' : 'Go on to the file'}
          </Button>
        </Notice>
      )}
      {isShown ? (
        isAgreed && <Original submission={id} mediaType={mediaType} />
      ) : text.data === undefined ? (
        <Waiting rows={1} height={320} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
        <pre className={classes.document} tabIndex={0} aria-label="The whole document as it was read">
          {text.data}
        </pre>
      )}
      {isAgreed ? (
        <a className={classes.recut} href={originalAddress(id)} target="_blank" rel="noopener noreferrer">
          {isShown ? 'Open it in a tab of its own' : 'Save the file'}
        </a>
      ) : (
        !asks &&
        !isShown && (
          <button type="button" className={classes.recut} onClick={() => want(true)}>
            Save the file
          </button>
        )
      )}
    </div>
  );
}
