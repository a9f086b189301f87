import { Button, Group, Modal, Stack } from '@mantine/core';
import type { Unsaved } from '../session/unsaved.js';
import { count } from '../ui/time.js';

interface SignOutDialogProps {
  unsaved: Unsaved;
  onStay: () => void;
  onLeave: () => void;
}

/** Before what was typed and not saved goes: whoever uses this browser next must not find it. */
export function SignOutDialog({ unsaved: { exam, mark }, onStay, onLeave }: SignOutDialogProps) {
  const what = [
    ...(exam > 0 ? [`changes to ${count(exam, 'exam')}`] : []),
    ...(mark > 0 ? [`marks for ${count(mark, 'answer')}`] : []),
  ].join(' and ');
  return (
    <Modal opened onClose={onStay} title="Sign out without saving?">
      <Stack>
        <p>
          You have typed {what} and not saved them. They are kept in this browser alone, and go when you sign
          out.
        </p>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            Stay signed in
          </Button>
          <Button color="red" onClick={onLeave}>
            Sign out and discard them
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
