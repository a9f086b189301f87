import { Button, Radio } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { takeCohort } from '../api/cohorts.js';
import { people as peopleQuery } from '../api/people.js';
import type { Cohort, TakeCohort } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count, fullTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { toTake, twice, type Choices } from './cohort.js';
import classes from './cohort.module.css';
import { CohortTable } from './CohortTable.js';

const PLATFORM = { moodle: 'Moodle', gradescope: 'Gradescope', canvas: 'Canvas' } as const;

/** What an archive would do, and the button that does it. */
export function CohortPreview({ exam, cohort }: { exam: string; cohort: Cohort }) {
  const queryClient = useQueryClient();
  const people = useQuery(peopleQuery);
  const [choices, setChoices] = useState<Choices>({});
  const recorded = cohort.rows.some(({ submittedAt }) => submittedAt !== null);
  const [time, setTime] = useState<TakeCohort['time']>(recorded ? 'recorded' : 'arrival');
  const take = toTake(cohort.rows, choices);
  const doubled = twice(take);
  const taking = useWrite({
    mutationFn: () => takeCohort(exam, cohort.id, { time, take }),
    onSuccess: async ({ rows }) => {
      const received = rows.filter(({ outcome }) => outcome.kind === 'received').length;
      announce(`${count(received, 'submission')} handed in`);
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
    },
  });
  const asked = cohort.rows.filter(({ whose }) => whose.kind === 'asked').length;
  const refused = cohort.rows.filter(({ file }) => file.kind === 'refused').length;
  const already = cohort.rows.filter((row) => row.already !== null).length;
  return (
    <Card title={`${count(cohort.rows.length, 'row')}, as ${PLATFORM[cohort.layout]} packs them`}>
      <p className={classes.summary}>
        {[
          asked > 0 ? `For ${asked} you are asked whose it is.` : 'All are known.',
          already > 0 ? `${count(already, 'is', 'are')} here already.` : '',
          refused > 0 ? `${count(refused, 'is', 'are')} refused, with the reason.` : '',
        ].join(' ')}
      </p>
      <CohortTable
        rows={cohort.rows}
        students={(people.data ?? []).filter(({ role }) => role === 'student')}
        choices={choices}
        time={time}
        doubled={doubled}
        outcomes={taking.data?.rows ?? []}
        onChoose={(key, student) => {
          taking.reset();
          setChoices((before) => ({ ...before, [key]: student }));
        }}
      />
      {cohort.leftOver.length > 0 && (
        <details className={classes.leftOver}>
          <summary>{count(cohort.leftOver.length, 'file')} in nobody’s folder, left out</summary>
          <ul>
            {cohort.leftOver.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      <Radio.Group
        mt="lg"
        label="The time on the receipts"
        description="It decides what is late. Work is taken after the deadline too, and is then late; give an extension if it is not to be."
        value={time}
        onChange={(value) => setTime(value === 'recorded' ? 'recorded' : 'arrival')}
      >
        <div className={classes.times}>
          <Radio
            value="recorded"
            disabled={!recorded}
            label={
              recorded
                ? `When ${PLATFORM[cohort.layout]} says it was handed in, where it does`
                : `When it was handed in: ${PLATFORM[cohort.layout]} does not say in this archive`
            }
          />
          <Radio value="arrival" label={`When this archive arrived: ${fullTime(cohort.arrivedAt)}`} />
        </div>
      </Radio.Group>
      {doubled.size > 0 && (
        <div className={classes.below}>
          <Notice tone="unsure" title="A student is chosen twice" live="polite">
            <p>Each student hands in one row of an archive. Leave one of the two out.</p>
          </Notice>
        </div>
      )}
      {taking.error !== null && (
        <div className={classes.below}>
          <Problem error={taking.error} what="The work was not handed in" />
        </div>
      )}
      {taking.data !== undefined && (
        <div className={classes.below}>
          <Notice tone="final" title={doneInWords(taking.data.rows)} live="polite">
            <p>Each has its receipt. Handing the same archive in again changes nothing.</p>
          </Notice>
        </div>
      )}
      <Button
        mt="lg"
        loading={taking.isPending}
        disabled={take.length === 0 || doubled.size > 0 || taking.data !== undefined}
        onClick={() => taking.mutate()}
      >
        {`Hand in for ${count(take.length, 'student')}`}
      </Button>
    </Card>
  );
}

function doneInWords(rows: readonly { outcome: { kind: string } }[]): string {
  const of = (kind: string) => rows.filter(({ outcome }) => outcome.kind === kind).length;
  return [
    `${of('received')} handed in`,
    ...(of('already') > 0 ? [`${of('already')} here already`] : []),
    ...(of('refused') > 0 ? [`${of('refused')} refused`] : []),
  ].join(', ');
}
