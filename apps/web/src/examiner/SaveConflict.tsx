import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { definition } from '../api/exams.js';
import { LineDiff } from '../ui/LineDiff.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './definition.module.css';

interface SaveConflictProps {
  exam: string;
  /** What is here and not saved. */
  yaml: string;
  /** The version that it was made from; null for a new exam. */
  basedOn: number | null;
  /** Whether this text was opened as another exam, which is not to become a version of this one. */
  renamed: boolean;
  /** Goes on with one's own text on top of theirs. */
  onKeep: (version: number) => void;
  /** Puts theirs into the editor. */
  onTake: (yaml: string, version: number) => void;
}

/** Another version stands than the one this text was made from: both are shown, and nothing is lost either way. */
export function SaveConflict({ exam, yaml, basedOn, renamed, onKeep, onTake }: SaveConflictProps) {
  const theirs = useQuery({
    ...definition(exam),
    // Not the page's own, which goes on from the version that it was opened with.
    queryKey: ['exam', exam, 'definition', 'theirs'],
  });
  return (
    <Notice
      tone="unsure"
      live="assertive"
      title={
        basedOn === null
          ? `There is an exam called “${exam}” already`
          : `Somebody has changed this exam since version ${basedOn}`
      }
    >
      {theirs.isPending && <Waiting rows={1} height={80} />}
      {theirs.error !== null && (
        <Problem
          error={theirs.error}
          what="That version could not be loaded"
          retry={() => void theirs.refetch()}
        />
      )}
      {theirs.data !== undefined && (
        <div className={classes.stack}>
          <p>
            Nothing was saved, and your text is still here. From version {theirs.data.version}, which stands
            now, to yours:
          </p>
          <LineDiff
            before={theirs.data.yaml}
            after={yaml}
            label="What differs from the version that stands"
          />
          {basedOn === null && (
            <p>
              To make an exam of its own, give yours another name on its line <code>exam:</code>.
            </p>
          )}
          {!renamed && (
            <div className={classes.buttons}>
              <Button
                size="xs"
                // To a new exam it would do what was hardly meant.
                variant={basedOn === null ? 'default' : 'filled'}
                onClick={() => onKeep(theirs.data.version)}
              >
                {basedOn === null
                  ? `Make mine version ${theirs.data.version + 1} of it`
                  : `Keep mine, on top of version ${theirs.data.version}`}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => onTake(theirs.data.yaml, theirs.data.version)}
              >
                Take theirs into the editor
              </Button>
            </div>
          )}
        </div>
      )}
    </Notice>
  );
}
