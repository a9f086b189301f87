export type { Answer, SplitAnswer } from './answer.js';
export type { Answers } from './answers.js';
export type { ApiToken, ApiTokens } from './api-tokens.js';
export type { Audit, AuditEntry, NewAuditEntry } from './audit.js';
export type { Backlog } from './backlog.js';
export { type BackedUp, backUp } from './backup/back-up.js';
export { BackupError, type BackupErrorCode } from './backup/errors.js';
export { restore, type Restored } from './backup/restore.js';
export type { Comment, Comments } from './comments.js';
export type { Conflict, Conflicts } from './conflicts.js';
export type {
  SuggestionAcceptance,
  SuggestionDecision,
  SuggestionDecisions,
} from './suggestion-decisions.js';
export { type Decimal, fromThousandths, sumOfDecimals, thousandths } from './decimal.js';
export type { DocumentReading, DocumentReadings } from './document-readings.js';
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './embedded/errors.js';
export type { Listening } from './embedded/listening.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start.js';
export { runningEmbeddedPostgres } from './embedded/running.js';
export type { Erased, Erasures } from './erasure/erasures.js';
export * from './errors.js';
export type { Exam, ExamPart, Exams, ExamSummary, ExamVersion, NewExamVersion } from './exams.js';
export type { Fault, Faults } from './faults.js';
export { FLAG_OUTCOMES, type Flag, type FlagOutcome, type FlagReply, type Flags } from './flags.js';
export type { GradeImports, ImportedMark } from './grade-imports.js';
export type {
  AccountOfPerson,
  ExtensionToGive,
  PeopleImports,
  PersonToAdd,
  PersonToChange,
} from './people-imports.js';
export {
  GRADE_STATES,
  type GradeCell,
  type GradeReport,
  type GradeReports,
  type GradeRow,
  type GradeState,
} from './grade-report.js';
export type { ExamMarkSums } from './mark-sums.js';
export type { Hold, Holds } from './holds.js';
export type { JsonValue } from './json.js';
export { type Late, lateOf, lessDeduction } from './late.js';
export type { Arrival, CourseLink, CourseLinks } from './learning-platforms/course-links.js';
export type { PassedGrade, PassedGrades, Told } from './learning-platforms/passed-grades.js';
export type {
  LearningPlatform,
  LearningPlatforms,
  NewLearningPlatform,
} from './learning-platforms/platforms.js';
export type { ToolKey, ToolKeys } from './learning-platforms/tool-keys.js';
export { type Mark, MARK_ORIGINS, type MarkOrigin, type NewMark } from './mark.js';
export type {
  Agreement,
  BlindDecision,
  FrequentFinding,
  MarkerShare,
  MarkingExperience,
} from './marking-experience.js';
export {
  keptBack,
  type MarkingItem,
  type MarkingProgress,
  type MarkingQueue,
  type MarkingQueueFilter,
} from './marking-queue.js';
export type { Marks, PastMark } from './marks.js';
export {
  CHOSEN_AS,
  type ChosenAs,
  type ModerationSample,
  type ModerationSamples,
  SAMPLE_OUTCOMES,
  type SampleCandidate,
  type SampledMark,
  type SampleOutcome,
} from './moderation-samples.js';
export { migrate, missingFromDatabase } from './migrations/migrate.js';
export { SchemaEngineError } from './migrations/schema-engine.js';
export {
  type DeviceOfRun,
  type NetworkRun,
  type NetworkRuns,
  type NewNetworkRun,
  RUN_OUTCOMES,
  type RunOutcome,
} from './network-runs.js';
export type { Outbox, OutboxJob } from './outbox.js';
export type { Page } from './page.js';
export {
  type NewProposedMark,
  PROPOSED_OUTCOMES,
  type ProposedMark,
  type ProposedOutcome,
} from './proposed-mark.js';
export type { ProposedMarks } from './proposed-marks.js';
export { authDatabase, openRecords, type Records } from './records.js';
export { HELD_BACK_REASONS, type HeldBackReason, type Release } from './release.js';
export type { InTheWay, PlanAction, ReleasePlan, ReleasePlans } from './release-plans.js';
export type { Releases } from './releases.js';
export { REVIEW_OUTCOMES, type ReviewOutcome, type ReviewRequest } from './review-request.js';
export type { ReviewDecision, ReviewRequests } from './review-requests.js';
export {
  type Moderation,
  MODERATION_OUTCOMES,
  type ModerationOutcome,
  type SecondMark,
  type SecondMarking,
} from './second-marking.js';
export { AGREED_BY, type AgreedByRule, type SecondMarkingOrder } from './second-marking-order.js';
export type { AgreeOn, MarkersPair, NewModeration, NewSecondMark, SecondMarks } from './second-marks.js';
export { isSampled, type Sampling } from './sampling.js';
export type { Extension, RecordedSchedule, Schedules } from './schedules.js';
export { type ConfirmedMarks, CONFIRMED_MARKS, type SchemeChange } from './scheme-change.js';
export type { SchemeChanges } from './scheme-changes.js';
export type { SchemeComparison, SchemeDraft, SchemeDrafts, UnmarkedByDraft } from './scheme-drafts.js';
export {
  type NewSubmission,
  type Receipt,
  type Submission,
  SUBMISSION_STATES,
  type SubmissionFilter,
  type SubmissionState,
} from './submission.js';
export type { SubmissionProgress } from './submission-progress.js';
export type { Submissions } from './submissions.js';
export type { NewConfirmation, SplitConfirmation } from './split-confirmations.js';
export {
  keyOfUpload,
  type NewUpload,
  type Upload,
  UPLOAD_PURPOSES,
  type UploadPurpose,
  type Uploads,
} from './uploads.js';
export { EXAM_OBJECTS, type ExamObject } from './teams/members.js';
export { roleInExam, TEAM_ROLES, type TeamRole } from './teams/role-in-exam.js';
export type { TeamMember, Teams } from './teams/teams.js';
export { type Role, ROLES, type User } from './user.js';
export type { Users } from './users.js';
export type { WithheldResult, WithheldResults } from './withheld-results.js';
export { waitForDatabase } from './wait-for-database.js';
export type { MarkedAnswer, MarkedAnswers, MarkedAnswersOfPart } from './marked-answers.js';
export type { PartText, PartTexts } from './part-texts.js';
export type { Excusal, Excusals } from './excusals.js';
export { type ExcusedFrom, isExcused } from './excused-from.js';
