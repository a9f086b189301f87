import type { ReactNode } from 'react';
import type { Evidence } from '../api/types.js';
import { Formula } from '../text/Formula.js';
import { RichText } from '../text/RichText.js';
import type { Tone } from '../text/highlight.js';
import { Icon, type IconName } from '../ui/icons.js';
import { spanOf, toneOf, type NamedEvidence } from './highlights.js';
import classes from './evidence.module.css';

const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'tick',
  bad: 'cross',
  unsure: 'question',
  neutral: 'quote',
};

const VERDICTS = {
  equation: {
    true: 'Holds',
    false: 'Does not hold',
    rounded: 'Holds when rounded',
    'not-understood': 'Not understood',
  },
  quantity: {
    correct: 'Correct',
    follows: 'Follows from an earlier slip',
    method: 'Method shown, value differs',
    rounded: 'Correct when rounded',
    wrong: 'Differs',
    'not-found': 'Not found',
  },
  finding: { error: 'Error', warning: 'Likely wrong', design: 'Design', remark: 'Remark' },
} as const;

interface EvidenceListProps {
  evidence: readonly NamedEvidence[];
  /** The answer's text, for quotes. */
  text: string;
  lit?: string | null;
  onLight?: (id: string | null) => void;
  /** Scrolls to the place in the answer. */
  onShow?: (id: string) => void;
}

export function EvidenceList({ evidence, text, lit = null, onLight, onShow }: EvidenceListProps) {
  if (evidence.length === 0) return null;
  return (
    <ul className={classes.list}>
      {evidence.map(({ id, evidence: each }) => {
        const span = spanOf(each);
        const quote = span === null ? '' : text.slice(span.start, span.end).trim();
        const tone = toneOf(each);
        return (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the quote is the button; hovering only lights
          <li
            key={id}
            className={classes.line}
            data-tone={tone}
            data-active={lit === id || undefined}
            onMouseEnter={span === null ? undefined : () => onLight?.(id)}
            onMouseLeave={span === null ? undefined : () => onLight?.(null)}
          >
            <Icon
              name={each.kind === 'execution' ? 'machine' : TONE_ICONS[tone]}
              size={16}
              strokeWidth={2.4}
              className={classes.verdict}
            />
            <div className={classes.facts}>
              {verdictOf(each)}
              <p className={classes.says}>{each.says}</p>
              {factsOf(each)}
              {quote !== '' && (
                <Quote quote={quote} onShow={onShow === undefined ? undefined : () => onShow(id)} />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function verdictOf(evidence: Evidence): ReactNode {
  switch (evidence.kind) {
    case 'equation':
      return <span className={classes.word}>{VERDICTS.equation[evidence.verdict]}</span>;
    case 'quantity':
      return (
        <span className={classes.word}>
          {VERDICTS.quantity[evidence.verdict]} · {evidence.asked}
        </span>
      );
    case 'finding':
      return (
        <span className={classes.word}>
          {VERDICTS.finding[evidence.severity]} · <code>{evidence.check}</code>
          {evidence.place !== undefined && ` · line ${evidence.place.line}`}
        </span>
      );
    case 'misconception':
      return <span className={classes.word}>A known slip</span>;
    case 'caution':
      return <span className={classes.word}>Take care</span>;
    case 'execution':
      return <span className={classes.word}>Executed</span>;
    case 'mention':
    case 'fact':
      return null;
  }
}

function factsOf(evidence: Evidence): ReactNode {
  switch (evidence.kind) {
    case 'quantity':
      return (
        <dl className={classes.values}>
          {evidence.found !== evidence.expected && (
            <>
              <dt>Expected</dt>
              <dd className="numbers">{evidence.expected}</dd>
            </>
          )}
          <dt>Found</dt>
          <dd className="numbers">{evidence.found ?? 'nothing'}</dd>
          <dt>Formula</dt>
          <dd>
            {evidence.latex === undefined ? (
              <code>{evidence.formula}</code>
            ) : (
              <Formula tex={evidence.latex} />
            )}
          </dd>
          {evidence.convention !== undefined && (
            <>
              <dt>Counted</dt>
              <dd>{evidence.convention}</dd>
            </>
          )}
        </dl>
      );
    case 'misconception':
      return (
        <ul className={classes.explanations}>
          {evidence.explanations.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      );
    case 'finding':
      return evidence.why === undefined ? null : <p className={classes.why}>{evidence.why}</p>;
    case 'execution':
      return (
        <p className={classes.why}>
          {evidence.backend} on {evidence.device}, seed {evidence.seed}
        </p>
      );
    default:
      return null;
  }
}

/** What the student wrote; pressing it shows where. */
function Quote({ quote, onShow }: { quote: string; onShow?: () => void }) {
  const short = quote.length > 180 ? `${quote.slice(0, 170)}…` : quote;
  if (onShow === undefined) {
    return (
      <div className={classes.quote}>
        <RichText text={short} />
      </div>
    );
  }
  return (
    <button type="button" className={classes.quote} onClick={onShow} title="Show in the answer">
      <RichText text={short} />
    </button>
  );
}
