import { ChoicePart } from './choice.js';
import { CodePart } from './code.js';
import { CritiquePart } from './critique.js';
import { EssayPart } from './essay.js';
import { NumericPart } from './numeric.js';

/** How each kind of question is written in an exam file; each is explained in its own file. */
export const PART_SCHEMAS = [EssayPart, NumericPart, CritiquePart, CodePart, ChoicePart] as const;
