import type { EssayQuestion } from '../src/question.js';

/** What an answer makes of a rubric item, as marked by hand. */
export type Truth = 'covered' | 'partly' | 'contradicted' | 'absent';

export interface MarkedSpan {
  readonly item: string;
  readonly truth: Exclude<Truth, 'absent'>;
  readonly start: number;
  readonly end: number;
}

export interface EvaluatedAnswer {
  readonly name: string;
  readonly text: string;
  readonly spans: readonly MarkedSpan[];
}

export interface EvaluatedQuestion extends EssayQuestion {
  readonly name: string;
  readonly answers: readonly EvaluatedAnswer[];
}

const SIGNS: Readonly<Record<string, MarkedSpan['truth']>> = {
  '+': 'covered',
  '~': 'partly',
  '!': 'contradicted',
};

/**
 * An answer with the spans marked in it: `{flow+|The gradient can go straight through.}` covers the item `flow`, `~` makes its
 * point in part, `!` says the opposite. Spans may stand within one another.
 */
export function marked(name: string, written: string): EvaluatedAnswer {
  const spans: MarkedSpan[] = [];
  const open: { item: string; truth: MarkedSpan['truth']; start: number }[] = [];
  let text = '';
  const source = written.replace(/^\n|\n\s*$/g, '');
  for (let at = 0; at < source.length; at++) {
    const head = /^\{([a-z0-9-]+)([+~!])\|/.exec(source.slice(at, at + 40));
    if (head !== null) {
      const truth = SIGNS[head[2] ?? ''];
      if (truth === undefined) throw new Error(`${name}: "${head[0]}" is no mark`);
      open.push({ item: head[1] ?? '', truth, start: text.length });
      at += head[0].length - 1;
    } else if (source.charAt(at) === '}' && open.length > 0) {
      const span = open.pop();
      if (span !== undefined) spans.push({ ...span, end: text.length });
    } else text += source.charAt(at);
  }
  if (open.length > 0) throw new Error(`${name}: a span is not closed`);
  return { name, text, spans };
}

/** The truth about an item: one contradiction outweighs what else is said of it. */
export function truthOf({ spans }: EvaluatedAnswer, item: string): Truth {
  const own = spans.filter((span) => span.item === item).map(({ truth }) => truth);
  if (own.includes('contradicted')) return 'contradicted';
  if (own.includes('covered')) return 'covered';
  return own.includes('partly') ? 'partly' : 'absent';
}
