export { ENGINE_VERSION } from './engine-version.js';
export { examJsonSchema } from './exam/json-schema.js';
export { outlineOf, partsOf, totalMarks, type KeyedPart } from './exam/parts.js';
export { readExam, type ExamError, type ExamReading } from './exam/read.js';
export { ExamDefinition, type ExamPart, type PartKind } from './exam/definition.js';
export {
  type AgreedBy,
  type MarkingPolicy,
  secondMarkingOf,
  type SecondMarkingOfPart,
  USUAL_POLICY,
} from './exam/marking-policy.js';
export { agreedMarks } from './agreement/second-marking.js';
export { type SampleCandidate, sampleOf, type SampleReason } from './agreement/sample.js';
export { agreementOf, type Agreement, ENOUGH_PAIRS, type MarkPair } from './agreement/agreement.js';
export { clampMarks, formatMarks, parseMarks, sumMarks, type Marks } from './marks.js';
export { Evidence, ItemProposal, ProposedMark, Span } from './proposal.js';
export { openMarkingEngine, type MarkingEngine, type RunSite } from './engine.js';
export { lintExam, type ExamNote } from './lint/exam.js';
export { placesIn, writePath } from './exam/read.js';
export { layerVocabulary, type LayerWord } from './exam/vocabulary.js';
export {
  answerText,
  gradeDocument,
  withProposals,
  type GradedDocument,
  type GradedPart,
} from './grade-document.js';
export { analyseItems, type AnalysedPart, type ItemAnalysis } from './item-analysis/analyse.js';
export type { ExamSums, MarkSums, PartSums } from './item-analysis/mark-sums.js';
export { withPlacesInMeaning } from './kinds/essay-in-meaning.js';
export { NetworkRun, networkRunOf } from './kinds/code/network-run.js';
export type { RunOrder } from './kinds/kind.js';
export {
  comparePaper,
  type ComparedPart,
  type GradeBoundary,
  type PaperChange,
  type PartFate,
} from './scheme-change/compare.js';
export { essayQuestionOf, givenIn } from './asked.js';
export { groupKey } from './groups/group-key.js';
export { awardOf, type Award, type GivenItem } from './rubric/award.js';
export type { PartScheme, SchemeLine } from './rubric/scheme.js';
