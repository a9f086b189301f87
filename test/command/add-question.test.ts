import { describe, expect, it } from '@jest/globals';
import { formatMarks, lintExam, openMarkingEngine, partsOf, readExam, totalMarks } from '@tensormark/marking';
import { questionToAdd } from '../../apps/web/src/editor/addQuestion.js';
import { QUESTION_TEMPLATES, type QuestionKind } from '../../apps/web/src/editor/templates.js';
import { STARTING_POINT } from '../../apps/web/src/examiner/startingPoint.js';

const KINDS = Object.keys(QUESTION_TEMPLATES) as QuestionKind[];

function added(text: string, kind: QuestionKind): string {
  const insertion = questionToAdd(text, kind);
  if (insertion === null) throw new Error('nothing was added');
  const { at, text: written, select } = insertion;
  const after = text.slice(0, at) + written + text.slice(at);
  expect(after.slice(select.from, select.to)).toMatch(/^\w[\w ]+$/);
  return after;
}

function examIn(yaml: string) {
  const reading = readExam(yaml);
  if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading.errors));
  return reading.definition;
}

describe('a question to begin with', () => {
  it.each(KINDS)('%s-is-sound-behind-the-last', async (kind) => {
    const exam = examIn(added(STARTING_POINT, kind));
    expect(exam.questions.map(({ id }) => id)).toEqual(['1', '2']);
    expect(lintExam(exam, await openMarkingEngine())).toEqual([]);
  });

  it('of-each-kind-one-after-the-other', () => {
    const exam = examIn(KINDS.reduce(added, STARTING_POINT));
    expect(exam.questions.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(
      partsOf(exam)
        .map(({ part }) => part.kind)
        .toSorted(),
    ).toEqual(['choice', 'code', 'critique', 'essay', 'essay', 'essay', 'essay', 'numeric'].toSorted());
    expect(formatMarks(totalMarks(exam))).toBe('25');
  });

  it.each([
    ['before-what-follows-the-questions', `${STARTING_POINT}reviewDays: 7\n`],
    ['where-dashes-stand-at-the-edge', STARTING_POINT.replaceAll(/^ {2}/gm, '')],
    ['behind-empty-lines-and-no-last-one', `${STARTING_POINT}\n\n`],
    ['without-a-last-end-of-line', STARTING_POINT.trimEnd()],
    ['with-the-number-behind-the-highest', STARTING_POINT.replace('id: 1', 'id: 9')],
    ['where-there-are-no-questions-yet', 'format: 1\nexam: x\ntitle: X\n'],
  ])('%s', (_name, yaml) => {
    const before = yaml.includes('questions:') ? examIn(yaml).questions.map(({ id }) => id) : [];
    const exam = examIn(added(yaml, 'choice'));
    expect(exam.questions.map(({ id }) => id)).toEqual([...before, String(Number(before.at(-1) ?? 0) + 1)]);
  });

  it('is-not-put-into-questions-in-brackets', () => {
    expect(questionToAdd('format: 1\nquestions: [{ id: 1 }]\n', 'essay')).toBeNull();
  });
});
