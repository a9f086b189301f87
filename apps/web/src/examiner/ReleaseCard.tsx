import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelRelease, releasePlan } from '../api/release.js';
import type { ReleasePlan, SubmissionSummary } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count, fullTime, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import classes from './deadlines.module.css';
import { PlanForm } from './PlanForm.js';
import { WithholdForm } from './WithholdForm.js';

type WithheldStudent = ReleasePlan['withheld'][number]['student'];
type Open =
  { readonly kind: 'plan' } | { readonly kind: 'withhold'; readonly student: WithheldStudent | null };

/** When marks are to be released, what is in the way of it, and whose results are kept back; and the ways to change it. */
export function ReleaseCard({
  exam,
  submissions,
}: {
  exam: string;
  submissions: readonly SubmissionSummary[];
}) {
  const { data, error } = useQuery(releasePlan(exam));
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const cancelling = useWrite({
    mutationFn: () => cancelRelease(exam),
    onSuccess: async () => {
      announce('No release is planned any more');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
    },
  });
  return (
    <Card title="Release">
      {error !== null && <Problem error={error} what="The planned release could not be loaded" />}
      {cancelling.error !== null && <Problem error={cancelling.error} what="Nothing was cancelled" />}
      {data !== undefined && (
        <>
          <div className={classes.columns}>
            <Planned plan={data} />
            <div className={classes.buttons}>
              <Button size="xs" variant="default" onClick={() => setOpen({ kind: 'plan' })}>
                {data.plan === null ? 'Plan the release' : 'Change the time'}
              </Button>
              {data.plan !== null && (
                <Button
                  size="xs"
                  variant="default"
                  loading={cancelling.isPending}
                  onClick={() => cancelling.mutate()}
                >
                  Cancel the plan
                </Button>
              )}
              <Button
                size="xs"
                variant="default"
                onClick={() => setOpen({ kind: 'withhold', student: null })}
              >
                Withhold a result
              </Button>
            </div>
          </div>
          {data.withheld.length > 0 && (
            <ul className={classes.extensions} aria-label="Withheld results">
              {data.withheld.map(({ student, reason, by, since }) => (
                <li key={student.id}>
                  <strong>{student.name}</strong>
                  <span>withheld since {shortTime(since)}</span>
                  <span className={classes.quiet}>
                    {reason} ({by})
                  </span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => setOpen({ kind: 'withhold', student })}
                    aria-label={`Let go of the result of ${student.name}`}
                  >
                    Let go
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <CaseDialog about={open} onClose={close} title={titleOf}>
        {(about) =>
          about.kind === 'plan' ? (
            <PlanForm exam={exam} at={data?.plan?.at ?? null} onDone={close} />
          ) : (
            <WithholdForm
              exam={exam}
              submissions={submissions}
              withheld={data?.withheld ?? []}
              student={about.student}
              onDone={close}
            />
          )
        }
      </CaseDialog>
    </Card>
  );
}

function titleOf(open: Open): string {
  if (open.kind === 'plan') return 'Plan the release';
  return open.student === null ? 'Withhold a result' : 'Let a result go';
}

function Planned({ plan: { plan, inTheWay, withheld } }: { plan: ReleasePlan }) {
  return (
    <div>
      {plan === null ? (
        <p>No release is planned. Marks go out when you press “Release marks”, or at a time you set.</p>
      ) : plan.state === 'planned' ? (
        <p>
          All marks go out together on <strong>{fullTime(plan.at)}</strong>, or as soon after it as nothing is
          in the way. Planned by {plan.by} (zone {plan.zone}).
        </p>
      ) : (
        <Notice tone="unsure" icon="clock" title="The planned release is held">
          It was due on {fullTime(plan.at)} (zone {plan.zone}, planned by {plan.by}) and goes out by itself as
          soon as nothing is in the way.
        </Notice>
      )}
      <InTheWay inTheWay={inTheWay} withheld={withheld.length} />
    </div>
  );
}

function InTheWay({ inTheWay, withheld }: { inTheWay: ReleasePlan['inTheWay']; withheld: number }) {
  const blocking = inTheWay.filter(({ reason }) => reason !== 'withheld');
  if (blocking.length === 0)
    return (
      <p className={classes.quiet}>
        Nothing is in the way of it now{withheld > 0 ? ', and withheld results hold nobody else’s up' : ''}.
      </p>
    );
  return (
    <>
      <p className={classes.quiet}>In the way now:</p>
      <ul className={classes.rules}>
        {blocking.map(({ reason, why, submissions }) => (
          <li key={reason}>
            {count(submissions, 'paper')}: {why}
          </li>
        ))}
      </ul>
    </>
  );
}
