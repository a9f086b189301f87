/** A question with answers as they are written in exams, each marked by hand before it was marked by the engine. */
export interface Paper {
  readonly name: string;
  /** The question's fields in the exam format, without its id and kind. */
  readonly question: string;
  readonly answers: readonly GoldenAnswer[];
}

export interface GoldenAnswer {
  readonly name: string;
  readonly text: string;
  /** What a careful marker gives for each item in the order of the scheme; `?` where a second marker might differ. */
  readonly marks: string;
  /** What is proposed where that is less sure than the marker: any item may be `?` instead, and nothing else. */
  readonly proposed?: string;
  /** What the reason of an item must say, by its id. */
  readonly because?: Readonly<Record<string, RegExp>>;
}

/** Names an answer that is proposed just what a marker gives. */
export function answer(
  name: string,
  marks: string,
  text: string,
  more: Pick<GoldenAnswer, 'proposed' | 'because'> = {},
): GoldenAnswer {
  return { name, marks, text, ...more };
}

/** Text as it stands, backslashes and all, without the indentation of the code around it. */
export function written(strings: TemplateStringsArray): string {
  const lines = strings.raw.join('').split('\n');
  const full = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...full.map((line) => line.length - line.trimStart().length));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}
