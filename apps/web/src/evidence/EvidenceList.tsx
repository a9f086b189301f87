import type { ReactNode } from 'react';
import type { Evidence } from '../api/types.js';
import { Formula } from '../text/Formula.js';
import { Phrase } from '../text/RichText.js';
import type { Tone } from '../text/highlight.js';
import { Icon, type IconName } from '../ui/icons.js';
import { lights } from './lights.js';
import { Graph } from './Graph.js';
import { Run } from './Run.js';
import { CheckLink } from './CheckLink.js';
import { SEVERITIES, spanOf, toneOf, type NamedEvidence } from './highlights.js';
import classes from './evidence.module.css';

const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'tick',
  bad: 'cross',
  unsure: 'question',
  neutral: 'quote',
};

const VERDICTS = {
  quantity: {
    correct: 'Correct',
    follows: 'Follows from an earlier slip',
    method: 'Method shown, value differs',
    rounded: 'Correct when rounded',
    wrong: 'Differs',
    'not-found': 'Not found',
  },
  claim: {
    supported: 'Borne out by the code',
    contradicted: 'Contradicted by the code, it seems',
    'not-checkable': 'Not checkable',
  },
  suggestion: {
    'likely-covered': 'Likely covered',
    unclear: 'Unclear',
    'possible-conflict': 'Possible conflict',
    'no-evidence-found': 'No evidence found',
  },
  finding: SEVERITIES,
} as const;

interface EvidenceListProps {
  evidence: readonly NamedEvidence[];
  /** The answer's text, for quotes. */
  text: string;
  /** What is lit; whoever shows the list says what lights it: see lights.ts. */
  lit?: string | null;
  /** Scrolls to the place in the answer. */
  onShow?: (id: string) => void;
  /** What has been said above, and need not be said again. */
  said?: string;
  /** Whether Tab stops at quotes; not while marks are typed, where it goes from field to field. */
  reachable?: boolean;
}

export function EvidenceList({
  evidence,
  text,
  lit = null,
  onShow,
  said,
  reachable = true,
}: EvidenceListProps) {
  if (evidence.length === 0) return null;
  const mentions = evidence.filter((each) => each.evidence.kind === 'mention');
  const items = new Set(
    mentions.flatMap(({ evidence: each }) => (each.kind === 'mention' ? [each.item] : [])),
  );
  const others = evidence.filter((each) => each.evidence.kind !== 'mention');
  return (
    <ul className={classes.list}>
      {mentions.length > 0 && (
        <li className={classes.line}>
          <Icon name="quote" size={16} strokeWidth={2} className={classes.verdict} />
          <div className={classes.mentions}>
            <span className={classes.word}>Mentioned</span>
            {mentions.map((mention) => (
              <Mention
                key={mention.id}
                mention={mention}
                text={text}
                lit={lit}
                onShow={onShow}
                reachable={reachable}
              />
            ))}
          </div>
        </li>
      )}
      {others.map(({ id, evidence: each }) => {
        const span = spanOf(each);
        const quote = span === null ? '' : text.slice(span.start, span.end).trim();
        const tone = toneOf(each);
        return (
          <li
            key={id}
            className={classes.line}
            data-tone={tone}
            data-active={lit === id || undefined}
            {...lights(span === null ? null : id)}
          >
            <Icon
              name={each.kind === 'execution' || each.kind === 'graph' ? 'machine' : TONE_ICONS[tone]}
              size={16}
              strokeWidth={2.4}
              className={classes.verdict}
            />
            <div className={classes.facts}>
              {verdictOf(each, items)}
              {each.says !== said && <p className={classes.says}>{each.says}</p>}
              {factsOf(each, reachable)}
              {quote !== '' && (
                <Quote
                  quote={each.kind === 'quantity' || each.kind === 'equation' ? asFormula(quote) : quote}
                  isCode={'place' in each && each.place !== undefined}
                  onShow={onShow === undefined ? undefined : () => onShow(id)}
                  reachable={reachable}
                />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** `named`: the items whose terms stand in the answer. */
function verdictOf(evidence: Evidence, named: ReadonlySet<string>): ReactNode {
  switch (evidence.kind) {
    case 'equation':
      // Of the others, what it says begins with the verdict.
      return evidence.verdict === 'false' && <span className={classes.word}>Does not hold</span>;
    case 'quantity':
      return (
        <span className={classes.word}>
          {VERDICTS.quantity[evidence.verdict]} · {evidence.asked}
        </span>
      );
    case 'finding':
      return (
        <span className={classes.word}>
          {VERDICTS.finding[evidence.severity]}
          {evidence.place !== undefined && ` · line ${evidence.place.line}`}
        </span>
      );
    case 'claim':
      return (
        <span className={classes.word}>
          {VERDICTS.claim[evidence.verdict]} · {evidence.subject}
        </span>
      );
    case 'suggestion':
      return (
        <span className={classes.word}>
          {evidence.verdict === 'no-evidence-found' && named.has(evidence.item)
            ? 'Named, and no sentence was found that says it'
            : VERDICTS.suggestion[evidence.verdict]}
          {evidence.confidence !== undefined && ` · ${Math.round(evidence.confidence * 100)}%`}
        </span>
      );
    case 'misconception':
      return <span className={classes.word}>A known slip</span>;
    case 'caution':
      return <span className={classes.word}>Take care</span>;
    case 'execution':
      return <span className={classes.word}>Run</span>;
    case 'graph':
      return <span className={classes.word}>The network</span>;
    case 'mention':
    case 'fact':
      return null;
  }
}

function factsOf(evidence: Evidence, reachable: boolean): ReactNode {
  switch (evidence.kind) {
    case 'quantity':
      return (
        <dl className={classes.values}>
          {evidence.verdict !== 'correct' && (
            <>
              <dt>Expected</dt>
              <dd className="numbers">{evidence.expected}</dd>
              <dt>Found</dt>
              <dd className="numbers">
                {evidence.found === undefined ? 'nothing' : <Phrase text={asFormula(evidence.found)} />}
              </dd>
            </>
          )}
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
    case 'claim':
      return evidence.code === undefined ? null : (
        <p className={classes.why}>
          Line {evidence.code.line}: <code>{evidence.code.text}</code>
        </p>
      );
    case 'finding':
      return (
        <>
          {evidence.why !== undefined && <p className={classes.why}>{evidence.why}</p>}
          {evidence.instead !== undefined && <p className={classes.why}>{evidence.instead}</p>}
          {evidence.why !== undefined && <CheckLink check={evidence.check} reachable={reachable} />}
        </>
      );
    case 'execution':
      return <Run run={evidence} />;
    case 'graph':
      return <Graph graph={evidence} />;
    default:
      return null;
  }
}

interface MentionProps extends Omit<EvidenceListProps, 'evidence'> {
  mention: NamedEvidence;
}

/** A place that speaks of an item; many of them stand in one line. */
function Mention({ mention: { id, evidence }, text, lit, onShow, reachable }: MentionProps) {
  const span = spanOf(evidence);
  const words = span === null ? evidence.says : text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
  return (
    <span {...lights(id)}>
      <button
        type="button"
        tabIndex={reachable === false ? -1 : undefined}
        className={classes.mention}
        data-active={lit === id || undefined}
        title={evidence.says}
        onClick={() => onShow?.(id)}
      >
        {words.length > 70 ? `${words.slice(0, 64)}…` : words}
      </button>
    </span>
  );
}

/** A piece cut out of a formula, such as `75{,}264`, is drawn as one. */
function asFormula(written: string): string {
  return /[\\{}^]/.test(written) && !/[$\n`]/.test(written) ? `$${written}$` : written;
}

interface QuoteProps {
  quote: string;
  /** A line of code, in which stars and underscores mean what they mean there. */
  isCode: boolean;
  onShow?: () => void;
  reachable: boolean;
}

/** What the student wrote; pressing it shows where. */
function Quote({ quote, isCode, onShow, reachable }: QuoteProps) {
  const short = quote.length > 180 ? `${quote.slice(0, 170)}…` : quote;
  const written = isCode ? <code>{short}</code> : <Phrase text={short} />;
  if (onShow === undefined) {
    return <span className={classes.quote}>{written}</span>;
  }
  return (
    <button
      type="button"
      className={classes.quote}
      onClick={onShow}
      title="Show in the answer"
      tabIndex={reachable ? undefined : -1}
    >
      {written}
    </button>
  );
}
