import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ExamPart } from '../api/types.js';
import classes from './groups.module.css';

interface PartSelectProps {
  exam: string;
  parts: readonly ExamPart[];
  part: string | null;
  /** The page that shows one part at a time. */
  to: '/marking/$exam/groups' | '/marking/$exam/shared';
}

/** Goes to the same page of another part. */
export function PartSelect({ exam, parts, part, to }: PartSelectProps) {
  const navigate = useNavigate();
  return (
    <Select
      aria-label="Part"
      className={classes.part ?? ''}
      allowDeselect={false}
      value={part}
      onChange={(chosen) => {
        if (chosen !== null) void navigate({ to, params: { exam }, search: { part: chosen }, replace: true });
      }}
      data={parts.map(({ key, title }) => ({
        value: key,
        label: title === null ? key : `${key} · ${title}`,
      }))}
    />
  );
}
