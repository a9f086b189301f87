import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { reviews } from '../api/reviews.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './cases.module.css';
import { MarkingCrumbs } from './MarkingCrumbs.js';
import { SecondLookCard } from './SecondLookCard.js';

const route = getRouteApi('/shell/marker/marking/$exam/second-looks');

type State = 'open' | 'answered';

/** What students ask to have looked at again, oldest first, and what came of it. */
export function SecondLooksPage() {
  const { exam: id } = route.useParams();
  const [state, setState] = useState<State>('open');
  const requests = useQuery(reviews(id, state));
  return (
    <Page
      title="Second looks"
      crumbs={<MarkingCrumbs exam={id} />}
      lead="A student gave a reason why a mark should be looked at again. Somebody other than who set it decides, and says why."
    >
      <SegmentedControl
        aria-label="Which requests"
        value={state}
        onChange={setState}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'answered', label: 'Answered' },
        ]}
        mb="md"
      />
      {requests.isPending && <Waiting rows={2} height={180} />}
      {requests.error !== null && (
        <Problem
          error={requests.error}
          what="The requests could not be loaded"
          retry={() => void requests.refetch()}
        />
      )}
      {requests.data?.length === 0 && (
        <Empty
          icon={state === 'open' ? 'tick' : 'inbox'}
          title={state === 'open' ? 'Nobody waits for a second look' : 'No request has been answered yet'}
        />
      )}
      <ul className={classes.cases}>
        {requests.data?.map((request) => (
          <li key={request.id}>
            <SecondLookCard request={request} exam={id} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
