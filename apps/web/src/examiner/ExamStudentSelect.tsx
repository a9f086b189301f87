import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { examStudents } from '../api/exams.js';
import { Problem } from '../ui/Notice.js';
import { choiceOf, foundAmong, type Choice } from './personChoices.js';
import { PersonField, type PersonFieldProps } from './PersonField.js';

const PAUSE_MS = 150;

/** One of those who sit an exam, looked for on the server: it may be thousands. */
export function ExamStudentSelect({ exam, onChange, ...rest }: PersonFieldProps & { exam: string }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, PAUSE_MS);
  const [chosen, setChosen] = useState<Choice>();
  const { data, error, isPlaceholderData } = useQuery({
    ...examStudents(exam, asked.trim()),
    placeholderData: keepPreviousData,
  });
  const settled = data !== undefined && !isPlaceholderData && asked === typed;
  const choices = data?.students.map(choiceOf) ?? [];
  // Until the others are there, those who were found before: only who is called so too can be taken.
  const found = settled ? { count: data.count, choices } : foundAmong(choices, typed);
  return (
    <>
      {error !== null && <Problem error={error} what="The students could not be looked for" />}
      <PersonField
        {...rest}
        found={found}
        settled={settled}
        chosen={chosen}
        onType={setTyped}
        onChange={(value) => {
          setChosen(choices.find((choice) => choice.value === value));
          onChange(value);
        }}
      />
    </>
  );
}
