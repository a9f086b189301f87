export { isSilenced, SILENCE, type Acceptance, type SilenceRule } from './acceptance/silence.js';
export { prepareAssessor, type Assessor } from './assess.js';
export type { Assessment, FoundMisconception, Suggestion, Verdict } from './assessment.js';
export {
  ENOUGH_ANSWERS,
  nearestPlaces,
  type MarkedAnswers,
  type MarkedSegment,
  type NearestPlace,
} from './marked/nearest-segment.js';
export { alikeTexts } from './passages/alike.js';
export type { Passage } from './passages/align.js';
export {
  findSharedPassages,
  sharedPassages,
  type ComparedText,
  type Comparison,
  type SharedPassages,
  type SharedWithQuestion,
  type SharingPair,
} from './passages/shared-passages.js';
export type { EmbeddingModel, ModelIdentity } from './embedding/embedding-model.js';
export { nearestInMeaning, type MeaningBudget, type PlaceInMeaning } from './embedding/nearest-in-meaning.js';
export type { EssayQuestion, Misconception, RubricPoint } from './question.js';
export { sentencesOf, type Sentence } from './text/sentences.js';
