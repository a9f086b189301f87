import { Button, NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { exams as examsQuery } from '../api/exams.js';
import { chooseExam, course as courseQuery } from '../api/learning-platforms.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './people.module.css';

/** A teacher has come through a link that leads nowhere yet: which exam is it for? */
export function ChooseExamCard({ link }: { link: string }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: course, error } = useQuery(courseQuery(link));
  const { data: all = [] } = useQuery(examsQuery);
  const exams = all.filter(({ role }) => role === 'examiner');
  const [exam, setExam] = useState('');
  const chosen = exam || (course?.exam ?? '');
  const choosing = useWrite({
    mutationFn: () => chooseExam(link, chosen),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      await router.navigate({ to: '/examining/$exam', params: { exam: chosen } });
    },
  });
  return (
    <Card title="Which exam does the link lead to?" className={classes.before ?? ''}>
      {error !== null && <Problem error={error} what="The link could not be looked up" />}
      {course !== undefined && (
        <>
          <p>
            You came by “{course.title}” in the course <strong>{course.course}</strong> of {course.platform}.
          </p>
          <div className={classes.tools}>
            <NativeSelect
              className={classes.search ?? ''}
              label="Exam"
              value={chosen}
              onChange={({ currentTarget }) => setExam(currentTarget.value)}
              data={[
                { value: '', label: 'Choose …' },
                ...exams.map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
            <Button disabled={chosen === ''} loading={choosing.isPending} onClick={() => choosing.mutate()}>
              Lead there
            </Button>
          </div>
          {choosing.error !== null && <Problem error={choosing.error} what="Nothing was changed" />}
        </>
      )}
    </Card>
  );
}
