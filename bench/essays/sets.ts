import { QUESTIONS } from '../../libs/essays/evaluation/questions/table.js';
import type { EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { asEssay } from './other-subjects/as-essays.js';
import { HALF_POINTS } from './half-points/table.js';
import { OTHER_SUBJECTS } from './other-subjects/table.js';
import { UNSEEN } from './unseen/table.js';

export interface FittedSet {
  readonly name: string;
  readonly questions: readonly EvaluatedQuestion[];
  /** Whether the precision that is wanted has to hold on it. */
  readonly decides: boolean;
}

/** What the scorer is fitted on; each set counts the same, and each figure is told for each. */
export const FITTED: readonly FittedSet[] = [
  { name: 'deep learning', questions: QUESTIONS, decides: true },
  { name: 'other subjects', questions: OTHER_SUBJECTS.map(asEssay), decides: true },
  { name: 'half points', questions: HALF_POINTS, decides: false },
];

/** What it is only measured on. */
export const MEASURED: readonly EvaluatedQuestion[] = UNSEEN.map(asEssay);
