import { Button, Kbd, Modal, Select, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { colleagues as colleaguesQuery, raiseFlag } from '../api/flags.js';
import type { AnswerForMarking } from '../api/types.js';
import { tooLong } from '../text/lengths.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './flags.module.css';

interface FlagDialogProps {
  answer: AnswerForMarking;
  opened: boolean;
  onClose: () => void;
}

/** A note about an answer to one colleague, or to whoever of them comes first. */
export function FlagDialog(props: FlagDialogProps) {
  // What is written stays while one looks at the answer again.
  const [note, setNote] = useState('');
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Flag this answer to a colleague">
      <Asking {...props} note={note} setNote={setNote} />
    </Modal>
  );
}

interface AskingProps extends FlagDialogProps {
  note: string;
  setNote: (note: string) => void;
}

function Asking({ answer, onClose, note, setNote }: AskingProps) {
  const queryClient = useQueryClient();
  const people = useQuery(colleaguesQuery(answer.exam));
  const [asked, setAsked] = useState<string | null>(null);
  const sending = useWrite({
    mutationFn: () => raiseFlag(answer.id, { note: note.trim(), asked }),
    onSuccess: (flag) => {
      announce(`Flagged to ${flag.asked ?? 'all who mark'}. You can mark on.`);
      void queryClient.invalidateQueries({ queryKey: ['flags'] });
      setNote('');
      onClose();
    },
  });
  const long = tooLong(note, 'reason');
  const send = () => {
    if (note.trim() !== '' && long === null && !sending.isPending) sending.mutate();
  };
  return (
    <div className={classes.form}>
      <Textarea
        data-autofocus
        label="Note"
        description="For colleagues alone; no student reads it."
        autosize
        minRows={2}
        maxRows={8}
        value={note}
        error={long}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
            event.preventDefault();
            send();
          }
        }}
      />
      <Select
        label="Who should look"
        placeholder="Whoever comes first"
        clearable
        searchable
        value={asked}
        onChange={setAsked}
        data={(people.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {sending.error !== null && <Problem error={sending.error} what="The answer was not flagged" />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={note.trim() === '' || long !== null}
          loading={sending.isPending}
          onClick={send}
          rightSection={<Kbd size="xs">Ctrl Enter</Kbd>}
        >
          Flag it
        </Button>
      </div>
    </div>
  );
}
