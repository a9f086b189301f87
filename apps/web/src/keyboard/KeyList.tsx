import { Checkbox, Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { switchKeys, useKeysAreOn } from './useKeys.js';
import classes from './keyboard.module.css';

export type KeyHelp = readonly (readonly [readonly string[], string])[];

interface KeyListProps {
  opened: boolean;
  onClose: () => void;
  keys: KeyHelp;
}

export function KeyList({ opened, onClose, keys }: KeyListProps) {
  const on = useKeysAreOn();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="md">
      <dl className={classes.keys} data-off={!on || undefined}>
        {keys.map(([names, says]) => (
          <Fragment key={says}>
            <dt>
              {names.map((name, at) => (
                <Fragment key={name}>
                  {at > 0 && ' or '}
                  <Kbd>{name}</Kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{says}</dd>
          </Fragment>
        ))}
      </dl>
      <p className={classes.note}>While you type in a field, letters are letters.</p>
      <Checkbox
        mt="md"
        label="Use single letters as keys"
        checked={on}
        onChange={(event) => switchKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}
