import type { DefinitionError } from '../exams/scheme.js';
import type { ExamDraft, TriedAnswer } from './exam-drafts.contract.js';

/** What a thread is asked to do with an exam that is being written. */
export type DraftTask =
  | { readonly kind: 'check'; readonly yaml: string }
  | {
      readonly kind: 'try';
      readonly definition: string;
      /** Null for a whole document, which is split. */
      readonly part: string | null;
      readonly answer: string;
    };

export type CheckOutcome = { readonly kind: 'checked'; readonly draft: ExamDraft };

export type TryOutcome =
  | { readonly kind: 'tried'; readonly tried: TriedAnswer }
  | { readonly kind: 'refused'; readonly errors: readonly DefinitionError[] }
  | { readonly kind: 'no-such-part' }
  | { readonly kind: 'unsplittable'; readonly message: string };

export type DraftOutcome = CheckOutcome | TryOutcome;
