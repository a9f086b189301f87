import type { EvaluatedQuestion } from '../evaluated.js';
import { ATTENTION } from './attention.js';
import { BATCH_NORMALISATION } from './batch-normalisation.js';
import { CONVOLUTION } from './convolution.js';
import { DATA_SPLITS } from './data-splits.js';
import { DROPOUT } from './dropout.js';
import { GAN } from './gan.js';
import { IMBALANCE } from './imbalance.js';
import { LEARNING_RATE } from './learning-rate.js';
import { LSTM } from './lstm.js';
import { SKIP_CONNECTIONS } from './skip-connections.js';

/** The frozen set: ten questions with answers written for it, and the spans that make each point marked by hand. */
export const QUESTIONS: readonly EvaluatedQuestion[] = [
  SKIP_CONNECTIONS,
  BATCH_NORMALISATION,
  DROPOUT,
  LEARNING_RATE,
  LSTM,
  DATA_SPLITS,
  IMBALANCE,
  ATTENTION,
  GAN,
  CONVOLUTION,
];
