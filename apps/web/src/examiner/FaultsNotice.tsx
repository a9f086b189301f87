import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { faults as faultsQuery, giveToPerson, runAgain } from '../api/faults.js';
import { originalAddress } from '../api/submissions.js';
import type { Fault, SubmissionSummary } from '../api/types.js';
import { ButtonLink } from '../ui/links.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './faults.module.css';
import { nameOf } from './held.js';
import { OrderedAgain } from './OrderedAgain.js';

interface FaultsNoticeProps {
  exam: string;
  latest: readonly SubmissionSummary[];
}

/** What failed on our side, why, and what can be done; and what became of what was ordered again. */
export function FaultsNotice({ exam, latest }: FaultsNoticeProps) {
  const failed = latest.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const { data, error, refetch } = useQuery({
    ...faultsQuery(exam, failed),
    // Those that are left stay in view while the list comes anew.
    placeholderData: (before) => before?.filter(({ submission }) => failed.includes(submission)),
  });
  const [ordered, setOrdered] = useState<readonly string[]>([]);
  const queryClient = useQueryClient();
  const again = useWrite({
    mutationFn: (submission: string | null) => runAgain(exam, submission),
    onSuccess: async (_answer, submission) => {
      await queryClient.invalidateQueries({ queryKey: ['exam', exam, 'submissions'] });
      const these = submission === null ? failed : [submission];
      setOrdered((before) => [...new Set([...before, ...these])]);
    },
  });
  return (
    <>
      {failed.length > 0 && (
        <Notice tone="fault" title={`${count(failed.length, 'submission')} failed on our side`}>
          <p>
            This says nothing about the answers, and no mark was given for it. The documents are stored
            safely.
          </p>
          {error !== null && (
            <Problem error={error} what="Why could not be loaded" retry={() => void refetch()} />
          )}
          {again.error !== null && <Problem error={again.error} what="This could not be ordered" />}
          {failed.length > 1 && (
            <div className={classes.ways}>
              <Button
                size="xs"
                variant="default"
                loading={again.isPending && again.variables === null}
                disabled={again.isPending}
                onClick={() => again.mutate(null)}
              >
                Run all {failed.length} again
              </Button>
            </div>
          )}
          {data !== undefined && (
            <FaultList
              exam={exam}
              faults={data}
              latest={latest}
              running={again.isPending ? again.variables : undefined}
              onRunAgain={(submission) => again.mutate(submission)}
            />
          )}
        </Notice>
      )}
      <OrderedAgain
        ordered={latest.filter(({ id }) => ordered.includes(id))}
        onClose={() => setOrdered([])}
      />
    </>
  );
}

/** So many are told of one by one. */
const MOST_SHOWN = 20;

interface FaultListProps {
  exam: string;
  faults: readonly Fault[];
  latest: readonly SubmissionSummary[];
  /** What is being ordered: a submission, null for all. */
  running: string | null | undefined;
  onRunAgain: (submission: string) => void;
}

function FaultList({ exam, faults, latest, running, onRunAgain }: FaultListProps) {
  return (
    <>
      <ul className={classes.faults} aria-label="What failed">
        {faults.slice(0, MOST_SHOWN).map((fault) => {
          const summary = latest.find(({ id }) => id === fault.submission);
          return (
            <FaultRow
              key={fault.submission}
              exam={exam}
              fault={fault}
              whose={summary === undefined ? fault.candidate : nameOf(summary)}
              running={running}
              onRunAgain={() => onRunAgain(fault.submission)}
            />
          );
        })}
      </ul>
      {faults.length > MOST_SHOWN && (
        <p>And {faults.length - MOST_SHOWN} more. They are shown as these are done.</p>
      )}
    </>
  );
}

interface FaultRowProps {
  exam: string;
  fault: Fault;
  whose: string;
  running: string | null | undefined;
  onRunAgain: () => void;
}

function FaultRow({ exam, fault, whose, running, onRunAgain }: FaultRowProps) {
  const queryClient = useQueryClient();
  const giving = useWrite({
    mutationFn: () => giveToPerson(fault.submission),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['exam', exam] }),
  });
  const { submission, attempt, since, split, orderedAgain, candidate } = fault;
  return (
    <li>
      <strong>{whose}</strong>, attempt {attempt}: {whatFailed(fault)}
      <p>{whyOf(fault)}</p>
      <p>
        {orderedAgain === null
          ? `Failed on ${shortTime(since)}.`
          : `Run again by ${orderedAgain.by ?? 'the system'} on ${shortTime(orderedAgain.at)}, and failed again on ${shortTime(since)}. ` +
            `If it keeps failing, have somebody look into the server’s log for ${submission}.`}
        {split && ' Markers have it in their queue, and may mark by hand what failed.'}
      </p>
      {giving.error !== null && <Problem error={giving.error} what="It was not given to the markers" />}
      <div className={classes.ways}>
        <Button
          size="xs"
          variant="default"
          aria-label={`Run again: ${whose}`}
          loading={running === submission}
          disabled={running !== undefined || giving.isPending}
          onClick={onRunAgain}
        >
          Run again
        </Button>
        {split ? (
          <ButtonLink
            size="xs"
            variant="default"
            to="/marking/$exam"
            params={{ exam }}
            search={{ candidate }}
            aria-label={`Mark by hand: ${whose}`}
          >
            Mark by hand
          </ButtonLink>
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={`Give to a person: ${whose}`}
            loading={giving.isPending}
            onClick={() => giving.mutate()}
          >
            Give to a person
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          component="a"
          href={originalAddress(submission)}
          download
          aria-label={`Download the work: ${whose}`}
        >
          Download the work
        </Button>
      </div>
    </li>
  );
}

function whatFailed({ split, parts }: Fault): string {
  if (!split) return 'the document was not read, so no part of it is marked';
  return `${parts.length === 1 ? 'part' : 'parts'} ${parts.map(({ part }) => part).join(', ')}`;
}

/** What happened to the whole, or to each part for its own cause. */
function whyOf({ why, parts }: Fault): string {
  const causes = [...new Set(parts.flatMap(({ cause }) => cause ?? []))];
  if (causes.length === 0) return why;
  const said = causes.map((cause) => {
    const of = parts.filter((each) => each.cause === cause).map(({ part }) => part);
    return of.length === parts.length ? cause : `${cause} (${of.join(', ')})`;
  });
  return `A fault of the system, not of the answers: ${said.join('; ')}.`;
}
