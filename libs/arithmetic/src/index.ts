export { CONVENTIONS, type Convention } from './conventions.js';
export { DEFAULT_BUDGET, Account, type Budget, type BudgetName } from './budget.js';
export { Rational } from './rational.js';
export {
  knownValue,
  type Evaluated,
  type Expression,
  type Factor,
  type NumberNode,
  type Numeral,
  type Problem,
  type ProblemKind,
  type Span,
  type Term,
} from './expression.js';
export { evaluate, numeralValue, type EvaluateOptions } from './evaluation/evaluate.js';
export { workOf, type Unit } from './units.js';
export { isAlike, measureOf, sizeOf, type Measure } from './measures.js';
export { type RelationSign } from './tokens.js';
export { roundedInterval, type Interval } from './verdicts/intervals.js';
export { type Rounding, type RoundingMode } from './verdicts/rounding.js';
export { type LinkVerdict, type NotUnderstood, type Verdict, type VerdictKind } from './verdicts/verdicts.js';
export type {
  CellPlace,
  Equation,
  Label,
  Note,
  NoteKind,
  Pair,
  Quantity,
  Side,
  Table,
  TableCell,
  TableRow,
  Working,
} from './working.js';
export { inOrder, readWorking, type ReadOptions } from './reading/read-working.js';
export { readExpression, type ExpressionReading } from './reading/read-expression.js';

export {
  fractionOf,
  children,
  flattenProduct,
  flattenSum,
  isCalculation,
  numericLeaves,
  parts,
  sizes,
} from './form/structure.js';
export { canonicalForm, leafValues, sameForm, type SameForm } from './form/same-form.js';
export { toLatex, toText } from './form/print.js';
export { CONCLUSIONS } from './vocabulary.js';
