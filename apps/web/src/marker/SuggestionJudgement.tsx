import { Button, Kbd } from '@mantine/core';
import type { ItemSuggestion } from './useSuggestions.js';
import classes from './scheme.module.css';

/** Whether the suggestion is right about this answer: two buttons, each with its key. Marks are another matter. */
export function SuggestionJudgement({ suggestion, says }: { suggestion: ItemSuggestion; says: string }) {
  const { active, decision, failed, judge, look } = suggestion;
  return (
    <fieldset className={classes.judgement} aria-label={`Is the suggestion right? ${says}`}>
      <Button
        size="compact-xs"
        variant={decision === 'accepted' ? 'filled' : 'default'}
        aria-pressed={decision === 'accepted'}
        rightSection={active ? <Kbd size="xs">Y</Kbd> : undefined}
        onFocus={look}
        onClick={() => judge(true)}
      >
        Right
      </Button>
      <Button
        size="compact-xs"
        variant={decision === 'rejected' ? 'filled' : 'default'}
        aria-pressed={decision === 'rejected'}
        rightSection={active ? <Kbd size="xs">X</Kbd> : undefined}
        onFocus={look}
        onClick={() => judge(false)}
      >
        Wrong
      </Button>
      {failed && <span role="alert">Not kept; try again.</span>}
    </fieldset>
  );
}
