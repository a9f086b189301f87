import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { moderation } from '../api/moderation.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import { DisagreementCard } from './DisagreementCard.js';
import classes from './cases.module.css';

/** Two marks of one answer side by side, those that wait for a decision or what came of them. */
export function Disagreements({ exam }: { exam: string }) {
  const [state, setState] = useState<'open' | 'decided'>('open');
  const found = useQuery({ ...moderation(exam, state), refetchInterval: 60_000 });
  return (
    <>
      <SegmentedControl
        aria-label="Which disagreements"
        value={state}
        onChange={setState}
        data={[
          { value: 'open', label: 'To decide' },
          { value: 'decided', label: 'Decided' },
        ]}
        mb="md"
      />
      {found.isPending && <Waiting rows={2} height={200} />}
      {found.error !== null && (
        <Problem
          error={found.error}
          what="The disagreements could not be loaded"
          retry={() => void found.refetch()}
        />
      )}
      {found.data?.length === 0 && (
        <Empty
          icon={state === 'open' ? 'tick' : 'scale'}
          title={state === 'open' ? 'No two marks are too far apart' : 'Nothing has been decided yet'}
        />
      )}
      <ul className={classes.cases}>
        {found.data?.map((each) => (
          <li key={each.second.id}>
            <DisagreementCard found={each} exam={exam} />
          </li>
        ))}
      </ul>
    </>
  );
}
