import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { inMarks } from '../text/marks.js';
import { Icon } from '../ui/icons.js';
import { compare, comparison, onCompared, type Comparison } from './comparison.js';
import classes from './comparison.module.css';
import { nameOf } from './useOutbox.js';

/** What the machine had proposed for the answer that was decided without seeing it, while one is at the next already. */
export function ComparisonNote({ exam, answer }: { exam: string; answer?: string }) {
  const found = useSyncExternalStore(onCompared, comparison);
  // On its own page the proposal itself is to be seen.
  const shown = found !== null && found.exam === exam && found.answer !== answer ? found : null;
  return (
    <div aria-live="polite" className={classes.place}>
      {shown !== null && (
        <div className={classes.note} data-agrees={shown.agrees || undefined}>
          <Icon name="machine" size={16} />
          <p>
            <strong>{nameOf(shown)}:</strong> you gave {shown.marks} of {inMarks(shown.available)}.{' '}
            {inWords(shown)}{' '}
            <Link to="/marking/$exam/$answer" params={{ exam: shown.exam, answer: shown.answer }}>
              Look at it again
            </Link>
          </p>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label="Close what the machine had proposed"
            onClick={() => compare(null)}
          >
            <Icon name="cross" size={14} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}

function inWords({ proposed, agrees }: Comparison): string {
  if (proposed === null)
    return `The machine had found no answer${agrees ? ', and you agree.' : ': look whether it missed one.'}`;
  return agrees ? 'The machine had proposed the same.' : `The machine had proposed ${proposed}.`;
}
