import { Button } from '@mantine/core';
import type { SubmissionSummary } from '../api/types.js';
import { Notice } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import classes from './faults.module.css';
import { nameOf } from './held.js';

interface OrderedAgainProps {
  ordered: readonly SubmissionSummary[];
  onClose: () => void;
}

/** What became of what was ordered again from this page, as it goes on. */
export function OrderedAgain({ ordered, onClose }: OrderedAgainProps) {
  if (ordered.length === 0) return null;
  const [first] = ordered;
  const whose =
    ordered.length === 1 && first !== undefined ? nameOf(first) : count(ordered.length, 'submission');
  const working = ordered.filter(({ state }) => state === 'received' || state === 'working').length;
  const failed = ordered.filter(({ state }) => state === 'failed').length;
  const done = ordered.length - working - failed;
  const isOver = working === 0;
  return (
    <Notice
      tone={isOver && failed === 0 ? 'final' : 'plain'}
      icon={isOver ? (failed === 0 ? 'tick' : 'fault') : 'clock'}
      title={`Ordered again: ${whose}`}
      live="polite"
    >
      <p>{standOf({ working, done, failed })}</p>
      {isOver && (
        <div className={classes.ways}>
          <Button size="xs" variant="default" onClick={onClose}>
            Close
          </Button>
        </div>
      )}
    </Notice>
  );
}

function standOf({ working, done, failed }: { working: number; done: number; failed: number }): string {
  const all = working + done + failed;
  const said = [
    done > 0 && (all === 1 ? 'It is done, and with the markers.' : `${done} done, and with the markers.`),
    working > 0 &&
      (all === 1
        ? 'It waits for a worker or is being worked on. This page follows how it goes.'
        : `${working} wait for a worker or are being worked on. This page follows how it goes.`),
    failed > 0 && (all === 1 ? 'It has failed again; see above.' : `${failed} failed again; see above.`),
  ];
  return said.filter((each) => each !== false).join(' ');
}
