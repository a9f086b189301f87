import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';
import { groups as groupsQuery } from '../api/groups.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { GroupCard } from './GroupCard.js';
import classes from './groups.module.css';

const route = getRouteApi('/shell/marker/marking/$exam/groups');

/** Answers that are alike, for one decision each: looked at, confirmed by a person, marked one by one. */
export function GroupsPage() {
  const { exam: id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const exam = useQuery(examQuery(id));
  const part = search.part ?? exam.data?.parts[0]?.key ?? null;
  const groups = useQuery({ ...groupsQuery(id, part ?? ''), enabled: part !== null });
  return (
    <Page
      title="Answers that are alike"
      crumbs={
        <>
          <Link to="/marking">Marking</Link>
          <span aria-hidden="true">/</span>
          <Link to="/marking/$exam" params={{ exam: id }}>
            {exam.data?.title ?? id}
          </Link>
        </>
      }
      lead="The same quantity, the same error, the same working; of essays, nearly the same words. Look through a group, take out what is not like the others, and decide once."
    >
      <Select
        aria-label="Part"
        className={classes.part}
        allowDeselect={false}
        value={part}
        onChange={(chosen) => {
          if (chosen !== null)
            void navigate({
              to: '/marking/$exam/groups',
              params: { exam: id },
              search: { part: chosen },
              replace: true,
            });
        }}
        data={(exam.data?.parts ?? []).map(({ key, title }) => ({
          value: key,
          label: title === null ? key : `${key} · ${title}`,
        }))}
      />
      {groups.isPending && <Waiting rows={2} height={180} />}
      {groups.error !== null && (
        <Problem
          error={groups.error}
          what="The groups could not be loaded"
          retry={() => void groups.refetch()}
        />
      )}
      {groups.data?.length === 0 && (
        <Empty icon="tick" title="No unmarked answers to this part are alike">
          <p>What is left is marked answer by answer, from the queue.</p>
        </Empty>
      )}
      <ul className={classes.groups}>
        {groups.data?.map((group) => (
          <li key={group.key}>
            <GroupCard exam={id} group={group} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
