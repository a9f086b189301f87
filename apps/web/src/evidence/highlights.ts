import type { Evidence, Span } from '../api/types.js';
import type { Highlight, Tone } from '../text/highlight.js';

/** A piece of evidence with the name that ties it to its place in the answer. */
export interface NamedEvidence {
  readonly id: string;
  readonly evidence: Evidence;
}

export const named = (prefix: string, evidence: readonly Evidence[]): NamedEvidence[] =>
  evidence.map((each, at) => ({ id: `${prefix}-${at}`, evidence: each }));

/** What is said of the whole answer and not of an item already. */
export function beside(part: readonly Evidence[], items: readonly (readonly Evidence[])[]): Evidence[] {
  const said = new Set(items.flat().map((each) => JSON.stringify(each)));
  return part.filter((each) => !said.has(JSON.stringify(each)));
}

export function spanOf(evidence: Evidence): Span | null {
  return 'span' in evidence && evidence.span !== undefined ? evidence.span : null;
}

/** Whether the evidence speaks for the answer, against it, or leaves it to a person. */
export function toneOf(evidence: Evidence): Tone {
  switch (evidence.kind) {
    case 'equation':
      return evidence.verdict === 'true' ? 'good' : evidence.verdict === 'false' ? 'bad' : 'unsure';
    case 'quantity':
      return (
        {
          correct: 'good',
          follows: 'good',
          method: 'unsure',
          rounded: 'unsure',
          wrong: 'bad',
          'not-found': 'neutral',
        } as const
      )[evidence.verdict];
    case 'misconception':
      return 'bad';
    case 'finding':
      return evidence.severity === 'error' ? 'bad' : evidence.severity === 'warning' ? 'unsure' : 'neutral';
    case 'claim':
      return ({ supported: 'good', contradicted: 'bad', 'not-checkable': 'neutral' } as const)[
        evidence.verdict
      ];
    case 'suggestion':
      return (
        {
          'likely-covered': 'good',
          unclear: 'unsure',
          'possible-conflict': 'bad',
          'no-evidence-found': 'neutral',
        } as const
      )[evidence.verdict];
    case 'caution':
      return 'unsure';
    case 'mention':
    case 'fact':
    case 'execution':
    case 'graph':
      return 'neutral';
  }
}

export const SEVERITIES = {
  error: 'Error',
  warning: 'Likely wrong',
  design: 'Design',
  remark: 'Remark',
} as const;

/** The places in the answer to light up. Spans beyond the text, from another reading of it, are left out. */
export function highlightsOf(all: readonly NamedEvidence[], length: number): Highlight[] {
  return all.flatMap(({ id, evidence }) => {
    const span = spanOf(evidence);
    if (span === null || span.end > length || span.start >= span.end) return [];
    return [
      {
        id,
        start: span.start,
        end: span.end,
        tone: toneOf(evidence),
        ...(evidence.kind === 'finding' && {
          finding: { ...evidence, word: SEVERITIES[evidence.severity] },
        }),
      },
    ];
  });
}
