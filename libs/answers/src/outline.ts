/** How a part is answered; it decides nothing about where a part begins, only what its text may look like. */
export type PartKind = 'essay' | 'numeric' | 'critique' | 'code' | 'choice';

export interface OutlinePart {
  /** As printed on the paper: `a`, `ii`, `1`. */
  readonly id: string;
  readonly prompt?: string;
  readonly kind: PartKind;
}

export interface OutlineQuestion {
  /** As printed on the paper: `1`, `2`, `A`. */
  readonly id: string;
  readonly title?: string;
  /** The text above the parts, or the whole question where it has none. */
  readonly prompt?: string;
  /** The kind of a question that has no parts. */
  readonly kind?: PartKind;
  /** Empty for a question that is one part itself. */
  readonly parts: readonly OutlinePart[];
}

/** The parts an exam expects, in the order of the paper. */
export interface Outline {
  readonly questions: readonly OutlineQuestion[];
}

/** `1.a` for part a of question 1, `2` for a question without parts. */
export type PartKey = string;

/** The key of a part, or of a question without parts. */
export function partKey(questionId: string, partId?: string): PartKey {
  return partId === undefined ? questionId : `${questionId}.${partId}`;
}

/** Every part of the outline, in the order of the paper. */
export function partKeys(outline: Outline): readonly PartKey[] {
  return outline.questions.flatMap((question) =>
    question.parts.length === 0
      ? [partKey(question.id)]
      : question.parts.map((part) => partKey(question.id, part.id)),
  );
}
