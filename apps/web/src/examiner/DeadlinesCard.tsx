import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { extensions as extensionsQuery, schedule as scheduleQuery } from '../api/schedule.js';
import type { Extension, Schedule } from '../api/types.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { fullTime, shortTime } from '../ui/time.js';
import classes from './deadlines.module.css';
import { ExtensionForm } from './ExtensionForm.js';
import { ScheduleForm } from './ScheduleForm.js';

/** When the exam is open, what lateness costs, who has longer; and the ways to change it. */
export function DeadlinesCard({ exam }: { exam: string }) {
  const schedule = useQuery(scheduleQuery(exam));
  const extensions = useQuery(extensionsQuery(exam));
  const [open, setOpen] = useState<'schedule' | 'extension' | null>(null);
  const [taken, setTaken] = useState<Extension['student'] | null>(null);
  const error = schedule.error ?? extensions.error;
  const close = () => setOpen(null);
  const extend = (student: Extension['student'] | null) => {
    setTaken(student);
    setOpen('extension');
  };
  return (
    <Card title="Deadlines">
      {error !== null && <Problem error={error} what="The deadlines could not be loaded" />}
      {schedule.data !== undefined && (
        <div className={classes.columns}>
          <Times schedule={schedule.data} />
          <div className={classes.buttons}>
            <Button size="xs" variant="default" onClick={() => setOpen('schedule')}>
              Change deadlines
            </Button>
            {/* Without a deadline there is nothing to extend. */}
            {schedule.data.deadline !== null && (
              <Button size="xs" variant="default" onClick={() => extend(null)}>
                Give an extension
              </Button>
            )}
          </div>
        </div>
      )}
      <Extensions extensions={extensions.data ?? []} onTakeBack={extend} />
      {schedule.data !== undefined && (
        <Modal opened={open === 'schedule'} onClose={close} title="Deadlines" size="lg">
          <ScheduleForm exam={exam} schedule={schedule.data} onDone={close} />
        </Modal>
      )}
      <Modal
        opened={open === 'extension'}
        onClose={close}
        title={taken === null ? 'Give an extension' : 'Take an extension back'}
        size="lg"
      >
        <ExtensionForm exam={exam} deadline={schedule.data?.deadline ?? null} taken={taken} onDone={close} />
      </Modal>
    </Card>
  );
}

function Times({ schedule: { opens, deadline, says } }: { schedule: Schedule }) {
  return (
    <div>
      <p>
        {opens === null ? 'Open' : `Opens ${fullTime(opens)}`}
        {deadline === null ? ', without a deadline.' : `, due ${fullTime(deadline)}.`}
      </p>
      {deadline !== null && (
        <ul className={classes.rules}>
          {says.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ExtensionsProps {
  extensions: readonly Extension[];
  onTakeBack: (student: Extension['student']) => void;
}

function Extensions({ extensions, onTakeBack }: ExtensionsProps) {
  const standing = extensions.filter(({ deadline }) => deadline !== null);
  if (standing.length === 0) return null;
  return (
    <ul className={classes.extensions} aria-label="Extensions">
      {standing.map(({ student, deadline, reason, by }) => (
        <li key={student.id}>
          <strong>{student.name}</strong>
          <span>until {deadline === null ? '' : shortTime(deadline)}</span>
          <span className={classes.quiet}>
            {reason} ({by})
          </span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onTakeBack(student)}
            aria-label={`Take back the extension of ${student.name}`}
          >
            Take back
          </Button>
        </li>
      ))}
    </ul>
  );
}
