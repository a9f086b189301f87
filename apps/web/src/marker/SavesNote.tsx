import { Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { Icon } from '../ui/icons.js';
import { count } from '../ui/time.js';
import classes from './saves-note.module.css';
import { isUnderWay, isUnsaved, whyUnsaved, type Save } from './saves.js';
import { nameOf, useOutbox, useOutboxOf, useSaves } from './useOutbox.js';

/** How it stands with what one has marked: being saved, saved, or not, and then which and why. */
export function SavesNote({ me }: { me: Me }) {
  useOutboxOf(me);
  const saves = useSaves();
  const [ever, setEver] = useState(false);
  if (!ever && saves.length > 0) setEver(true);
  const stuck = saves.filter(isUnsaved);
  if (stuck.length > 0) return <Unsaved saves={stuck} />;
  if (!ever) return null;
  const saving = saves.some(({ state }) => state.kind === 'saving');
  return (
    <p className={classes.state} data-kind={saving ? 'saving' : 'saved'}>
      <Icon name={saving ? 'clock' : 'tick'} size={16} />
      <span>{saving ? 'Saving' : 'Saved'}</span>
    </p>
  );
}

function Unsaved({ saves }: { saves: readonly Save[] }) {
  const outbox = useOutbox();
  const [opened, setOpened] = useState(false);
  const waits = saves.some(isUnderWay);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={340}
      radius="lg"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <button type="button" className={classes.unsaved} data-unsaved onClick={() => setOpened(!opened)}>
          <Icon name="fault" size={16} />
          <span aria-live="polite">
            {saves.length} <span>not saved</span>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.title}>{count(saves.length, 'mark')} not saved</p>
        <p className={classes.lead}>
          {waits
            ? 'Kept in this browser until they are, also when you close it. You can go on marking.'
            : 'Nothing you gave is lost.'}
        </p>
        <ul className={classes.list}>
          {saves.map((save) => (
            <li key={save.answer}>
              <strong>
                {nameOf(save)}: {save.marks} of {inMarks(save.available)}
              </strong>
              <p>{whyUnsaved(save)}</p>
              <div className={classes.actions}>
                <Link
                  to="/marking/$exam/$answer"
                  params={{ exam: save.exam, answer: save.answer }}
                  onClick={() => setOpened(false)}
                >
                  Open the answer
                </Link>
                {!isUnderWay(save) && <Discard onDiscard={() => outbox.drop(save.answer)} />}
              </div>
            </li>
          ))}
        </ul>
        {waits && (
          <div className={classes.actions}>
            <button type="button" onClick={() => outbox.tryAgain()}>
              Send them now
            </button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** In two steps: what is discarded does not come back. */
function Discard({ onDiscard }: { onDiscard: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      data-asks={asked || undefined}
      onClick={() => (asked ? onDiscard() : setAsked(true))}
    >
      {asked ? 'Discard this mark for good?' : 'Discard'}
    </button>
  );
}
