export { judged, openReviewer } from './review.js';
export type { BrokenCheck, Judgement, Review, Reviewer, ReviewOptions, Unknown } from './review.js';
export type { Evidence, Finding, Fix, Region, Severity } from './finding.js';
export type { Check, Found } from './check.js';
export { GROUPS } from './checks/groups.js';
export { CHECKS } from './checks/table.js';
export { sarifLog, type SarifOptions, type SarifPlace, type SarifResult } from './sarif.js';
export { describedChecks, type DescribedCheck } from './described.js';
export type { CellLine, StudentSource } from './sources/student-source.js';
export { readSource } from './sources/read-source.js';
export {
  otherNetworks,
  prepareRun,
  runSubmission,
  type Engine,
  type PreparedRun,
  type RunPlanner,
  type RunRequest,
} from './running/prepared-run.js';
export type { Running, RunInputs } from './running/running.js';
export { mergedFindings, withOtherNetwork } from './running/merge.js';
export { JUDGEMENTS } from './running/judgements/table.js';
export type { AnyJudgement } from './running/judgement.js';
export { didYouMean } from './ask/spelling.js';
