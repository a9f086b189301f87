import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { checks as checksQuery } from '../api/checks.js';
import type { Check } from '../api/types.js';
import { FindField } from '../ui/FindField.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './checks.module.css';
import { groupsOf, matches } from './groups.js';
import { SeverityTag } from './SeverityTag.js';

const route = getRouteApi('/shell/staff/checks');

/** What a review of code looks for, for whoever reads its findings or names checks in a scheme. */
export function ChecksPage() {
  const { data, error, isPending, refetch } = useQuery(checksQuery);
  // In the address, so that one comes back to it from a check.
  const { find = '' } = route.useSearch();
  const [words, setWords] = useState(find);
  const navigate = route.useNavigate();
  const sought = useDeferredValue(words);
  const found = (data ?? []).filter((check) => matches(check, sought));
  return (
    <Page
      title="What a code review looks for"
      lead="A marking scheme may name any of these by the word below its title: to take marks off where it is found, or as what a critique should see."
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The checks could not be listed" retry={() => void refetch()} />
      )}
      {data !== undefined && (
        <>
          <FindField
            label="Find by words"
            words={words}
            onChange={(value) => {
              setWords(value);
              void navigate({ search: { find: value }, replace: true, resetScroll: false });
            }}
            found={count(found.length, 'check')}
          />
          {found.length === 0 && <Empty icon="sheet" title="No check speaks of that" />}
          {groupsOf(found).map(({ group, says, checks }) => (
            <Card key={group} title={says} className={classes.group ?? ''}>
              <CheckList checks={checks} label={says} />
            </Card>
          ))}
        </>
      )}
    </Page>
  );
}

function CheckList({ checks, label }: { checks: readonly Check[]; label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {checks.map(({ id, severity, title }) => (
        <li key={id}>
          <Link to="/checks/$check" params={{ check: id }} className={classes.check}>
            <span className={classes.title}>{title}</span>
            <code>{id}</code>
          </Link>
          <SeverityTag severity={severity} />
        </li>
      ))}
    </ul>
  );
}
