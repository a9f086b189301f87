import { partsOf, readExam, type KeyedPart, type MarkingEngine, type ProposedMark } from '../src/index.js';
import type { Paper } from './paper.js';

/** The paper's question as an exam's only part. */
export function partOf({ question }: Pick<Paper, 'question'>): KeyedPart {
  const fields = question
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const reading = readExam(
    `format: 1\nexam: golden\ntitle: Golden\nquestions:\n  - id: 1\n    kind: numeric\n${fields}\n`,
  );
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('The question has no part.');
  return part;
}

export function marksOf({ items }: ProposedMark): string {
  return items.map(({ proposed }) => proposed ?? '?').join(' ');
}

export function marksFor(engine: MarkingEngine, part: KeyedPart, text: string): string {
  return marksOf(engine.mark(part, text));
}
