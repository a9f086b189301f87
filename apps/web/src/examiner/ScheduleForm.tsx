import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setSchedule } from '../api/schedule.js';
import type { LatePolicy, NewSchedule, Schedule } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { isoTime, localTime, ownZone } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import classes from './deadlines.module.css';

interface Draft {
  readonly opens: string;
  readonly deadline: string;
  readonly graceMinutes: string;
  readonly late: LatePolicy['kind'];
  readonly unit: 'points' | 'percent';
  readonly amount: string;
  readonly per: 'hour' | 'day';
  readonly most: string;
  readonly counts: Schedule['counts'];
}

function draftOf({ opens, deadline, graceSeconds, late, counts }: Schedule): Draft {
  const fee =
    late.kind === 'deducted'
      ? late
      : { unit: 'percent' as const, amount: '10', per: 'day' as const, most: '50' };
  return {
    opens: localTime(opens),
    deadline: localTime(deadline),
    graceMinutes: String(graceSeconds / 60),
    late: late.kind,
    unit: fee.unit,
    amount: fee.amount,
    per: fee.per,
    most: fee.most ?? '',
    counts,
  };
}

function scheduleOf({
  opens,
  deadline,
  graceMinutes,
  late,
  unit,
  amount,
  per,
  most,
  counts,
}: Draft): NewSchedule {
  return {
    opens: isoTime(opens),
    deadline: isoTime(deadline),
    graceSeconds: Math.round(Number(graceMinutes) * 60),
    late:
      late === 'deducted'
        ? { kind: late, unit, amount: decimal(amount), per, most: most.trim() === '' ? null : decimal(most) }
        : { kind: late },
    counts,
  };
}

/** As the field takes it; a comma is the point of many. */
const NUMBER = String.raw`\s*\d{1,5}([.,]\d{1,3})?\s*`;
const decimal = (typed: string) => typed.trim().replace(',', '.');

const POLICIES = [
  { value: 'refused', label: 'Refuse it' },
  { value: 'marked-late', label: 'Take it, and show that it is late' },
  { value: 'deducted', label: 'Take it, less a deduction' },
];

/** Opening, deadline and what is done about late work, in the examiner's own zone. */
export function ScheduleForm({
  exam,
  schedule,
  onDone,
}: {
  exam: string;
  schedule: Schedule;
  onDone: () => void;
}) {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(schedule));
  const set = <Key extends keyof Draft>(key: Key, value: Draft[Key]) =>
    setDraft((before) => ({ ...before, [key]: value }));
  const saving = useWrite({
    mutationFn: () => setSchedule(exam, scheduleOf(draft)),
    onSuccess: async () => {
      announce('The deadlines are changed');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  return (
    <DialogForm
      write={saving}
      onSubmit={() => saving.mutate()}
      action="Save deadlines"
      failed="The deadlines were not changed"
      onLeave={onDone}
    >
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          label="Opens"
          data-autofocus
          description="Empty: open at once"
          value={draft.opens}
          onChange={({ currentTarget }) => set('opens', currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label="Deadline"
          description={`In your zone, ${ownZone()}`}
          value={draft.deadline}
          onChange={({ currentTarget }) => set('deadline', currentTarget.value)}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          type="number"
          min={0}
          max={1440}
          label="Grace, in minutes"
          description="What comes within it is on time"
          value={draft.graceMinutes}
          onChange={({ currentTarget }) => set('graceMinutes', currentTarget.value)}
        />
        <NativeSelect
          label="Which attempt counts"
          description="Others are kept"
          value={draft.counts}
          onChange={({ currentTarget }) =>
            set('counts', currentTarget.value === 'last' ? 'last' : 'last-on-time')
          }
          data={[
            { value: 'last', label: 'The last' },
            { value: 'last-on-time', label: 'The last that is on time' },
          ]}
        />
      </div>
      <NativeSelect
        label="Work after the deadline"
        value={draft.late}
        onChange={({ currentTarget }) =>
          set(
            'late',
            POLICIES.find(({ value }) => value === currentTarget.value)?.value as LatePolicy['kind'],
          )
        }
        data={POLICIES}
      />
      {draft.late === 'deducted' && (
        <div className={classes.pair}>
          <TextInput
            inputMode="decimal"
            label="Deduction"
            description="A number, such as 10 or 2.5"
            required
            pattern={NUMBER}
            value={draft.amount}
            onChange={({ currentTarget }) => set('amount', currentTarget.value)}
          />
          <NativeSelect
            label="Of what"
            value={draft.unit}
            onChange={({ currentTarget }) =>
              set('unit', currentTarget.value === 'points' ? 'points' : 'percent')
            }
            data={[
              { value: 'percent', label: 'Percent of the marks available' },
              { value: 'points', label: 'Marks' },
            ]}
          />
          <NativeSelect
            label="For each"
            value={draft.per}
            onChange={({ currentTarget }) => set('per', currentTarget.value === 'hour' ? 'hour' : 'day')}
            data={[
              { value: 'day', label: 'Day begun' },
              { value: 'hour', label: 'Hour begun' },
            ]}
          />
          <TextInput
            inputMode="decimal"
            label="At most"
            description="Empty: no cap"
            pattern={NUMBER}
            value={draft.most}
            onChange={({ currentTarget }) => set('most', currentTarget.value)}
          />
        </div>
      )}
    </DialogForm>
  );
}
