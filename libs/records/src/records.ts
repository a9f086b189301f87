import { prismaAdapter } from 'better-auth/adapters/prisma';
import { type ApiTokens, apiTokens } from './api-tokens.js';
import { type Answers, answers } from './answers.js';
import { type Audit, audit } from './audit.js';
import { type Backlog, readBacklog } from './backlog.js';
import { type Comments, comments } from './comments.js';
import { type Conflicts, conflicts } from './conflicts.js';
import { connect, type Database } from './database.js';
import { type DocumentReadings, documentReadings } from './document-readings.js';
import { type Erasures, erasures } from './erasure/erasures.js';
import { type Exams, exams } from './exams.js';
import { type Faults, faults } from './faults.js';
import { type Flags, flags } from './flags.js';
import { type GradeImports, gradeImports } from './grade-imports.js';
import { type GradeReports, gradeReports } from './grade-report.js';
import { type Holds, holds } from './holds.js';
import { type CourseLinks, courseLinks } from './learning-platforms/course-links.js';
import { type PassedGrades, passedGrades } from './learning-platforms/passed-grades.js';
import { type LearningPlatforms, learningPlatforms } from './learning-platforms/platforms.js';
import { type ToolKeys, toolKeys } from './learning-platforms/tool-keys.js';
import { type ExamMarkSums, examMarkSums } from './mark-sums.js';
import { type MarkingExperience, markingExperience } from './marking-experience.js';
import { type MarkingQueue, markingQueue } from './marking-queue.js';
import { type Marks, marks } from './marks.js';
import { type ModerationSamples, moderationSamples } from './moderation-samples.js';
import { type NetworkRuns, networkRuns } from './network-runs.js';
import { type Outbox, outbox } from './outbox.js';
import { type PeopleImports, peopleImports } from './people-imports.js';
import { type ProposedMarks, proposedMarks } from './proposed-marks.js';
import { type ReleasePlans, releasePlans } from './release-plans.js';
import { type Releases, releases } from './releases.js';
import { type ReviewRequests, reviewRequests } from './review-requests.js';
import { type Schedules, schedules } from './schedules.js';
import { type SchemeChanges, schemeChanges } from './scheme-changes.js';
import { type SchemeDrafts, schemeDrafts } from './scheme-drafts.js';
import { type SecondMarks, secondMarks } from './second-marks.js';
import { type Submissions, submissions } from './submissions.js';
import { type PartTexts, partTexts } from './part-texts.js';
import { type MarkedAnswers, markedAnswers } from './marked-answers.js';
import { type SuggestionDecisions, suggestionDecisions } from './suggestion-decisions.js';
import { type Teams, teams } from './teams/teams.js';
import { type Uploads, uploads } from './uploads.js';
import { type Users, users } from './users.js';
import { type Excusals, excusals } from './excusals.js';
import { type WithheldResults, withheldResults } from './withheld-results.js';

/** Everything Tensormark remembers. */
export interface Records {
  readonly exams: Exams;
  readonly schedules: Schedules;
  readonly submissions: Submissions;
  readonly uploads: Uploads;
  readonly documentReadings: DocumentReadings;
  readonly outbox: Outbox;
  readonly answers: Answers;
  readonly networkRuns: NetworkRuns;
  readonly proposedMarks: ProposedMarks;
  readonly marks: Marks;
  readonly secondMarks: SecondMarks;
  readonly moderationSamples: ModerationSamples;
  readonly markingQueue: MarkingQueue;
  readonly holds: Holds;
  readonly faults: Faults;
  readonly flags: Flags;
  readonly comments: Comments;
  readonly conflicts: Conflicts;
  readonly schemeDrafts: SchemeDrafts;
  readonly schemeChanges: SchemeChanges;
  readonly suggestionDecisions: SuggestionDecisions;
  readonly markedAnswers: MarkedAnswers;
  readonly partTexts: PartTexts;
  readonly releases: Releases;
  readonly releasePlans: ReleasePlans;
  readonly withheldResults: WithheldResults;
  readonly excusals: Excusals;
  readonly reviewRequests: ReviewRequests;
  readonly gradeReports: GradeReports;
  readonly markSums: ExamMarkSums;
  readonly gradeImports: GradeImports;
  readonly markingExperience: MarkingExperience;
  readonly learningPlatforms: LearningPlatforms;
  readonly courseLinks: CourseLinks;
  readonly passedGrades: PassedGrades;
  readonly toolKeys: ToolKeys;
  readonly audit: Audit;
  readonly users: Users;
  readonly peopleImports: PeopleImports;
  readonly teams: Teams;
  readonly erasures: Erasures;
  readonly apiTokens: ApiTokens;
  backlog(): Promise<Backlog>;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The connection behind each opened records, known to this room only. */
const databases = new WeakMap<Records, Database>();

/** Opens the records. Connects on first use; `migrate` has to have run. */
export function openRecords(options: {
  readonly databaseUrl: string;
  /** By default 10. */
  readonly maxConnections?: number;
}): Records {
  const db = connect(options.databaseUrl, options.maxConnections ?? 10);
  const records: Records = {
    exams: exams(db),
    schedules: schedules(db),
    submissions: submissions(db),
    uploads: uploads(db),
    documentReadings: documentReadings(db),
    outbox: outbox(db),
    answers: answers(db),
    networkRuns: networkRuns(db),
    proposedMarks: proposedMarks(db),
    marks: marks(db),
    secondMarks: secondMarks(db),
    moderationSamples: moderationSamples(db),
    markingQueue: markingQueue(db),
    holds: holds(db),
    faults: faults(db),
    flags: flags(db),
    comments: comments(db),
    conflicts: conflicts(db),
    schemeDrafts: schemeDrafts(db),
    schemeChanges: schemeChanges(db),
    suggestionDecisions: suggestionDecisions(db),
    markedAnswers: markedAnswers(db),
    partTexts: partTexts(db),
    releases: releases(db),
    releasePlans: releasePlans(db),
    withheldResults: withheldResults(db),
    excusals: excusals(db),
    reviewRequests: reviewRequests(db),
    gradeReports: gradeReports(db),
    markSums: examMarkSums(db),
    gradeImports: gradeImports(db),
    markingExperience: markingExperience(db),
    learningPlatforms: learningPlatforms(db),
    courseLinks: courseLinks(db),
    passedGrades: passedGrades(db),
    toolKeys: toolKeys(db),
    audit: audit(db),
    users: users(db),
    peopleImports: peopleImports(db),
    teams: teams(db),
    erasures: erasures(db),
    apiTokens: apiTokens(db),
    backlog: () => readBacklog(db),
    ping: async () => {
      await db.$queryRaw`SELECT 1`;
    },
    close: () => db.$disconnect(),
  };
  databases.set(records, db);
  return records;
}

/**
 * For better-auth's `database` option: its tables live beside ours, on the same connections. It expects `admin()` with
 * our roles, and takes `studentNumber` as an additional field of the user where the application declares it.
 */
export function authDatabase(records: Records): ReturnType<typeof prismaAdapter> {
  const db = databases.get(records);
  if (!db) throw new TypeError('These records were not opened by openRecords.');
  return prismaAdapter(db, { provider: 'postgresql', transaction: true });
}
