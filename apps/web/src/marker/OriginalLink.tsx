import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { originalAddress } from '../api/submissions.js';
import classes from './marking.module.css';

/** The way to a paper's own file, with a word beforehand: names that students wrote into it are not taken out. */
export function OriginalLink({ submission }: { submission: string }) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <button type="button" className={classes.recut} onClick={() => setAsking(true)}>
        The file as it was uploaded
      </button>
      <Modal opened={asking} onClose={close} title="The file may say whose it is">
        <p>
          Names that stand in the file itself are not taken out of it. Open it where the answer cannot be
          judged without; that you did is written down.
        </p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button
            component="a"
            href={originalAddress(submission)}
            target="_blank"
            rel="noopener noreferrer"
            onClick={close}
          >
            Open the file
          </Button>
        </Group>
      </Modal>
    </>
  );
}
