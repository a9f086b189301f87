import classes from './shared.module.css';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text as it was written, with the shared passages marked and numbered as they are on the other side. */
export function PassageText({ text, spans }: { text: string; spans: readonly Span[] }) {
  const marked = spans
    .map((span, at) => ({ ...span, number: at + 1 }))
    .toSorted((one, other) => one.start - other.start);
  let from = 0;
  const pieces = marked.flatMap(({ start, end, number }) => {
    const before = text.slice(from, start);
    from = Math.max(from, end);
    return [
      <span key={`before ${number}`}>{before}</span>,
      <mark key={number} className={classes.passage}>
        {marked.length > 1 && <sup>{number}</sup>}
        {text.slice(start, end)}
      </mark>,
    ];
  });
  return (
    // Long answers scroll, and what scrolls is reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.text} tabIndex={0} role="group" aria-label="Text">
      {pieces}
      {text.slice(from)}
    </div>
  );
}
