import classes from './shared.module.css';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface PassageTextProps {
  text: string;
  spans: readonly Span[];
  /** What the text is, for those who do not see it. */
  label: string;
}

/** A text as it was written, with the shared passages marked and numbered as they are on the other side. */
export function PassageText({ text, spans, label }: PassageTextProps) {
  return (
    // Long answers scroll, and what scrolls is reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={classes.text} tabIndex={0} aria-label={label}>
      {piecesOf(text, spans).map(({ start, words, number }) =>
        number === null ? (
          <span key={start}>{words}</span>
        ) : (
          <mark key={start} className={classes.passage}>
            {spans.length > 1 && <sup>{number}</sup>}
            {words}
          </mark>
        ),
      )}
    </pre>
  );
}

interface Piece {
  readonly start: number;
  readonly words: string;
  readonly number: number | null;
}

function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const marked = spans
    .map(({ start, end }, at) => ({ start, end, number: at + 1 }))
    .toSorted((one, other) => one.start - other.start);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end, number } of marked) {
    if (start > from) pieces.push({ start: from, words: text.slice(from, start), number: null });
    pieces.push({ start, words: text.slice(start, end), number });
    from = end;
  }
  if (from < text.length) pieces.push({ start: from, words: text.slice(from), number: null });
  return pieces;
}
