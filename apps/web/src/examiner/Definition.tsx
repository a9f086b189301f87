import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { checkExam, putExam } from '../api/exams.js';
import { stageScheme } from '../api/scheme-changes.js';
import { asProblem, type ProblemEntry } from '../api/problem.js';
import type { PutExamResult } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { Notice, placeOf, Problem } from '../ui/Notice.js';
import classes from './definition.module.css';
import { examNameIn } from './examName.js';
import { YamlEditor, type YamlEditorHandle } from './YamlEditor.js';

interface DefinitionProps {
  initial: string;
  /** The version that stands, or null for a new exam. */
  version: number | null;
}

export function Definition({ initial, version }: DefinitionProps) {
  const [yaml, setYaml] = useState(initial);
  const editor = useRef<YamlEditorHandle>(null);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const name = examNameIn(yaml);

  const checking = useMutation({
    mutationFn: (text: string) => checkExam(examNameIn(text) ?? 'unnamed', text),
  });
  const saving = useMutation({
    mutationFn: (text: string) => putExam(examNameIn(text) ?? 'unnamed', text),
    onSuccess: async (put) => {
      await queryClient.invalidateQueries({ queryKey: ['exam'] });
      await queryClient.invalidateQueries({ queryKey: ['exams'] });
      announce(
        put.version === version
          ? `Nothing changed: this is version ${put.version}`
          : `${put.title}: version ${put.version} saved`,
      );
      await navigate({ to: '/examining/$exam', params: { exam: put.id } });
    },
  });

  const staging = useMutation({
    mutationFn: (text: string) => stageScheme(examNameIn(text) ?? 'unnamed', text),
    onSuccess: async (_preview, text) => {
      const exam = examNameIn(text) ?? 'unnamed';
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      await navigate({ to: '/examining/$exam/scheme', params: { exam } });
    },
  });

  const error = saving.error ?? checking.error ?? staging.error;
  const problem = error === null ? null : asProblem(error);
  const entries = problem?.errors ?? [];

  function change(text: string) {
    setYaml(text);
    checking.reset();
    saving.reset();
    staging.reset();
  }

  return (
    <div className={classes.columns}>
      <YamlEditor ref={editor} value={yaml} onChange={change} faults={entries} />
      <aside className={classes.side}>
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => checking.mutate(yaml)} loading={checking.isPending}>
            Check
          </Button>
          {version !== null && (
            <Button
              variant="default"
              onClick={() => staging.mutate(yaml)}
              loading={staging.isPending}
              disabled={name === null || yaml === initial}
            >
              See who would change
            </Button>
          )}
          <Button onClick={() => saving.mutate(yaml)} loading={saving.isPending} disabled={name === null}>
            {version === null ? 'Save' : 'Save as a new version'}
          </Button>
        </div>
        {name === null && (
          <Notice tone="unsure" title="The exam has no name yet">
            Give it one on a line of its own, such as <code>exam: deep-learning-2026</code>. It stands in
            addresses.
          </Notice>
        )}
        {problem !== null &&
          (entries.length > 0 ? (
            <Faults
              entries={entries}
              onGo={(entry) => editor.current?.goTo(entry.line ?? 1, entry.column ?? 1)}
            />
          ) : (
            <Problem error={problem} what="The exam was not saved" />
          ))}
        {checking.data !== undefined && problem === null && <Sound result={checking.data} />}
      </aside>
    </div>
  );
}

function Faults({
  entries,
  onGo,
}: {
  entries: readonly ProblemEntry[];
  onGo: (entry: ProblemEntry) => void;
}) {
  return (
    <Notice
      tone="fault"
      title={entries.length === 1 ? 'One thing is to be mended' : `${entries.length} things are to be mended`}
      live="assertive"
    >
      <ul className={classes.faults}>
        {entries.map((entry) => (
          <li key={`${placeOf(entry)} ${entry.message}`}>
            <button type="button" onClick={() => onGo(entry)}>
              <span className={classes.place}>{placeOf(entry)}</span>
              <span>{entry.message}</span>
              {entry.expected !== undefined && <span>Expected: {entry.expected}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Sound({ result }: { result: PutExamResult }) {
  return (
    <Notice tone="final" title="The exam is sound" live="polite">
      <p>
        {result.title}, {inMarks(result.totalMarks)} in all.
      </p>
      {result.notes.length > 0 && (
        <ul className={classes.notes}>
          {result.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
