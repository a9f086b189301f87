import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Notice.js';

/** The last resort: a page that could not be shown says so, and offers to try again. */
export function Fault({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <Problem error={error} retry={reset} />
    </Page>
  );
}
