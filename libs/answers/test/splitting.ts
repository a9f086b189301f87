import { answerText, splitDocument, type Outline, type Split } from '../src/index.js';

/** Splits, or fails the test with the refusal's own words. */
export function split(text: string, outline: Outline): Split {
  const result = splitDocument(text, outline);
  if (result.kind !== 'split') throw new Error(result.message);
  return result;
}

/** Each answer's text with white space folded. */
export function textsOf(text: string, result: Split): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.answers.map((answer) => [
      answer.partKey,
      answerText(text, answer).text.replace(/\s+/g, ' ').trim(),
    ]),
  );
}

export function levelsOf(result: Split): Readonly<Record<string, string>> {
  return Object.fromEntries(result.answers.map(({ partKey, level }) => [partKey, level]));
}

export function kindsOfNotes(result: Split): readonly string[] {
  return result.notes.map(({ kind }) => kind);
}

/** Questions 1 to n, without parts unless letters are given for them. */
export function questions(count: number, parts: Readonly<Record<number, string>> = {}): Outline {
  return {
    questions: Array.from({ length: count }, (_, index) => ({
      id: `${index + 1}`,
      kind: 'essay' as const,
      parts: [...(parts[index + 1] ?? '')].map((id) => ({ id, kind: 'essay' as const })),
    })),
  };
}
