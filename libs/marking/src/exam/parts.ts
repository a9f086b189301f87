import type { Outline } from '@tensormark/answers';
import { sumMarks, type Marks } from '../marks.js';
import type { ExamDefinition, ExamPart } from './definition.js';
import { partKey } from './part-key.js';

/** A part with its key in the exam: "1.a" for part a of question 1, "2" for a question that is one part itself. */
export interface KeyedPart {
  readonly key: string;
  readonly question: string;
  /** The question's title and own prompt, which a part's prompt may lean on. */
  readonly title: string | undefined;
  readonly questionPrompt: string | undefined;
  readonly part: ExamPart;
}

/** The parts of an exam in the order they stand. */
export function partsOf(exam: ExamDefinition): KeyedPart[] {
  return exam.questions.flatMap((question) => {
    if (!('parts' in question)) {
      return [
        {
          key: partKey(question),
          question: question.id,
          title: question.title,
          questionPrompt: undefined,
          part: question,
        },
      ];
    }
    return question.parts.map((part) => ({
      key: partKey(question, part),
      question: question.id,
      title: part.title ?? question.title,
      questionPrompt: question.prompt,
      part,
    }));
  });
}

/** What an exam gives in all. */
export function totalMarks(exam: ExamDefinition): Marks {
  return sumMarks(partsOf(exam).map(({ part }) => part.marks));
}

/** The exam as the splitting of documents needs to know it. */
export function outlineOf(exam: ExamDefinition): Outline {
  return {
    questions: exam.questions.map((question) => {
      if (!('parts' in question)) {
        return {
          id: question.id,
          ...(question.title === undefined ? {} : { title: question.title }),
          prompt: question.prompt,
          kind: question.kind,
          parts: [],
        };
      }
      return {
        id: question.id,
        ...(question.title === undefined ? {} : { title: question.title }),
        ...(question.prompt === undefined ? {} : { prompt: question.prompt }),
        parts: question.parts.map((part) => ({ id: part.id, prompt: part.prompt, kind: part.kind })),
      };
    }),
  };
}
