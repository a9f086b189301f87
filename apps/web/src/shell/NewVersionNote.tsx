import { Button } from '@mantine/core';
import { useNewVersion } from './newVersion.js';
import classes from './shell.module.css';

/** Shown only where loading it could lose what was typed; else it is loaded by itself. */
export function NewVersionNote() {
  const isThere = useNewVersion();
  return (
    <div aria-live="polite">
      {isThere && (
        <p className={classes.version}>
          <span>
            A new version of these pages is there, and some of this one no longer works. Save what you have
            typed, then load it.
          </span>
          <Button size="compact-sm" variant="light" onClick={() => location.reload()}>
            Load it
          </Button>
        </p>
      )}
    </div>
  );
}
