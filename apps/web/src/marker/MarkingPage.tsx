import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { flagsOf } from '../api/flags.js';
import { answer as answerQuery, queue as queueQuery } from '../api/marking.js';
import type { AnswerForMarking } from '../api/types.js';
import { KeyList, type KeyHelp } from '../keyboard/KeyList.js';
import { useKeys } from '../keyboard/useKeys.js';
import { inMarks } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { Icon } from '../ui/icons.js';
import { Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import { Bench } from './Bench.js';
import classes from './marking.module.css';
import { placeIn, withGiven, type Place } from './run.js';
import { isUnderWay } from './saves.js';
import { useAhead } from './useAhead.js';
import { useDesk } from './useDesk.js';
import { useGiven, useOutboxOf, useSaves } from './useOutbox.js';

const route = getRouteApi('/shell/marker/marking/$exam/$answer');

const KEYS: KeyHelp = [
  [['G', 'Enter'], 'Grade: confirm the proposed mark, or save yours, and go on'],
  [['1 – 9'], 'Apply an item of the scheme, or take it back'],
  [['S'], 'Next suggestion: its sentence lights up'],
  [['Y'], 'The suggestion is right about this answer'],
  [['X'], 'The suggestion is wrong about this answer'],
  [['A'], 'Adjust: type the marks'],
  [['F'], 'Feedback: write a reason'],
  [['R'], 'Repeat what you gave last in this part; G saves it'],
  [['T'], 'Take back the mark that stands: the answer has none then'],
  [['B', 'Ctrl B'], 'Insert from the bank of comments'],
  [['E'], 'Next place in the answer that the scheme refers to: it lights up with what is said of it'],
  [['O'], 'The original, and back to the answer'],
  [['L'], 'Flag the answer to a colleague'],
  [['Ctrl Enter'], 'Save the changed marks from within a field'],
  [['Esc'], 'Leave the marks as they were'],
  [['U'], 'What is not saved: the first mark that came back'],
  [['N', 'J'], 'Next answer'],
  [['P', 'K'], 'Previous answer'],
  [['?'], 'This list'],
];

export function MarkingPage() {
  const { exam: examId, answer: answerId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [keysShown, showKeys] = useState(false);
  const exam = useQuery(examQuery(examId));
  // The order stays while one marks: going back must lead back.
  const queue = useQuery({
    ...queueQuery(examId, {
      part: search.part,
      state: search.state ?? 'awaiting',
      candidate: search.candidate,
    }),
    staleTime: Infinity,
  });
  const answer = useQuery(answerQuery(answerId));
  const { person } = route.useRouteContext();
  useOutboxOf(person);
  const given = useGiven();
  const place = placeIn(withGiven(queue.data ?? [], given), answerId);

  const desk = useDesk(answerId);
  const nextToMark = useAhead(place.toCome);

  useEffect(() => {
    for (const near of [place.next, place.previous]) {
      if (near === null) continue;
      void queryClient.prefetchQuery(answerQuery(near));
      // They stand above the scheme, which would move when they came.
      void queryClient.prefetchQuery(flagsOf(near));
    }
  }, [queryClient, place.next, place.previous]);

  // Whoever has gone elsewhere meanwhile stays there.
  const here = useRef<string | null>(null);
  useEffect(() => {
    here.current = answerId;
    return () => {
      here.current = null;
    };
  }, [answerId]);

  function go(to: string | null) {
    if (to !== null)
      void navigate({ to: '/marking/$exam/$answer', params: { exam: examId, answer: to }, search });
  }

  /** To the next that awaits a mark, which lies on the desk already; what was given here is saved meanwhile. */
  async function goOn() {
    const free = await nextToMark();
    if (here.current !== answerId) return;
    if (free === null && place.toCome.length > 0) announce('Colleagues have the others before them');
    if (free === null) void navigate({ to: '/marking/$exam', params: { exam: examId }, search });
    else go(free);
  }

  const unsaved = useSaves().find((save) => !isUnderWay(save));
  useKeys({
    u: () => {
      if (unsaved === undefined) announce('All marks are saved');
      else
        void navigate({
          to: '/marking/$exam/$answer',
          params: { exam: unsaved.exam, answer: unsaved.answer },
          search: unsaved.exam === examId ? search : {},
        });
    },
  });

  const next = () => go(place.next);
  const previous = () => go(place.previous);
  useKeys({ n: next, j: next, p: previous, k: previous, '?': () => showKeys(true) });

  useEffect(() => {
    document.title = `${answer.data === undefined ? 'Marking' : `${answer.data.part.key} · ${answer.data.candidate}`} · Tensormark`;
  }, [answer.data]);

  return (
    <div className={classes.room}>
      <div className={classes.strip}>
        <nav aria-label="Where you are" className={classes.crumbs}>
          <Link to="/marking/$exam" params={{ exam: examId }} search={search}>
            <Icon name="left" size={15} />
            {exam.data?.title ?? 'Queue'}
          </Link>
        </nav>
        {answer.data !== undefined && <Heading answer={answer.data} />}
        <Steps place={place} onPrevious={previous} onNext={next} onKeys={() => showKeys(true)} />
      </div>
      {desk !== null && !desk.yours && (
        <p className={classes.held} aria-live="polite">
          <Icon name="person" size={16} />
          <span>
            <strong>{desk.heldBy}</strong> has this answer open. You may look; should you both decide, you
            will see both marks.
          </span>
        </p>
      )}
      {answer.isPending && (
        <div className={classes.waiting}>
          <Waiting rows={2} height={260} />
        </div>
      )}
      {answer.error !== null && answer.data === undefined && (
        <div className={classes.waiting}>
          <Problem
            error={answer.error}
            what="This answer could not be loaded"
            retry={() => void answer.refetch()}
          />
        </div>
      )}
      {answer.data !== undefined && (
        <Bench key={answerId} answer={answer.data} person={person.id} onGiven={() => void goOn()} />
      )}
      <KeyList opened={keysShown} onClose={() => showKeys(false)} keys={KEYS} />
    </div>
  );
}

function Heading({ answer }: { answer: AnswerForMarking }) {
  return (
    <h1 className={classes.title}>
      <span className={classes.key}>{answer.part.key}</span>
      <span className={classes.titleText}>{answer.part.title ?? `Part ${answer.part.key}`}</span>
      <span className={classes.titleNote}>
        {answer.candidate} · {inMarks(answer.part.marks)}
      </span>
    </h1>
  );
}

interface StepsProps {
  place: Place;
  onPrevious: () => void;
  onNext: () => void;
  onKeys: () => void;
}

function Steps({ place, onPrevious, onNext, onKeys }: StepsProps) {
  return (
    <div className={classes.steps}>
      {place.position !== null && (
        <span className={classes.position}>
          <span className="numbers">
            {place.position} of {place.total}
          </span>
          <span className={classes.awaiting}> · {place.awaiting} awaiting</span>
        </span>
      )}
      <Tooltip label="Previous (P)">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Previous answer"
          disabled={place.previous === null}
          onClick={onPrevious}
        >
          <Icon name="left" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next (N)">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Next answer"
          disabled={place.next === null}
          onClick={onNext}
        >
          <Icon name="right" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys (?)">
        <ActionIcon variant="subtle" color="gray" size={36} aria-label="Keys" onClick={onKeys}>
          <Icon name="keyboard" />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
