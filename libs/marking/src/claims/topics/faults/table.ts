import type { Fault } from './fault.js';
import { LOSSES } from './losses.js';
import type { NamedByWords } from './named-by-words.js';
import { NETWORKS } from './networks.js';
import { TRAINING } from './training.js';
import { OF_LOSSES } from './words-of-losses.js';
import { OF_NETWORKS } from './words-of-networks.js';
import { OF_TRAINING } from './words-of-training.js';

/** Faults that answers name in phrases of their own. */
export const FAULTS: readonly Fault[] = [...LOSSES, ...TRAINING, ...NETWORKS];

/** Faults that are named by the words for what they are about. */
export const NAMED_BY_WORDS: readonly NamedByWords[] = [...OF_LOSSES, ...OF_TRAINING, ...OF_NETWORKS];
