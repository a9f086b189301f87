import { Button, Menu } from '@mantine/core';
import { KIND_NAMES, type QuestionKind } from './templates.js';
import classes from './code.module.css';

const KINDS: readonly QuestionKind[] = ['essay', 'numeric', 'critique', 'code', 'choice', 'parts'];

/** A menu of questions to begin with, one of each kind. */
export function AddQuestion({ onAdd }: { onAdd: (kind: QuestionKind) => void }) {
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <Button variant="default">Add a question</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            {KIND_NAMES[kind].name}
            <span className={classes.kindSays}>{KIND_NAMES[kind].says}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
