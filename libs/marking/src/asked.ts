import type { EssayQuestion } from '@tensormark/essays';
import type { PartKind } from './exam/definition.js';
import type { KeyedPart } from './exam/parts.js';
import type { PartOf } from './kinds/table.js';

/** All that a question says to whoever answers it. */
export function askedBy(questionPrompt: string | undefined, part: PartOf[PartKind]): string {
  return [questionPrompt, part.prompt].filter(Boolean).join('\n\n');
}

/** All that everyone has before them: what is asked, and code that is given with it. */
export function givenIn({ part, questionPrompt }: KeyedPart): string {
  return [askedBy(questionPrompt, part), part.kind === 'critique' ? part.code : '']
    .filter(Boolean)
    .join('\n\n');
}

/** An essay as the room that reads prose knows it; undefined for parts of another kind. */
export function essayQuestionOf({ part, questionPrompt }: KeyedPart): EssayQuestion | undefined {
  return part.kind === 'essay'
    ? {
        asked: askedBy(questionPrompt, part),
        points: part.rubric,
        ...(part.misconceptions && { misconceptions: part.misconceptions }),
      }
    : undefined;
}
