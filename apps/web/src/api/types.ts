/** What the REST interface answers, by the names the pages use. The shapes come from the API itself: see schema.d.ts. */
import type { components } from './schema.js';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type Me = Schemas['MyAccount'];
export type DemonstrationAccount = Schemas['DemonstrationAccounts']['accounts'][number];

export type Person = Schemas['Person'];
export type NewPerson = Schemas['NewPerson'];
export type AddedPerson = Schemas['AddedPerson'];
export type Conflict = Schemas['ConflictOfInterest'];
export type LearningPlatform = Schemas['LearningPlatform'];
export type NewLearningPlatform = Schemas['NewLearningPlatform'];
export type CourseGrades = Schemas['CourseGrades'];
export type Check = Schemas['Check'];
export type CheckInFull = Schemas['CheckInFull'];
export type Team = Schemas['Team'];
export type NewTeamMember = Schemas['NewTeamMember'];
export type NewConflict = Schemas['NewConflictOfInterest'];

export type PartState = Schemas['PartState'];
export type PartCounts = Schemas['PartCounts'];
export type PartKind = Schemas['PartKind'];
export type SubmissionState = Schemas['SubmissionState'];
export type Level = Schemas['Level'];
export type Span = Schemas['Span'];

export type ExamSummary = Schemas['ExamSummary'];
export type Exam = Schemas['ExamPaper'];
export type ExamPart = Exam['parts'][number];
export type PutExamResult = Schemas['PutExamResult'];
export type ExamDraft = Schemas['ExamDraft'];
export type DraftPaper = Schemas['DraftPaper'];
export type DraftRemark = Schemas['DraftRemark'];
export type TriedAnswer = Schemas['TriedAnswer'];
export type TriedDocument = Schemas['TriedDocument'];
export type LayerWord = Schemas['LayerWord'];
export type ReleaseResult = Schemas['ReleaseResult'];
export type GradeImport = Schemas['GradeImport'];
export type PeopleImport = Schemas['PeopleImport'];
export type PeopleImported = Schemas['PeopleImported'];
export type ReleasePlan = Schemas['ReleasePlan'];
export type NewReleasePlan = Schemas['NewReleasePlan'];
export type GradeReport = Schemas['GradeReport'];
export type ItemAnalysis = Schemas['ItemAnalysis'];
export type GradeFormatName = Schemas['GradeFormatName'];
export type GradeState = GradeReport['rows'][number]['state'];

export type Schedule = Schemas['Schedule'];
export type NewSchedule = Schemas['NewSchedule'];
export type LatePolicy = Schemas['LatePolicy'];
export type Extension = Schemas['Extension'];
export type Excusal = Schemas['Excusal'];
export type NewExcusal = Schemas['NewExcusal'];

export type Receipt = Schemas['Receipt'];
export type Accepted = Schemas['Accepted'];
export type Fault = Schemas['Fault'];
export type SubmissionSummary = Schemas['SubmissionSummary'];
export type Submission = Schemas['Submission'];
export type Split = Schemas['Split'];
export type NewCut = Schemas['NewCut'];
export type SplitAnswer = Split['answers'][number];
export type Report = Schemas['Report'];
export type ReportPart = Report['parts'][number];

export type AnswerGroup = Schemas['AnswerGroup'];
export type GroupDecision = Schemas['GroupDecision'];
export type GroupMarked = Schemas['GroupMarked'];
export type SchemePreview = Schemas['SchemePreview'];
export type SchemeChange = Schemas['SchemeChange'];

export type QueueEntry = Schemas['QueueEntry'];
export type QueueState = 'awaiting' | 'marked' | 'all';
export type AnswerForMarking = Schemas['AnswerForMarking'];
export type Desk = Schemas['Desk'];
export type Mark = Schemas['Mark'];
export type NewMark = Schemas['NewMark'];
export type ItemMarks = Schemas['ItemMarks'];
export type ItemProposal = Schemas['ItemProposal'];
export type Proposal = Schemas['ProposedMark'];
export type Evidence = Schemas['Evidence'];

export type Flag = Schemas['Flag'];
export type NewFlag = Schemas['NewFlag'];
export type FlagAnswer = Schemas['FlagAnswer'];

export type ModerationCase = Schemas['ModerationCase'];
export type NewModeration = Schemas['NewModeration'];
export type ModerationSample = Schemas['ModerationSample'];
export type NewModerationSample = Schemas['NewModerationSample'];
export type SampleDecision = Schemas['SampleDecision'];
export type MarkingAgreement = Schemas['MarkingAgreement'];
export type AgreementFigures = Schemas['AgreementFigures'];

export type ReviewRequest = Schemas['ReviewRequest'];
export type NewReviewRequest = Schemas['NewReviewRequest'];
export type ReviewAnswer = Schemas['ReviewAnswer'];

export type SuggestionDecision = Schemas['SuggestionDecision'];
export type ItemAcceptance = Schemas['ItemAcceptance'];
export type MarkedExample = Schemas['MarkedExample'];

export type Cohort = Schemas['Cohort'];
export type CohortRow = Schemas['CohortRow'];
export type CohortTaken = Schemas['CohortTaken'];
export type TakeCohort = Schemas['TakeCohort'];
export type SharedPassages = Schemas['SharedPassages'];
