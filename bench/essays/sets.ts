import { QUESTIONS } from '../../libs/essays/evaluation/questions/table.js';
import type { EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { asEssay } from './other-subjects/as-essays.js';
import { OTHER_SUBJECTS } from './other-subjects/table.js';
import { UNSEEN } from './unseen/table.js';

/** What the scorer is fitted on; each set counts the same, and each figure is told for each. */
export const FITTED: readonly { readonly name: string; readonly questions: readonly EvaluatedQuestion[] }[] =
  [
    { name: 'deep learning', questions: QUESTIONS },
    { name: 'other subjects', questions: OTHER_SUBJECTS.map(asEssay) },
  ];

/** What it is only measured on. */
export const MEASURED: readonly EvaluatedQuestion[] = UNSEEN.map(asEssay);
