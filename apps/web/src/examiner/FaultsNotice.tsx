import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { runFaultsAgain } from '../api/exams.js';
import type { SubmissionSummary } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';

/** What failed on our side, and the button to have it done again. Nothing where nothing failed. */
export function FaultsNotice({ exam, latest }: { exam: string; latest: readonly SubmissionSummary[] }) {
  const queryClient = useQueryClient();
  const again = useMutation({
    mutationFn: () => runFaultsAgain(exam),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['exam', exam, 'submissions'] }),
  });
  const failed = latest.filter(({ state }) => state === 'failed').length;
  if (failed === 0) return null;
  return (
    <Notice tone="fault" title={`${count(failed, 'submission')} failed on our side`}>
      <p>
        This says nothing about the answers, and no mark was given for it. The documents are stored safely.
      </p>
      {again.error !== null && <Problem error={again.error} what="This could not be ordered" />}
      {again.data === undefined ? (
        <Button size="xs" variant="default" mt="sm" loading={again.isPending} onClick={() => again.mutate()}>
          Run again
        </Button>
      ) : (
        <p>Ordered again. This page follows how it goes.</p>
      )}
    </Notice>
  );
}
