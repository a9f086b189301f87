import classes from './checks.module.css';

/** What ends the line at which a check speaks. */
const MARK = /\s*# <--$/;

/** A program, with the line that a check finds lit and named for who does not see it. */
export function ExampleCode({ program, label }: { program: string; label: string }) {
  const lines = program.split('\n').map((text, at) => ({
    number: at + 1,
    text: text.replace(MARK, ''),
    found: MARK.test(text),
  }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <pre className={classes.code} tabIndex={0} aria-label={label}>
      {lines.map(({ number, text, found }) => (
        <span key={number} className={classes.line} data-found={found || undefined}>
          {found ? <mark>{text}</mark> : text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
