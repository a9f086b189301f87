import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { flags } from '../api/flags.js';
import { queue as queueQuery, QUEUE_LENGTH } from '../api/marking.js';
import { moderation } from '../api/moderation.js';
import { reviews } from '../api/reviews.js';
import type { Flag, QueueEntry, QueueState } from '../api/types.js';
import { useKeys } from '../keyboard/useKeys.js';
import { Icon } from '../ui/icons.js';
import { ButtonLink } from '../ui/links.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { PartTag } from '../ui/StateTag.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import { ComparisonNote } from './ComparisonNote.js';
import classes from './queue.module.css';
import { withGiven } from './run.js';
import { useGiven } from './useOutbox.js';

const route = getRouteApi('/shell/marker/marking/$exam');

const DOUBTFUL = 'Most doubtful first: where the machine knows least, your eye counts most.';
const SHUFFLED = 'Shuffled: each marker has an order of their own, so that none weighs on the marks.';

export function QueuePage() {
  const { exam: id } = route.useParams();
  const search = route.useSearch();
  const state = search.state ?? 'awaiting';
  const navigate = useNavigate();
  const exam = useQuery(examQuery(id));
  const queue = useQuery({
    ...queueQuery(id, { part: search.part, state, candidate: search.candidate }),
    refetchInterval: 10_000,
  });
  // What is being saved awaits nobody any more.
  const given = useGiven();
  const entries = withGiven(queue.data ?? [], given).filter(
    (entry) => state !== 'awaiting' || entry.state !== 'marked',
  );
  const { refetch } = queue;
  const allSaved = given.size === 0;
  useEffect(() => {
    if (allSaved) void refetch({ cancelRefetch: false });
  }, [refetch, allSaved]);
  const first = entries.find(({ heldBy }) => heldBy === null) ?? entries[0];
  const looks = useQuery({ ...reviews(id, 'open'), refetchInterval: 60_000 });
  const open = useQuery({ ...flags(id, 'open'), refetchInterval: 30_000 });
  const apart = useQuery({ ...moderation(id, 'open'), refetchInterval: 60_000 });
  const toYou = open.data?.filter(({ forYou, mayAnswer }) => forYou && mayAnswer).length ?? 0;
  const flagged = new Map(open.data?.map((flag) => [flag.answer, flag]));

  useKeys({
    n: () => {
      if (first !== undefined)
        void navigate({ to: '/marking/$exam/$answer', params: { exam: id, answer: first.answer }, search });
    },
  });

  const filter = (next: { part?: string; state?: QueueState; candidate?: string }) => {
    const merged = { ...search, ...next };
    void navigate({
      to: '/marking/$exam',
      params: { exam: id },
      search: {
        ...(merged.part === undefined ? {} : { part: merged.part }),
        ...(merged.state === undefined || merged.state === 'awaiting' ? {} : { state: merged.state }),
        ...(merged.candidate === undefined ? {} : { candidate: merged.candidate }),
      },
      replace: true,
    });
  };

  return (
    <Page
      title={exam.data?.title ?? 'Marking'}
      crumbs={<Link to="/marking">Marking</Link>}
      lead={exam.data?.order === 'shuffled' ? SHUFFLED : DOUBTFUL}
      actions={
        <>
          <ButtonLink
            variant="default"
            to="/marking/$exam/groups"
            params={{ exam: id }}
            search={search.part === undefined ? {} : { part: search.part }}
          >
            Alike
          </ButtonLink>
          <ButtonLink
            variant="default"
            to="/marking/$exam/shared"
            params={{ exam: id }}
            search={search.part === undefined ? {} : { part: search.part }}
          >
            Shared passages
          </ButtonLink>
          <ButtonLink variant="default" to="/marking/$exam/flags" params={{ exam: id }}>
            Flags{toYou === 0 ? '' : ` (${toYou})`}
          </ButtonLink>
          {apart.data !== undefined && apart.data.length > 0 && (
            <ButtonLink variant="default" to="/marking/$exam/disagreements" params={{ exam: id }}>
              Disagreements ({apart.data.length})
            </ButtonLink>
          )}
          <ButtonLink variant="default" to="/marking/$exam/second-looks" params={{ exam: id }}>
            Second looks{looks.data === undefined || looks.data.length === 0 ? '' : ` (${looks.data.length})`}
          </ButtonLink>
          {queue.isPending && (
            <Button disabled rightSection={<Icon name="right" size={16} />}>
              {state === 'marked' ? 'Look through' : 'Start marking'}
            </Button>
          )}
          {first !== undefined && (
            <ButtonLink
              to="/marking/$exam/$answer"
              params={{ exam: id, answer: first.answer }}
              search={search}
              rightSection={<Icon name="right" size={16} />}
            >
              {state === 'marked' ? 'Look through' : 'Start marking'}
            </ButtonLink>
          )}
        </>
      }
    >
      <ComparisonNote exam={id} />
      <div className={classes.filters}>
        <SegmentedControl
          aria-label="Which answers"
          value={state}
          onChange={(chosen) => filter({ state: chosen })}
          data={[
            { value: 'awaiting', label: 'Awaiting' },
            { value: 'marked', label: 'Marked' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Select
          aria-label="Part"
          placeholder="All parts"
          clearable
          value={search.part ?? null}
          onChange={(part) => filter({ part: part ?? undefined })}
          data={(exam.data?.parts ?? []).map(({ key, title }) => ({
            value: key,
            label: title === null ? key : `${key} · ${title}`,
          }))}
          className={classes.part}
        />
        <FindCandidate candidate={search.candidate ?? ''} onFind={(candidate) => filter({ candidate })} />
        <span className={classes.count}>
          {queue.data === undefined
            ? '… answers'
            : queue.data.length < QUEUE_LENGTH
              ? count(entries.length, 'answer')
              : `The first ${QUEUE_LENGTH} answers`}
        </span>
      </div>
      {queue.isPending && <Waiting rows={5} height={64} />}
      {queue.error !== null && (
        <Problem
          error={queue.error}
          what="The queue could not be loaded"
          retry={() => void queue.refetch()}
        />
      )}
      {queue.data !== undefined &&
        entries.length === 0 &&
        (search.candidate === undefined ? (
          <NothingHere state={state} saving={given.size} />
        ) : (
          <Empty icon="inbox" title={`Nothing here of ${search.candidate}`}>
            {state !== 'all' && <p>“All” has their answers whatever the state.</p>}
          </Empty>
        ))}
      {entries.length > 0 && (
        <ul className={classes.queue}>
          {entries.map((entry) => (
            <li key={entry.answer}>
              <Link
                to="/marking/$exam/$answer"
                params={{ exam: id, answer: entry.answer }}
                search={search}
                className={classes.entry}
              >
                <span className={classes.key}>{entry.part}</span>
                <span className={classes.candidate}>
                  {entry.candidate}
                  {entry.heldBy !== null && (
                    <span className={classes.held}>
                      <Icon name="person" size={13} /> {entry.heldBy} has it open
                    </span>
                  )}
                  {entry.second && (
                    <span className={classes.held}>
                      <Icon name="scale" size={13} /> Second marking
                    </span>
                  )}
                  <Flagged flag={flagged.get(entry.answer)} />
                </span>
                <PartTag state={entry.state} />
                <Doubt entry={entry} />
                <span className={classes.marks}>
                  {marksShown(entry)} <small>of {entry.available}</small>
                </span>
                <Icon name="right" size={16} className={classes.arrow} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

/** A candidate's pseudonym or a piece of it, looked for on Enter or when the field is left. */
function FindCandidate({
  candidate,
  onFind,
}: {
  candidate: string;
  onFind: (candidate: string | undefined) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const find = () => {
    if (typed === null) return;
    setTyped(null);
    const wanted = typed.replaceAll(/[^0-9A-Za-z-]/g, '').slice(0, 11);
    if (wanted !== candidate) onFind(wanted === '' ? undefined : wanted);
  };
  return (
    <search className={classes.find}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <TextInput
          type="search"
          aria-label="Find a candidate"
          placeholder="Candidate, such as C-7F3A"
          value={typed ?? candidate}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            if (value === '' && candidate !== '') onFind(undefined);
          }}
          onBlur={find}
        />
      </form>
    </search>
  );
}

function Flagged({ flag }: { flag: Flag | undefined }) {
  if (flag === undefined) return null;
  return (
    <span className={classes.held}>
      <Icon name="flag" size={13} />{' '}
      {flag.yours ? 'You flagged it' : flag.forYou ? `${flag.by} asks you` : `${flag.by} asks ${flag.asked}`}
    </span>
  );
}

/** The mark that stands; until there is one, what is proposed. */
function marksShown({ state, marks, proposed }: QueueEntry): string {
  return (state === 'marked' ? marks : proposed) ?? '–';
}

/** How much of a person's eye an answer needs, as five dots and in words. */
function Doubt({ entry }: { entry: QueueEntry }) {
  if (entry.state === 'marked' || entry.state === 'absent') return <span className={classes.doubt} />;
  if (entry.hidden) return <span className={classes.doubt}>Proposal kept back</span>;
  const filled = Math.round(entry.doubt * 5);
  const says = entry.doubt >= 0.7 ? 'Much doubt' : entry.doubt >= 0.3 ? 'Some doubt' : 'Little doubt';
  return (
    <span className={classes.doubt}>
      <span className={classes.dots} aria-hidden="true">
        {[1, 2, 3, 4, 5].map((dot) => (
          <i key={dot} data-filled={dot <= filled || undefined} />
        ))}
      </span>
      {says}
    </span>
  );
}

function NothingHere({ state, saving }: { state: QueueState; saving: number }) {
  if (state === 'marked') return <Empty icon="person" title="No answer has been marked yet" />;
  if (state === 'all') return <Empty icon="inbox" title="No answer has arrived yet" />;
  return (
    <Empty icon="tick" title="Nothing awaits a mark">
      <p>All answers that have arrived are marked. New ones appear here by themselves.</p>
      {saving > 0 && <p>{count(saving, 'mark')} of yours not saved yet.</p>}
    </Empty>
  );
}
