import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { askAgain, secondLooks } from '../api/reviews.js';
import type { ReportPart, ReviewRequest } from '../api/types.js';
import { tooLong } from '../text/lengths.js';
import { Icon } from '../ui/icons.js';
import { Problem } from '../ui/Notice.js';
import { fullTime, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './look.module.css';

interface SecondLookProps {
  submission: string;
  part: ReportPart;
  requests: readonly ReviewRequest[];
  /** Until when one may ask; null when one may not. */
  until: string | null;
}

/** What was asked about a part and what came of it, and the way to ask. */
export function SecondLook({ submission, part, requests, until }: SecondLookProps) {
  const [asking, setAsking] = useState(false);
  const waits = requests.some(({ answered }) => answered === null);
  if (requests.length === 0 && until === null) return null;
  return (
    <div className={`${classes.look} no-print`}>
      {requests.map((request) => (
        <Asked key={request.id} request={request} part={part} />
      ))}
      {until !== null && !waits && !asking && (
        <p className={classes.offer}>
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            Ask for a second look
          </Button>
          <span>Until {fullTime(until)}</span>
        </p>
      )}
      {asking && <Ask submission={submission} part={part} onDone={() => setAsking(false)} />}
    </div>
  );
}

function Asked({ request, part }: { request: ReviewRequest; part: ReportPart }) {
  const item = part.items.find((line) => line.item === request.item);
  return (
    <div className={classes.asked}>
      <p className={classes.askedHead}>
        <Icon name={request.answered === null ? 'clock' : 'person'} size={16} />
        <strong>
          {request.answered === null
            ? 'A second look was asked for'
            : request.answered.outcome === 'changed'
              ? 'After a second look, the mark was changed'
              : 'After a second look, the mark stands'}
        </strong>
        <span>{shortTime(request.answered?.at ?? request.askedAt)}</span>
      </p>
      <p>
        {request.item !== null && <em>{item?.says ?? request.item}: </em>}
        {request.reason}
      </p>
      {request.answered !== null && <p className={classes.reply}>{request.answered.reason}</p>}
    </div>
  );
}

const WHOLE = '';

function Ask({ submission, part, onDone }: { submission: string; part: ReportPart; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [item, setItem] = useState(WHOLE);
  const [reason, setReason] = useState('');
  const why = useRef<HTMLTextAreaElement>(null);
  // What was pressed is gone.
  useEffect(() => why.current?.focus(), []);
  const sending = useWrite({
    mutationFn: () =>
      askAgain(submission, {
        part: part.key,
        reason: reason.trim(),
        ...(item === WHOLE ? {} : { item }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: secondLooks(submission).queryKey });
      onDone();
    },
  });
  const long = tooLong(reason, 'reason');
  const unsound = reason.trim() === '' || long !== null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!unsound) sending.mutate();
      }}
    >
      {part.items.length > 0 && (
        <NativeSelect
          label="What should be looked at again"
          value={item}
          onChange={({ currentTarget }) => setItem(currentTarget.value)}
          data={[
            { value: WHOLE, label: 'The whole part' },
            ...part.items.map((line) => ({ value: line.item, label: line.says })),
          ]}
        />
      )}
      <Textarea
        label="Why"
        description="Point to the place in your answer. Another marker reads it and decides; a mark may go up or down."
        autosize
        minRows={3}
        error={long}
        required
        ref={why}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {sending.error !== null && <Problem error={sending.error} what="This was not sent" />}
      <div className={classes.actions}>
        <Button type="submit" size="sm" loading={sending.isPending} disabled={unsound}>
          Send
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={onDone}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
