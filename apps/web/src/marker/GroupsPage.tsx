import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { groups as groupsQuery } from '../api/groups.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { GroupCard } from './GroupCard.js';
import { GroupGiven, type Given } from './GroupGiven.js';
import { Question } from './Question.js';
import { MarkingCrumbs } from './MarkingCrumbs.js';
import { PartSelect } from './PartSelect.js';
import classes from './groups.module.css';

const route = getRouteApi('/shell/marker/marking/$exam/groups');

/** Answers that are alike, for one decision each: looked at, confirmed by a person, marked one by one. */
export function GroupsPage() {
  const { exam: id } = route.useParams();
  const search = route.useSearch();
  const exam = useQuery(examQuery(id));
  const part = search.part ?? exam.data?.parts[0]?.key ?? null;
  const groups = useQuery({ ...groupsQuery(id, part ?? ''), enabled: part !== null });
  const asked = exam.data?.parts.find(({ key }) => key === part);
  // Of this part: what was decided here stands above what is left.
  const [given, setGiven] = useState<readonly Given[]>([]);
  return (
    <Page
      title="Answers that are alike"
      crumbs={<MarkingCrumbs exam={id} />}
      lead="The same quantity, the same error, the same working; of essays, nearly the same words. Look through a group, take out what is not like the others, and decide once."
    >
      <PartSelect exam={id} parts={exam.data?.parts ?? []} part={part} to="/marking/$exam/groups" />
      {asked !== undefined && <Question part={asked} />}
      {groups.isPending && <Waiting rows={2} height={180} />}
      {groups.error !== null && (
        <Problem
          error={groups.error}
          what="The groups could not be loaded"
          retry={() => void groups.refetch()}
        />
      )}
      <div className={classes.given} aria-live="polite">
        {given.map(
          (each, index) =>
            each.part === part && (
              <GroupGiven
                key={given.length - index}
                exam={id}
                given={each}
                onChanged={(changed) =>
                  setGiven((before) => before.map((one) => (one === each ? changed : one)))
                }
              />
            ),
        )}
      </div>
      {groups.data?.length === 0 && (
        <Empty icon="tick" title="No unmarked answers to this part are alike">
          <p>What is left is marked answer by answer, from the queue.</p>
        </Empty>
      )}
      <ul className={classes.groups}>
        {groups.data?.map((group) => (
          <li key={group.key}>
            <GroupCard exam={id} group={group} onGiven={(one) => setGiven((before) => [one, ...before])} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
