/** What the REST interface answers, as docs/rest.md has it. */

export type Role = 'student' | 'marker' | 'examiner';
export type PartState = 'absent' | 'pending' | 'failed' | 'proposed' | 'needs-person' | 'marked';
export type SubmissionState = 'received' | 'working' | 'ready' | 'failed' | 'released';
export type PartKind = 'essay' | 'numeric' | 'critique' | 'code' | 'choice';
export type Level = 'sure' | 'likely' | 'unsure';

export interface Me {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface DemonstrationAccount {
  role: Role;
  email: string;
  password: string;
}

export type PartCounts = Record<
  'absent' | 'pending' | 'needsPerson' | 'proposed' | 'marked' | 'failed',
  number
>;

export interface ExamSummary {
  id: string;
  title: string;
  version: number;
  totalMarks: string;
  questions: number;
  mySubmissions?: { id: string; attempt: number; state: SubmissionState; receivedAt: string }[];
  progress?: { submissions: number; released: number; parts: PartCounts };
}

export interface ExamPart {
  key: string;
  kind: PartKind;
  title: string | null;
  question: string;
  /** What stands above the parts of its question. */
  questionPrompt: string | null;
  prompt: string;
  marks: string;
  code: string | null;
  choices: { id: string; says: string }[] | null;
}

export interface Exam {
  id: string;
  title: string;
  version: number;
  totalMarks: string;
  instructions: string | null;
  parts: ExamPart[];
}

export interface Receipt {
  code: string;
  receivedAt: string;
  sha256: string;
  size: number;
  fileName: string;
  attempt: number;
}

export interface SubmissionSummary {
  id: string;
  candidate: string;
  attempt: number;
  state: SubmissionState;
  receivedAt: string;
  parts: PartCounts;
  /** To examiners alone. */
  student?: Student;
}

export interface Student {
  id: string;
  name: string;
  email: string;
  studentNumber: string | null;
}

export interface Span {
  start: number;
  end: number;
}

export interface Remark {
  span?: Span;
  says: string;
}

export interface SplitAnswer {
  part: string;
  level: Level;
  confidence: number;
  pieces: Span[];
  reasons: Remark[];
}

export interface Split {
  answers: SplitAnswer[];
  missing: string[];
  blank: string[];
  unassigned: Remark[];
  notes: Remark[];
}

export interface Submission {
  id: string;
  exam: string;
  candidate: string;
  state: SubmissionState;
  /** Why it failed, in words for people. */
  stateReason: string | null;
  receipt: Receipt;
  split: Split | null;
}

export type Evidence =
  | { kind: 'equation'; span: Span; verdict: 'true' | 'false' | 'rounded' | 'not-understood'; says: string }
  | {
      kind: 'quantity';
      span?: Span;
      asked: string;
      verdict: 'correct' | 'follows' | 'method' | 'rounded' | 'wrong' | 'not-found';
      expected: string;
      found?: string;
      formula: string;
      latex?: string;
      convention?: string;
      says: string;
    }
  | { kind: 'misconception'; span: Span; explanations: string[]; says: string }
  | { kind: 'mention'; span: Span; item: string; says: string }
  | {
      kind: 'finding';
      check: string;
      severity: 'error' | 'warning' | 'design' | 'remark';
      place?: CodePlace;
      span?: Span;
      says: string;
      why?: string;
    }
  | { kind: 'fact'; says: string; place?: CodePlace; span?: Span }
  | {
      kind: 'execution';
      backend: string;
      device: string;
      seed: number;
      versions: Record<string, string>;
      says: string;
    }
  | { kind: 'caution'; span?: Span; says: string };

export interface CodePlace {
  line: number;
  column?: number;
  endLine?: number;
  endColumn?: number;
}

export interface ItemProposal {
  item: string;
  says: string;
  available: string;
  proposed: string | null;
  outcome: 'met' | 'partly' | 'not-met' | 'undecided';
  reason: string;
  evidence: Evidence[];
}

export interface ProposedMark {
  part: string;
  kind: PartKind;
  outcome: 'proposed' | 'needs-person' | 'absent';
  marks: string | null;
  available: string;
  doubt: number;
  summary: string;
  items: ItemProposal[];
  evidence: Evidence[];
  derivation?: string;
}

/** Marks by rubric item, where the marker gave them. */
export interface ItemMarks {
  item: string;
  marks: string;
}

export interface Mark {
  id: string;
  marks: string;
  origin: 'confirmed' | 'changed' | 'set';
  reason: string;
  by: string;
  at: string;
  items: ItemMarks[];
}

export interface AnswerForMarking {
  id: string;
  exam: string;
  candidate: string;
  part: {
    key: string;
    kind: PartKind;
    title: string | null;
    questionPrompt: string | null;
    prompt: string;
    code: string | null;
    marks: string;
    rubric: { item: string; says: string; marks: string }[];
  };
  state: PartState;
  text: string;
  split: { level: Level; confidence: number; reasons: Remark[] };
  proposal: ProposedMark | null;
  proposalId: string | null;
  current: Mark | null;
  history: Mark[];
}

export interface QueueEntry {
  answer: string;
  candidate: string;
  part: string;
  kind: PartKind;
  outcome: PartState;
  doubt: number;
  proposed: string | null;
  available: string;
  state: PartState;
}

export type QueueState = 'awaiting' | 'marked' | 'all';

export interface NewMark {
  action: 'confirm' | 'change';
  marks?: string;
  items?: ItemMarks[];
  reason?: string;
  /** The mark that the marker was looking at. */
  expectedCurrent: string | null;
  /** The proposal that the marker was looking at. */
  proposal?: string;
}

export interface ReportPart {
  key: string;
  title: string | null;
  state: PartState;
  marks: string | null;
  available: string;
  reason: string | null;
  items: { item: string; says: string; available: string; marks: string | null; reason?: string | null }[];
  evidence: Evidence[];
  text: string;
}

export interface Report {
  state: SubmissionState;
  total: { marks: string; available: string; complete: boolean };
  parts: ReportPart[];
}

export interface PutExamResult {
  id: string;
  version: number;
  title: string;
  totalMarks: string;
  notes: string[];
}

export interface ReleaseResult {
  released: string[];
  held: {
    submission: string;
    reason: 'not-all-marked' | 'already-released' | 'not-latest-attempt';
    why: string;
  }[];
}

export type GradeState = PartState | 'released';

export interface GradeReport {
  exam: { id: string; title: string };
  rows: {
    student: Student;
    submission: { id: string; attempt: number; receivedAt: string; receipt: string } | null;
    state: GradeState;
    total: string | null;
    available: string;
    parts: {
      key: string;
      title: string;
      state: GradeState;
      marks: string | null;
      proposed: string | null;
      available: string;
    }[];
  }[];
}
