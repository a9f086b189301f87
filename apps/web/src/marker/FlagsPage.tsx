import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { flags } from '../api/flags.js';
import type { Flag } from '../api/types.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { FlagNote } from './FlagNote.js';
import { MarkingCrumbs } from './MarkingCrumbs.js';
import classes from './flags.module.css';

const route = getRouteApi('/shell/marker/marking/$exam/flags');

/** What markers ask each other: those to me first, then the others, oldest first. */
export function FlagsPage() {
  const { exam: id } = route.useParams();
  const [state, setState] = useState<'open' | 'resolved'>('open');
  const found = useQuery({ ...flags(id, state), refetchInterval: 30_000 });
  const first = (flag: Flag) => (flag.mayAnswer && flag.forYou ? 0 : 1);
  const listed = (found.data ?? []).toSorted((one, other) => first(one) - first(other));
  return (
    <Page
      title="Flags"
      crumbs={<MarkingCrumbs exam={id} />}
      lead="What markers ask each other about answers. No student reads it."
    >
      <SegmentedControl
        aria-label="Which flags"
        value={state}
        onChange={setState}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'resolved', label: 'Resolved' },
        ]}
        mb="md"
      />
      {found.isPending && <Waiting rows={2} height={120} />}
      {found.error !== null && (
        <Problem
          error={found.error}
          what="The flags could not be loaded"
          retry={() => void found.refetch()}
        />
      )}
      {found.data?.length === 0 && (
        <Empty
          icon={state === 'open' ? 'tick' : 'flag'}
          title={state === 'open' ? 'Nobody asks about an answer' : 'No flag has been resolved yet'}
        >
          {state === 'open' && <p>Press L beside an answer to ask a colleague about it.</p>}
        </Empty>
      )}
      <ul className={classes.flags}>
        {listed.map((flag) => (
          <li key={flag.id}>
            <FlagNote
              flag={flag}
              answer={null}
              heading={
                <h2 className={classes.head}>
                  <span className={classes.key}>{flag.part}</span>
                  {flag.candidate}
                  <Link to="/marking/$exam/$answer" params={{ exam: id, answer: flag.answer }}>
                    Open the answer
                  </Link>
                </h2>
              }
            />
          </li>
        ))}
      </ul>
    </Page>
  );
}
