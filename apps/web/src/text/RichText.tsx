import { createContext, lazy, memo, Suspense, use, useMemo, type ReactNode } from 'react';
import { Formula } from './Formula.js';
import { isLit, segmentsOf, touching, type Highlight } from './highlight.js';
import { parseMarkdown, type Block, type Inline } from './markdown.js';
import classes from './text.module.css';
import { unwrapped } from './unwrapped.js';

/** Text longer than this is shown as written. */
const LONGEST = 200_000;

export interface LitProps {
  highlights?: readonly Highlight[];
  /** The piece of evidence that is pointed at now. */
  lit?: string | null;
  onLight?: (id: string | null) => void;
}

interface RichTextProps extends LitProps {
  text: string;
}

interface Pen extends Required<Pick<LitProps, 'highlights'>> {
  source: string;
  lit: string | null;
  onLight: (id: string | null) => void;
}

const NONE: readonly Highlight[] = [];
const ignore = () => undefined;

/** Markdown with formulas as React elements: nothing in the text can become markup. */
export const RichText = memo(function RichText({
  text,
  highlights = NONE,
  lit = null,
  onLight = ignore,
}: RichTextProps) {
  const blocks = useMemo(() => (text.length > LONGEST ? null : parseMarkdown(text)), [text]);
  if (blocks === null) return <AsWritten text={text} highlights={highlights} lit={lit} onLight={onLight} />;
  const pen: Pen = { source: text, highlights, lit, onLight };
  return (
    <div className={classes.rich}>
      {blocks.map((block) => (
        <BlockView key={block.start} block={block} pen={pen} />
      ))}
    </div>
  );
});

/** A few words in a line of their own, as in a quote: formulas are drawn, blocks are not. */
export function Phrase({ text }: { text: string }) {
  const pen: Pen = { source: text, highlights: NONE, lit: null, onLight: ignore };
  return parseMarkdown(text).map((block) => (
    <span key={block.start} className={classes.phrase}>
      {block.kind === 'fence' || block.kind === 'rule'
        ? text.slice(block.start, block.end)
        : inlines(pen, block.children)}{' '}
    </span>
  ));
}

/** The text exactly as it was read, character by character. */
export function AsWritten({ text, highlights = NONE, lit = null, onLight = ignore }: RichTextProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <pre className={classes.written} tabIndex={0} aria-label="The answer as written">
      {litText({ source: text, highlights, lit, onLight }, 0, text.length)}
    </pre>
  );
}

function BlockView({ block, pen }: { block: Block; pen: Pen }) {
  switch (block.kind) {
    case 'paragraph':
      return <p>{inlines(pen, block.children)}</p>;
    case 'heading':
      return <p className={classes.heading}>{inlines(pen, block.children)}</p>;
    case 'item':
      return (
        <div className={classes.item} style={{ marginInlineStart: `${block.depth * 1.25}rem` }}>
          <span className={classes.marker}>{/^[-*+]$/.test(block.marker) ? '•' : block.marker}</span>
          <div>{inlines(pen, block.children)}</div>
        </div>
      );
    case 'fence':
      return <Code pen={pen} from={block.from} to={block.to} />;
    case 'rule':
      return <hr className={classes.rule} />;
  }
}

/** A whole answer that is code and nothing else. */
export function CodeText({ text, highlights = NONE, lit = null, onLight = ignore }: RichTextProps) {
  return (
    <Code
      pen={{ source: text, highlights, lit, onLight }}
      from={0}
      to={text.endsWith('\n') ? text.length - 1 : text.length}
    />
  );
}

/** Where code is an answer's: in colours, with what was found in it. The line numbers are the answer's. */
export interface AnswerCode {
  /** The piece of evidence to scroll to; the number tells one press from the next. */
  readonly shown: { readonly id: string; readonly press: number } | null;
}
export const AnswerCodeContext = createContext<AnswerCode | null>(null);

/** Fetched with the first answer that has code. */
const CodeView = lazy(() => import('../editor/CodeView.js'));

function Code({ pen, from, to }: { pen: Pen; from: number; to: number }) {
  const answer = use(AnswerCodeContext);
  if (answer === null) return <PlainCode pen={pen} from={from} to={to} first={1} />;
  const first = pen.source.slice(0, from).split('\n').length;
  return (
    <Suspense fallback={<PlainCode pen={pen} from={from} to={to} first={first} />}>
      <CodeView {...pen} from={from} to={to} first={first} shown={answer.shown} />
    </Suspense>
  );
}

interface CodeProps {
  pen: Pen;
  from: number;
  to: number;
  /** The number of its first line. */
  first: number;
}

/** A block of code, a numbered line each. */
function PlainCode({ pen, from, to, first }: CodeProps) {
  const lines: { from: number; to: number }[] = [];
  let start = from;
  while (start <= to) {
    const found = pen.source.indexOf('\n', start);
    const end = found < 0 || found > to ? to : found;
    lines.push({ from: start, to: end });
    start = end + 1;
  }
  return (
    <pre
      className={classes.code}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
      tabIndex={0}
      aria-label="Code"
      style={{ counterReset: `line ${first - 1}` }}
    >
      {lines.map((line) => (
        <span key={line.from} className={classes.codeLine}>
          {litText(pen, line.from, line.to)}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function inlines(pen: Pen, pieces: readonly Inline[]): ReactNode[] {
  return pieces.map((piece) => <InlineView key={piece.start} piece={piece} pen={pen} />);
}

function InlineView({ piece, pen }: { piece: Inline; pen: Pen }) {
  switch (piece.kind) {
    case 'text':
      return litText(pen, piece.start, piece.end, true);
    case 'code':
      return <code className={classes.inlineCode}>{litText(pen, piece.from, piece.to)}</code>;
    case 'strong':
      return <strong>{inlines(pen, piece.children)}</strong>;
    case 'emphasis':
      return <em>{inlines(pen, piece.children)}</em>;
    case 'formula': {
      const formula = <Formula tex={pen.source.slice(piece.from, piece.to)} display={piece.display} />;
      const over = touching(piece.start, piece.end, pen.highlights);
      return over.length === 0 ? (
        formula
      ) : (
        <Lit pen={pen} over={over}>
          {formula}
        </Lit>
      );
    }
  }
}

function litText(pen: Pen, start: number, end: number, prose = false): ReactNode {
  return segmentsOf(start, end, pen.highlights).map((segment) => {
    const written = pen.source.slice(segment.start, segment.end);
    const shown = prose ? unescape(unwrapped(pen.source, segment.start, written)) : written;
    if (segment.over.length === 0) return <span key={segment.start}>{shown}</span>;
    return (
      <Lit key={segment.start} pen={pen} over={segment.over}>
        {shown}
      </Lit>
    );
  });
}

/** `\*` is a star. */
function unescape(written: string): string {
  return written.replace(/\\([\\`*_{}[\]()#+\-.!$|~>])/g, '$1');
}

function Lit({ pen, over, children }: { pen: Pen; over: readonly Highlight[]; children: ReactNode }) {
  const first = over[0];
  const active = over.find(({ id }) => isLit(id, pen.lit));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hovering only lights what is said elsewhere
    <mark
      className={classes.lit}
      data-tone={(active ?? first)?.tone}
      data-active={active !== undefined || undefined}
      data-evidence={over.map((each) => each.id).join(' ')}
      onMouseEnter={() => pen.onLight(first?.id ?? null)}
      onMouseLeave={() => pen.onLight(null)}
    >
      {children}
    </mark>
  );
}
