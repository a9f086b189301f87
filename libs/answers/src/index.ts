export { DEFAULT_BUDGETS, type AnswerBudgets } from './budgets.js';
export { partKey, partKeys } from './outline.js';
export type { Outline, OutlinePart, OutlineQuestion, PartKey, PartKind } from './outline.js';
export type * from './split.js';
export type * from './decode/decoded.js';
