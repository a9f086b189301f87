import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { isoTime, localTime, ownZone } from '../ui/time.js';
import classes from './deadlines.module.css';
import examinerClasses from './examiner.module.css';

interface OpensDialogProps {
  opened: boolean;
  saving: boolean;
  /** With the time from which students see the exam, null for at once. */
  onSave: (opens: string | null) => void;
  onClose: () => void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const HOUR = 9;

function inAWeek(): string {
  const at = new Date(Date.now() + WEEK_MS);
  at.setHours(HOUR, 0, 0, 0);
  return localTime(at.toISOString());
}

/** Asks, before a new exam is stored, from when its students see it: nobody is to publish a paper by saving a draft. */
export function OpensDialog({ opened, saving, onSave, onClose }: OpensDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="When do students see this exam?" size="md">
      <OpensForm saving={saving} onSave={onSave} onClose={onClose} />
    </Modal>
  );
}

function OpensForm({ saving, onSave, onClose }: Omit<OpensDialogProps, 'opened'>) {
  const [when, setWhen] = useState<'time' | 'now'>('time');
  const [time, setTime] = useState(inAWeek);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave(when === 'now' ? null : isoTime(time));
  };
  return (
    <form className={examinerClasses.dialog} onSubmit={save}>
      <Radio.Group
        value={when}
        onChange={(value) => setWhen(value === 'now' ? 'now' : 'time')}
        label="Students read the questions and hand in"
      >
        <div className={classes.choices}>
          <Radio value="time" label="From a time on" data-autofocus />
          <TextInput
            type="datetime-local"
            aria-label="Opens"
            description={`In your zone, ${ownZone()}`}
            required={when === 'time'}
            disabled={when === 'now'}
            value={time}
            onChange={({ currentTarget }) => setTime(currentTarget.value)}
          />
          <Radio value="now" label="As soon as it is saved" />
        </div>
      </Radio.Group>
      <p className={classes.quiet}>
        You can change this, and set a deadline, on the exam’s page under “Deadlines”. Markers and examiners
        see it at once.
      </p>
      <div className={examinerClasses.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={saving}>
          Save the exam
        </Button>
      </div>
    </form>
  );
}
