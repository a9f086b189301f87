import { Button, Kbd } from '@mantine/core';
import type { ItemSuggestion } from './useSuggestions.js';
import classes from './scheme.module.css';

interface SuggestionJudgementProps {
  suggestion: ItemSuggestion;
  says: string;
  /** Whether no mark stands: then the item is still to be given, or not. */
  unmarked: boolean;
  /** The item that what was said speaks for; null where it speaks for none. */
  apply: {
    /** What it gives or takes, in words. */
    readonly marks: string;
    readonly digit: string | null;
    press(): void;
  } | null;
}

/** Whether the suggestion is right about this answer: two buttons, each with its key. Marks are another matter, and it says so. */
export function SuggestionJudgement({ suggestion, says, unmarked, apply }: SuggestionJudgementProps) {
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
      {decision !== null && unmarked && <span className={classes.givesNothing}>This gives no marks.</span>}
      {apply !== null && unmarked && (
        <Button
          size="compact-xs"
          variant="default"
          rightSection={apply.digit === null ? undefined : <Kbd size="xs">{apply.digit}</Kbd>}
          onClick={apply.press}
        >
          Apply the item: {apply.marks}
        </Button>
      )}
      {failed && <span role="alert">Not kept; try again.</span>}
    </fieldset>
  );
}
