import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { comments as commentsQuery, keepComment, retireComment } from '../api/comments.js';
import { Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './comments.module.css';

interface CommentBankProps {
  exam: string;
  question: string;
  opened: boolean;
  /** What the marker has written so far, which may be kept for the others. */
  written: string;
  onInsert: (text: string) => void;
  onClose: () => void;
}

/** What all who mark a question say again and again: found by typing, inserted with Enter. */
export function CommentBank(props: CommentBankProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={`Comments on question ${props.question}`}
      size="lg"
      returnFocus={false}
    >
      <Bank {...props} />
    </Modal>
  );
}

function Bank({ exam, question, written, onInsert, onClose }: CommentBankProps) {
  const queryClient = useQueryClient();
  const bank = useQuery(commentsQuery(exam, question));
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const refresh = () => queryClient.invalidateQueries({ queryKey: commentsQuery(exam, question).queryKey });
  const keep = useWrite({
    mutationFn: (text: string) => keepComment(exam, question, text),
    onSuccess: refresh,
  });
  const retire = useWrite({ mutationFn: retireComment, onSuccess: refresh });

  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (bank.data ?? []).filter(({ text }) =>
    words.every((word) => text.toLowerCase().includes(word)),
  );
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const mine = written.trim();
  const isNew = mine !== '' && !(bank.data ?? []).some(({ text }) => text === mine);

  function insert(text: string) {
    onInsert(text);
    onClose();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = chosen + (event.key === 'ArrowDown' ? 1 : -1);
      setAt(Math.min(Math.max(next, 0), Math.max(0, found.length - 1)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const comment = found[chosen];
      if (comment !== undefined) insert(comment.text);
    }
  }

  return (
    <div className={classes.bank}>
      <TextInput
        data-autofocus
        label="Find"
        placeholder="Type a word; arrows choose, Enter inserts"
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        aria-describedby="comment-chosen"
      />
      {bank.isPending && <Waiting rows={2} height={44} />}
      {(bank.error ?? keep.error ?? retire.error) !== null && (
        <Problem error={bank.error ?? keep.error ?? retire.error} what="The bank of comments" />
      )}
      {bank.data !== undefined && found.length === 0 && (
        <p className={classes.none}>
          {bank.data.length === 0
            ? 'The bank is empty. Write a reason, then keep it here for everybody who marks this question.'
            : 'No comment has these words.'}
        </p>
      )}
      <span id="comment-chosen" hidden>
        {found[chosen] === undefined ? '' : `Enter inserts: ${found[chosen].text}`}
      </span>
      <ul className={classes.list} aria-label="Comments">
        {found.map(({ id, text }, index) => (
          <li key={id}>
            <button
              type="button"
              data-chosen={index === chosen || undefined}
              className={classes.comment}
              onClick={() => insert(text)}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.actions}>
        {isNew && (
          <Button variant="default" onClick={() => keep.mutate(mine)} loading={keep.isPending}>
            Keep what I wrote for all markers
          </Button>
        )}
        {found[chosen] !== undefined && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            onClick={() => retire.mutate(found[chosen]?.id ?? '')}
          >
            Take the chosen one out
          </Button>
        )}
      </div>
    </div>
  );
}
