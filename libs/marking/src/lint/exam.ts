import type { MarkingEngine } from '../engine.js';
import type { ExamDefinition, ExamPart } from '../exam/definition.js';
import { partsOf, totalMarks, type KeyedPart } from '../exam/parts.js';
import { formatMarks, parseMarks, sumMarks, type Marks } from '../marks.js';
import { eatenFormulas } from './eaten-formulas.js';
import type { NotePath, SchemeNote } from './note.js';

/** A remark on an exam, with where it stands in the whole of it. */
export interface ExamNote extends SchemeNote {
  /** Key of the part that it is about; undefined where it is about more than one. */
  readonly part?: string;
  /** From the top of the exam. */
  readonly path: NotePath;
}

/** Everything an examiner should know of an exam before anyone sits it, in the order of its parts. */
export function lintExam(exam: ExamDefinition, engine: Pick<MarkingEngine, 'lint'>): ExamNote[] {
  const paths = pathsOf(exam);
  const parts = partsOf(exam);
  return [
    ...declaredTotal(exam),
    ...gradeBoundaries(exam),
    ...eatenFormulas(exam),
    ...parts.flatMap((part, at): ExamNote[] => {
      const path = paths[at] ?? [];
      return [...declaredMarks(part), ...engine.lint(part)].map((note) => ({
        ...note,
        part: part.key,
        path: [...path, ...note.path],
      }));
    }),
    ...declaredByQuestions(exam),
    ...samePosition(parts, paths),
  ];
}

/** Where each part stands, in the order of {@link partsOf}. */
function pathsOf({ questions }: ExamDefinition): NotePath[] {
  return questions.flatMap((question, at): NotePath[] =>
    'parts' in question
      ? question.parts.map((_, index) => ['questions', at, 'parts', index])
      : [['questions', at]],
  );
}

const DECLARED = /(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s*(?:marks?|points?|pts?\.?)(?![\p{L}])/giu;

/** The marks that a text speaks of, when it speaks of one number alone. */
function declaredIn(text: string | undefined): Marks | undefined {
  const found = [...(text ?? '').matchAll(DECLARED)].map(([, written = '']) => parseMarks(written));
  const [only, another] = new Set(found);
  return another === undefined ? only : undefined;
}

function declaredMarks({ part }: KeyedPart): SchemeNote[] {
  const declared = declaredIn(`${part.title ?? ''}\n${part.prompt}`);
  if (declared === undefined || declared === part.marks) return [];
  return [
    {
      check: 'marks-declared-otherwise',
      path: ['marks'],
      says: `The question speaks of ${formatMarks(declared)} marks and the part gives ${formatMarks(part.marks)}. Make them the same.`,
    },
  ];
}

function declaredByQuestions({ questions }: ExamDefinition): ExamNote[] {
  return questions.flatMap((question, at): ExamNote[] => {
    if (!('parts' in question)) return [];
    const declared = declaredIn(`${question.title ?? ''}\n${question.prompt ?? ''}`);
    const given = sumMarks(question.parts.map(({ marks }) => marks));
    if (declared === undefined || declared === given) return [];
    if (question.parts.every(({ marks }) => marks === declared)) return [];
    return [
      {
        check: 'marks-declared-otherwise',
        path: ['questions', at],
        says: `Question ${question.id} speaks of ${formatMarks(declared)} marks and its parts give ${formatMarks(given)} together. Make them the same.`,
      },
    ];
  });
}

function declaredTotal(exam: ExamDefinition): ExamNote[] {
  const declared = declaredIn(exam.instructions);
  const given = totalMarks(exam);
  const parts = partsOf(exam);
  if (declared === undefined || declared === given || parts.some(({ part }) => part.marks === declared))
    return [];
  return [
    {
      check: 'marks-declared-otherwise',
      path: ['instructions'],
      says: `The instructions speak of ${formatMarks(declared)} marks and the parts give ${formatMarks(given)} together. Make them the same.`,
    },
  ];
}

/** Grades that nobody can be given: two of the same beginning, or one beyond all marks. */
function gradeBoundaries(exam: ExamDefinition): ExamNote[] {
  const { grades = [] } = exam;
  const total = totalMarks(exam);
  return grades.flatMap(({ grade, from }, at): ExamNote[] => {
    const path = ['grades', at, 'from'];
    const first = grades.findIndex((other) => other.from === from);
    const [same] = first < at ? grades.slice(first) : [];
    if (same !== undefined)
      return [
        {
          check: 'grade-never-given',
          path,
          says: `${grade} begins at ${inMarks(from)} as ${same.grade} does, so nobody is given ${grade}. Let it begin elsewhere, or leave it out.`,
        },
      ];
    if (from <= total) return [];
    return [
      {
        check: 'grade-never-given',
        path,
        says: `${grade} begins at ${inMarks(from)}, and the exam has ${formatMarks(total)} in all, so nobody is given it. Let it begin at ${formatMarks(total)} or less.`,
      },
    ];
  });
}

function inMarks(marks: Marks): string {
  const written = formatMarks(marks);
  return `${written} ${written === '1' ? 'mark' : 'marks'}`;
}

const MANY_CHOICES = 4;

/** Right options that always stand in the same place. */
function samePosition(parts: readonly KeyedPart[], paths: readonly NotePath[]): ExamNote[] {
  const positions = parts.flatMap(({ part }, at) => {
    const position = positionOf(part);
    return position === undefined ? [] : [{ position, path: paths[at] ?? [] }];
  });
  const [first] = positions;
  if (first === undefined || positions.length < MANY_CHOICES) return [];
  if (positions.some(({ position }) => position !== first.position)) return [];
  return [
    {
      check: 'lucky-guess',
      path: first.path,
      says: `In all ${positions.length} questions of choice the right option stands in the same place. Change the order in some.`,
    },
  ];
}

function positionOf(part: ExamPart): number | undefined {
  if (part.kind !== 'choice' || part.correct.length !== 1) return undefined;
  const [right = ''] = part.correct;
  return part.options.findIndex(({ id }) => id.toLowerCase() === right.toLowerCase());
}
