import type { ExamPart, PartKind } from '../exam/definition.js';
import { choice } from './choice.js';
import { code } from './code.js';
import { critique } from './critique.js';
import { essay } from './essay.js';
import type { QuestionKind } from './kind.js';
import { numeric } from './numeric.js';

/** A part of one kind. */
export type PartOf = { [Kind in PartKind]: Extract<ExamPart, { kind: Kind }> };

/** Every kind of question and how it is marked. */
export const KINDS: { readonly [Kind in PartKind]: QuestionKind<PartOf[Kind]> } = {
  essay,
  numeric,
  critique,
  code,
  choice,
};
