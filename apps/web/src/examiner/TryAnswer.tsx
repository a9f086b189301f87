import { Button, FileButton, NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { readTried, tryAnswer } from '../api/exam-drafts.js';
import { ProposalView } from '../evidence/ProposalView.js';
import { inMarks } from '../text/marks.js';
import { Empty, Notice, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './definition.module.css';
import { triedInWords } from './triedInWords.js';
import type { ExamDraft } from './useExamDraft.js';

const WHOLE = '(whole)';
const LONGEST = 200_000;
const READABLE = '.txt,.md,.markdown,.tex,.py,.ipynb,.docx,.pdf,.png,.jpg,.jpeg,.zip';

interface TryAnswerProps {
  draft: ExamDraft;
  /** The part that the cursor is in; tried unless another is chosen. */
  at: string | null;
}

/** An answer written on the spot, and how it would be marked. Nothing is stored. */
export function TryAnswer({ draft: { yaml, paper, outdated }, at }: TryAnswerProps) {
  const [chosen, choose] = useState<string | null>(null);
  const [answer, setAnswer] = useState('');
  const trying = useMutation({
    mutationFn: (asked: { yaml: string; part: string | null; answer: string }) =>
      tryAnswer(asked.yaml, asked.part, asked.answer),
  });
  const reading = useMutation({
    mutationFn: (file: File) => readTried(file, new AbortController().signal),
    onSuccess: ({ text }) => setAnswer(text),
  });
  // It may stand below what is in sight.
  const marking = useRef<HTMLDivElement>(null);
  const { data: tried } = trying;
  useEffect(() => {
    if (tried !== undefined) marking.current?.scrollIntoView({ block: 'start' });
  }, [tried]);
  if (paper === null) {
    return (
      <Empty icon="sheet" title="Nothing to try yet">
        <p>An answer can be tried as soon as the exam has no errors.</p>
      </Empty>
    );
  }
  const keys = paper.parts.map(({ key }) => key);
  const part = [chosen, at].find((each) => each === WHOLE || keys.includes(each ?? '')) ?? keys[0] ?? WHOLE;

  function run() {
    if (answer.trim() === '') return;
    trying.mutate({ yaml, part: part === WHOLE ? null : part, answer });
  }

  return (
    <div className={classes.stack}>
      <NativeSelect
        label="Answer to"
        value={part}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          ...paper.parts.map(({ key, title, marks }) => ({
            value: key,
            label: `${key}${title === null ? '' : ` ${title}`} (${inMarks(marks)})`,
          })),
          { value: WHOLE, label: 'The whole exam, in one document' },
        ]}
      />
      <Textarea
        label="Answer"
        description="As a student would write it. Nothing is stored; Ctrl Enter shows the marking."
        rows={8}
        maxLength={LONGEST}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run();
        }}
        classNames={{ input: classes.answer ?? '' }}
      />
      <div className={classes.buttons}>
        <Button onClick={run} loading={trying.isPending} disabled={answer.trim() === '' || outdated}>
          See the marking
        </Button>
        <FileButton
          onChange={(file) => {
            if (file !== null) reading.mutate(file);
          }}
          accept={READABLE}
          inputProps={{ 'aria-label': 'A file to try' }}
        >
          {(props) => (
            <Button variant="default" loading={reading.isPending} {...props}>
              From a file
            </Button>
          )}
        </FileButton>
      </div>
      {reading.error !== null && <Problem error={reading.error} what="The file was not read" />}
      {reading.data !== undefined && (
        <Notice
          tone="plain"
          title={`Read from ${reading.variables.name}, as when it is handed in`}
          live="polite"
        >
          {reading.data.remarks.length > 0 && (
            <ul>
              {reading.data.remarks.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {outdated && <p className={classes.state}>Mend the exam first: it has errors, or is being read.</p>}
      {trying.error !== null && <Problem error={trying.error} what="The answer was not marked" />}
      {trying.isPending && <Waiting rows={1} height={160} />}
      {trying.data !== undefined && (
        <div ref={marking} className={`${classes.stack} ${classes.marking}`} aria-live="polite">
          {trying.data.parts.length > 1 && <p className={classes.state}>{triedInWords(trying.data.parts)}</p>}
          {trying.variables.yaml !== yaml && (
            <p className={classes.state}>The exam has changed since this was marked.</p>
          )}
          {trying.data.parts.map(({ key, title, text, proposal, unrun }) => (
            <section key={key} className={classes.tried}>
              <h2 className={classes.triedTitle}>
                {key} {title}
              </h2>
              {unrun && (
                <Notice tone="unsure" title="The network was not run for this trial">
                  <p>
                    Once handed in, it is run before the answer is marked; what rests on that run is open
                    here.
                  </p>
                </Notice>
              )}
              <ProposalView proposal={proposal} text={text ?? ''} />
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
