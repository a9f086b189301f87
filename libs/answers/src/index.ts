export { answerText, type AnswerText } from './answer-text.js';
export { confidenceLevel } from './assemble/confidence.js';
export { DEFAULT_BUDGETS, type AnswerBudgets } from './budgets.js';
export { decodeText } from './decode/decode-text.js';
export type { DecodeNote, DecodeRefusal, DecodeResult, TextEncodingName } from './decode/decoded.js';
export { partKey, partKeys } from './outline.js';
export type { Outline, OutlinePart, OutlineQuestion, PartKey, PartKind } from './outline.js';
export { splitDocument } from './split-document.js';
export type * from './split.js';
