import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { coursesOf, roster as rosterQuery, sendGrades, takeRoster } from '../api/learning-platforms.js';
import type { CourseGrades } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import table from './examiner.module.css';
import classes from './people.module.css';

/** The courses whose students come to this exam, and which grades their platforms have. Nothing where there are none. */
export function CoursesCard({ exam }: { exam: string }) {
  const { data = [], error } = useQuery(coursesOf(exam));
  const [open, setOpen] = useState<CourseGrades | null>(null);
  const close = () => setOpen(null);
  if (error === null && data.length === 0) return null;
  return (
    <Card title="Courses">
      {error !== null && <Problem error={error} what="The courses could not be listed" />}
      <ul className={classes.conflicts} aria-label="Courses">
        {data.map((course) => (
          <CourseRow key={course.link} exam={exam} course={course} onRoster={() => setOpen(course)} />
        ))}
      </ul>
      <CaseDialog about={open} onClose={close} title={({ course }) => `Who takes ${course}`}>
        {(about) => <RosterView exam={exam} course={about} onDone={close} />}
      </CaseDialog>
    </Card>
  );
}

function CourseRow({ exam, course, onRoster }: { exam: string; course: CourseGrades; onRoster: () => void }) {
  const queryClient = useQueryClient();
  const sending = useWrite({
    mutationFn: () => sendGrades(exam, course.link),
    onSuccess: async ({ grades }) => {
      announce(`${course.platform} has ${count(grades.sent, 'grade')}`);
      await queryClient.invalidateQueries({ queryKey: ['exam-courses', exam] });
    },
  });
  return (
    <li>
      <span>
        <strong>{course.course}</strong>
        <span className={table.under}>
          {course.platform}. {saysOf(course)}
        </span>
        {course.fault !== null && <span className={table.under}>Last fault: {course.fault}</span>}
        {sending.error !== null && <Problem error={sending.error} what="The grades were not sent" />}
      </span>
      <span className={classes.buttons}>
        {course.tellsRoster && (
          <Button size="xs" variant="default" onClick={onRoster} aria-label={`Roster of ${course.course} …`}>
            Roster …
          </Button>
        )}
        {course.takesGrades && (
          <Button
            size="xs"
            variant="default"
            loading={sending.isPending}
            onClick={() => sending.mutate()}
            aria-label={`Send released grades to ${course.course}`}
          >
            Send grades now
          </Button>
        )}
      </span>
    </li>
  );
}

/** What the platform has of the grades, in words. */
function saysOf({ takesGrades, grades: { sent, toSend, failed, unknownThere } }: CourseGrades): string {
  if (!takesGrades) return 'It takes no grades.';
  const parts = [`It has ${count(sent, 'released grade')}`];
  if (toSend > 0) parts.push(`${toSend} on the way`);
  if (failed > 0) parts.push(`${failed} could not be sent and will be tried again`);
  if (unknownThere > 0) parts.push(`${unknownThere} of people it does not know`);
  return `${parts.join(', ')}.`;
}

function RosterView({ exam, course, onDone }: { exam: string; course: CourseGrades; onDone: () => void }) {
  const queryClient = useQueryClient();
  const { data, error, isPending } = useQuery(rosterQuery(exam, course.link));
  const taking = useWrite({
    mutationFn: () => takeRoster(exam, course.link),
    onSuccess: async (taken) => {
      announce(`${count(taken.new.length, 'account')} made; everybody is expected in the exam`);
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <div className={table.dialog}>
      {isPending && <Waiting />}
      {error !== null && <Problem error={error} what={`${course.platform} did not tell`} />}
      {data !== undefined && (
        <>
          <p>
            {count(data.known, 'student')} known here, {data.new.length} new,{' '}
            {count(data.teachers, 'teacher')} left out.
          </p>
          {data.new.length > 0 && (
            <>
              <h3>New accounts</h3>
              <ul>
                {data.new.map(({ name, email }) => (
                  <li key={email}>
                    {name} ({email})
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.notTaken.length > 0 && (
            <>
              <h3>Not taken over</h3>
              <ul>
                {data.notTaken.map(({ name, why }) => (
                  <li key={`${name} ${why}`}>
                    {name}: {why}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {taking.error !== null && <Problem error={taking.error} what="The roster was not taken over" />}
      <div className={table.dialogButtons}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button disabled={data === undefined} loading={taking.isPending} onClick={() => taking.mutate()}>
          Expect them in this exam
        </Button>
      </div>
    </div>
  );
}
