import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { excusals as excusalsQuery } from '../api/excusals.js';
import type { Excusal } from '../api/types.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import { CaseDialog } from './CaseDialog.js';
import classes from './deadlines.module.css';
import { ExcusalForm } from './ExcusalForm.js';

type Open = { readonly kind: 'excuse' } | { readonly kind: 'take-back'; readonly excusal: Excusal };

/** Who is excused from the exam or from one of its parts, and the ways to change it. */
export function ExcusalsCard({ exam }: { exam: string }) {
  const { data, error } = useQuery(excusalsQuery(exam));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Card title="Excusals">
      {error !== null && <Problem error={error} what="The excusals could not be loaded" />}
      {data !== undefined && (
        <div className={classes.columns}>
          <p>
            {data.length === 0 ? 'Nobody is excused. ' : ''}What a student is excused from counts neither to
            their total nor to what that is out of.
          </p>
          <div className={classes.buttons}>
            <Button size="xs" variant="default" onClick={() => setOpen({ kind: 'excuse' })}>
              Excuse a student
            </Button>
          </div>
        </div>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={classes.extensions} aria-label="Excused students">
          {data.map((excusal) => (
            <li key={`${excusal.student.id} ${excusal.part ?? ''}`}>
              <strong>{excusal.student.name}</strong>
              <span>
                {fromWhat(excusal)}, since {shortTime(excusal.since)}
              </span>
              <span className={classes.quiet}>
                {excusal.reason} ({excusal.by})
              </span>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setOpen({ kind: 'take-back', excusal })}
                aria-label={`Take back that ${excusal.student.name} is excused ${fromWhat(excusal)}`}
              >
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      <CaseDialog
        about={open}
        onClose={close}
        title={({ kind }) => (kind === 'take-back' ? 'Take an excusal back' : 'Excuse a student')}
      >
        {(about) => (
          <ExcusalForm
            exam={exam}
            excusal={about.kind === 'take-back' ? about.excusal : null}
            onDone={close}
          />
        )}
      </CaseDialog>
    </Card>
  );
}

const fromWhat = ({ part }: Excusal) => (part === null ? 'from the exam' : `from ${part}`);
