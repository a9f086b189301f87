import { ANSWERS, type Block } from './paper.js';

/** How a student might number and lay out a paper. */
export interface Hand {
  readonly name: string;
  /** The heading of a question, and what separates it from its text. */
  readonly question: (number: number) => string;
  /** The heading of a part; absent where parts are headed together with their question. */
  readonly part?: (letter: string) => string;
  /** The heading of a part that names its question too. */
  readonly composite?: (number: number, letter: string) => string;
}

const ENGLISH = ['zero', 'One', 'Two', 'Three', 'Four', 'Five'];
const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V'];

/** Question headings that stand on a line of their own or open one; each is tried with each way to write parts. */
export const QUESTION_STYLES: Readonly<Record<string, (n: number) => string>> = {
  'question-colon': (n) => `Question ${n}:\n\n`,
  'question-inline': (n) => `Question ${n}: `,
  'q-dot': (n) => `Q${n}. `,
  'q-space': (n) => `Q ${n}\n`,
  'bold-question': (n) => `**Question ${n}**\n\n`,
  'bold-question-colon-outside': (n) => `**Question ${n}**:\n`,
  'hash-question': (n) => `# Question ${n}\n`,
  'hash-number': (n) => `## ${n}.\n\n`,
  'hash-bare-number': (n) => `## ${n}\n\n`,
  setext: (n) => `Question ${n}\n==========\n\n`,
  'in-words': (n) => `Question ${ENGLISH[n] ?? ''}\n\n`,
  'roman-question': (n) => `Question ${ROMAN[n] ?? ''}.\n\n`,
  problem: (n) => `Problem ${n}\n\n`,
  task: (n) => `Task ${n}:\n\n`,
  'answer-to': (n) => `Answer to question ${n}\n\n`,
  ans: (n) => `Ans ${n}:\n`,
  html: (n) => `<h2>Question ${n}</h2>\n`,
  'html-bold': (n) => `<p><b>Question ${n}</b></p>\n`,
  latex: (n) => `\\section*{Question ${n}}\n`,
  fullwidth: (n) => `Question ${String.fromCharCode(0xff10 + n)}：\n`,
  german: (n) => `Aufgabe ${n}\n\n`,
  spanish: (n) => `Pregunta ${n}:\n\n`,
  italian: (n) => `Esercizio ${n}.\n\n`,
  chinese: (n) => `问题${n}：\n`,
  'chinese-ordinal': (n) => `第${'零一二三四五'.charAt(n)}题\n`,
  arabic: (n) => `\u200fالسؤال ${String.fromCharCode(0x660 + n)}:\n`,
  bracketed: (n) => `[Question ${n}]\n`,
  'with-marks': (n) => `Question ${n} [20 marks]\n\n`,
  quoted: (n) => `> Question ${n}\n\n`,
  'upper-case': (n) => `QUESTION ${n}\n\n`,
  'number-alone': (n) => `${n}.\n\n`,
  'bold-number': (n) => `**${n}.**\n\n`,
  'number-paren': (n) => `${n})\n`,
};

export const PART_STYLES: Readonly<Record<string, (letter: string) => string>> = {
  'bullet-dot': (letter) => `- ${letter}. `,
  'bullet-stray-bold': (letter) => (letter === 'a' ? '- a. ' : `- ${letter}.** `),
  parenthesised: (letter) => `(${letter}) `,
  'parenthesised-alone': (letter) => `(${letter})\n`,
  'bold-dot': (letter) => `**${letter}.** `,
  'bold-parenthesised': (letter) => `**(${letter})** `,
  paren: (letter) => `${letter}) `,
  dot: (letter) => `${letter}. `,
  colon: (letter) => `${letter}: `,
  'part-paren': (letter) => `Part (${letter})\n`,
  'part-upper': (letter) => `Part ${letter.toUpperCase()}: `,
  upper: (letter) => `${letter.toUpperCase()}. `,
  hash: (letter) => `### ${letter})\n\n`,
  'html-item': (letter) => `<p>(${letter})</p>\n`,
  'latex-item': (letter) => `\\item[(${letter})] `,
};

export const COMPOSITE_STYLES: Readonly<Record<string, (n: number, letter: string) => string>> = {
  'q2a-paren': (n, letter) => `Q${n}${letter}) `,
  'q2a-colon': (n, letter) => `Q${n}${letter}: `,
  '2a-dot': (n, letter) => `${n}${letter}. `,
  '2-dot-a': (n, letter) => `${n}.${letter} `,
  '2-paren-a': (n, letter) => `${n}(${letter}) `,
  '2a-paren': (n, letter) => `${n}${letter}) `,
  'hash-2-paren-a': (n, letter) => `## ${n} (${letter})\n\n`,
  'question-2-paren-a': (n, letter) => `Question ${n} (${letter})\n\n`,
  'question-2a': (n, letter) => `Question ${n}${letter}\n\n`,
  'question-2-part-a': (n, letter) => `Question ${n}, part ${letter}:\n`,
  'bold-2a': (n, letter) => `**${n}${letter}**\n\n`,
  'decimal-hash': (n, letter) => `## ${n}.${letter.charCodeAt(0) - 96}\n\n`,
  'decimal-question': (n, letter) => `Question ${n}.${letter.charCodeAt(0) - 96}\n\n`,
};

export type StepStyle = 'dots' | 'parens' | 'step' | 'bullets' | 'bold' | 'plain';

export const STEP_STYLES: readonly StepStyle[] = ['dots', 'parens', 'step', 'bullets', 'bold', 'plain'];

export interface Layout {
  readonly steps: StepStyle;
  /** Parts left out, headings and all. */
  readonly missing: readonly string[];
  /** Questions in the order written. */
  readonly order: readonly number[];
  readonly pages: 'none' | 'form-feed' | 'page-lines';
  readonly newline: '\n' | '\r\n';
  readonly header: boolean;
}

export const PLAIN: Layout = {
  steps: 'dots',
  missing: [],
  order: [1, 2, 3, 4],
  pages: 'none',
  newline: '\n',
  header: true,
};

export interface Written {
  readonly text: string;
  /** Each part's text with white space folded, as it should come out. */
  readonly expected: ReadonlyMap<string, string>;
}

/** Writes the paper in a hand. */
export function write(hand: Hand, layout: Layout): Written {
  const expected = new Map<string, string>();
  const chunks: string[] = layout.header
    ? ['Deep Learning, final paper\n\nName: Robin Sample\nStudent ID: 7654321\n\n']
    : [];
  let page = 1;
  const body = (key: string): string => {
    const written = blocks(ANSWERS[key] ?? [], layout.steps);
    expected.set(key, written.replace(/\s+/g, ' ').trim());
    if (layout.pages === 'none') return `${written}\n\n`;
    page += 1;
    const [head, tail] = cutMidSentence(written);
    const furniture = layout.pages === 'form-feed' ? `\n${page}\n\f` : `\n\nPage ${page} of 7\n\n`;
    return `${head}${furniture}${tail}\n\n`;
  };
  for (const number of layout.order) {
    const parts = Object.keys(ANSWERS).filter(
      (key) => key.startsWith(`${number}`) && !layout.missing.includes(key),
    );
    if (parts.length === 0) continue;
    if (parts[0] === `${number}`) {
      chunks.push(hand.question(number), body(`${number}`));
      continue;
    }
    if (hand.composite === undefined) chunks.push(hand.question(number));
    for (const key of parts) {
      const letter = key.slice(-1);
      chunks.push(hand.composite?.(number, letter) ?? hand.part?.(letter) ?? '', body(key));
    }
  }
  return { text: chunks.join('').replaceAll('\n', layout.newline), expected };
}

function blocks(list: readonly Block[], style: StepStyle): string {
  return list
    .map((block) =>
      typeof block === 'string'
        ? block
        : block.steps.map((step, index) => stepped(step, index + 1, style)).join('\n'),
    )
    .join('\n\n');
}

function stepped(step: string, number: number, style: StepStyle): string {
  switch (style) {
    case 'dots':
      return `${number}. ${step}`;
    case 'parens':
      return `${number}) ${step}`;
    case 'step':
      return `Step ${number}: ${step}`;
    case 'bullets':
      return `- ${step}`;
    case 'bold':
      return `**${number}.** ${step}`;
    case 'plain':
      return step;
  }
}

/** Near the middle, after a word that ends no sentence. */
function cutMidSentence(text: string): readonly [string, string] {
  const middle = Math.floor(text.length / 2);
  const at = text.slice(middle).search(/(?<=[a-z]{2}) (?=[a-z]{2})/);
  return at < 0 ? [text, ''] : [text.slice(0, middle + at), text.slice(middle + at + 1)];
}
