/**
 * Where people's names and work are, column by column, and what comes in their place. Every column that can hold words or
 * bytes is either here or in `IMPERSONAL`: a test compares both with the database, so that no new one is forgotten.
 */
export interface PersonalTable {
  readonly table: string;
  /** Which rows belong to the submission, or the person, whose id is $1. */
  readonly where: string;
  /** SQL for the new value of each column. */
  readonly becomes: Readonly<Record<string, string>>;
}

const ANSWERS = 'answer_id IN (SELECT id FROM answers WHERE submission_id = $1::uuid)';
const REQUESTS = `request_id IN (SELECT id FROM review_requests WHERE ${ANSWERS})`;
const FLAGS = `flag_id IN (SELECT id FROM marking_flags WHERE ${ANSWERS})`;
const NO_WORDS = `''`;
const ERASED = `'erased'`;
/** The trail keeps who did what and when, and every mark; not what was written about it. */
const WITHOUT_WORDS = `(details::jsonb - ARRAY['why', 'reason', 'note', 'name', 'studentNumber'])::json`;

/** Work: goes when the time to keep it is over, or with the person. Marks themselves stay. */
export const WORK: readonly PersonalTable[] = [
  { table: 'submission_files', where: 'submission_id = $1::uuid', becomes: { bytes: `''::bytea` } },
  { table: 'submissions', where: 'id = $1::uuid', becomes: { file_name: ERASED, state_reason: 'NULL' } },
  {
    table: 'document_readings',
    where: 'submission_id = $1::uuid',
    becomes: { text: NO_WORDS, layout: `'{}'::json` },
  },
  {
    table: 'answer_readings',
    where: ANSWERS,
    // A hash of a short answer gives it away.
    becomes: {
      text: NO_WORDS,
      pieces: `'[]'::json`,
      reasons: `'{}'`,
      content_hash: ERASED,
      why: `CASE WHEN why IS NULL THEN NULL ELSE 'erased' END`,
    },
  },
  { table: 'proposed_marks', where: ANSWERS, becomes: { evidence: `'{"erased": true}'::json` } },
  {
    table: 'network_runs',
    where: ANSWERS,
    becomes: {
      result: `CASE WHEN result IS NULL THEN NULL ELSE '{}'::json END`,
      report: 'NULL',
      message: 'NULL',
    },
  },
  { table: 'marks', where: ANSWERS, becomes: { why: ERASED, breakdown: 'NULL' } },
  {
    table: 'mark_withdrawals',
    where: `mark_id IN (SELECT id FROM marks WHERE ${ANSWERS})`,
    becomes: { why: `CASE WHEN why = '' THEN '' ELSE 'erased' END` },
  },
  { table: 'second_marks', where: ANSWERS, becomes: { why: ERASED, breakdown: 'NULL' } },
  {
    table: 'moderations',
    where: `second_mark_id IN (SELECT id FROM second_marks WHERE ${ANSWERS})`,
    becomes: { why: ERASED },
  },
  { table: 'split_confirmations', where: 'submission_id = $1::uuid', becomes: { why: NO_WORDS } },
  { table: 'releases', where: 'submission_id = $1::uuid', becomes: { note: NO_WORDS } },
  { table: 'review_requests', where: ANSWERS, becomes: { reason: ERASED } },
  { table: 'marking_flags', where: ANSWERS, becomes: { note: ERASED } },
  { table: 'marking_flag_outcomes', where: FLAGS, becomes: { note: ERASED } },
  { table: 'review_outcomes', where: REQUESTS, becomes: { reason: ERASED } },
  {
    table: 'audit_entries',
    where: `object_id = $1::text OR object_id IN (SELECT id::text FROM answers WHERE submission_id = $1::uuid)`,
    becomes: { details: WITHOUT_WORDS },
  },
];

/** Who somebody is. */
export const PERSON: readonly PersonalTable[] = [
  {
    table: 'users',
    where: 'id = $1',
    becomes: {
      name: `'Erased person'`,
      email: `'erased-' || id || '@erased.invalid'`,
      image: 'NULL',
      ban_reason: `'erased'`,
      student_number: 'NULL',
    },
  },
  { table: 'extensions', where: 'student_id = $1', becomes: { why: ERASED } },
  { table: 'withheld_results', where: 'student_id = $1', becomes: { why: ERASED } },
  { table: 'excusals', where: 'student_id = $1', becomes: { why: ERASED } },
  { table: 'sample_outcomes', where: 'marker_id = $1', becomes: { why: ERASED } },
  {
    table: 'conflicts_of_interest',
    where: 'student_id = $1 OR marker_id = $1',
    becomes: { why: ERASED },
  },
  {
    table: 'upload_pieces',
    where: 'upload_id IN (SELECT id FROM uploads WHERE user_id = $1)',
    becomes: { bytes: `''::bytea` },
  },
  {
    table: 'audit_entries',
    where: `object_type = 'user' AND object_id = $1 OR details->>'studentId' = $1`,
    becomes: { details: WITHOUT_WORDS },
  },
];

/** Whose rows go altogether: without them nobody signs in as the person, and nothing is left half handed in. */
export const GONE = ['accounts', 'sessions', 'api_tokens', 'uploads'] as const;

/** Words that are ours or the exam's, names of things, and the trail of who did what, in which people are ids. */
export const IMPERSONAL: Readonly<Record<string, readonly string[]>> = {
  answer_readings: ['engine_version', 'read_by_id'],
  answers: ['part'],
  audit_entries: ['actor_id', 'action', 'object_type', 'object_id'],
  course_links: [
    'deployment_id',
    'resource_link_id',
    'course',
    'title',
    'line_item_url',
    'line_items_url',
    'memberships_url',
    'chosen_by_id',
  ],
  comments: ['question', 'text', 'created_by_id', 'retired_by_id'],
  conflicts_of_interest: ['marker_id', 'student_id', 'by_id'],
  document_readings: ['engine_version'],
  enrolments: ['student_id'],
  erasures: ['user_id', 'ordered_by_id', 'why'],
  exam_parts: ['part', 'kind', 'title'],
  exam_schedules: ['late', 'fee_unit', 'fee_per', 'counts', 'set_by_id'],
  exam_staff: ['person_id', 'role', 'by_id'],
  exam_versions: ['title', 'source', 'definition', 'content_hash', 'scheme_hash', 'created_by_id'],
  exams: ['slug', 'created_by_id'],
  excusals: ['student_id', 'part', 'by_id'],
  extensions: ['student_id', 'granted_by_id'],
  idempotency_keys: ['user_id', 'key', 'request_hash'],
  marking_flag_outcomes: ['outcome', 'by_id'],
  marking_flags: ['raised_by_id', 'asked_id'],
  learning_platforms: ['name', 'issuer', 'client_id', 'authorization_url', 'token_url', 'keys_url', 'by_id'],
  marking_holds: ['holder_id'],
  mark_withdrawals: ['by_id'],
  marks: ['origin', 'set_by_id', 'engine_version', 'scheme_hash'],
  moderation_samples: ['seed', 'size', 'by_id'],
  moderations: ['outcome', 'by_id'],
  network_runs: [
    'engine_version',
    'order_hash',
    'settles',
    'network_hash',
    'outcome',
    'fault',
    'backend',
    'device',
    'versions',
  ],
  passed_grades: ['student_id', 'fault'],
  platform_logins: ['state_hash', 'nonce'],
  // `found` is made by the database out of the evidence, and goes with it.
  proposed_marks: ['engine_version', 'scheme_hash', 'outcome', 'found'],
  rate_limits: ['id', 'key'],
  release_plans: ['action', 'zone', 'because', 'by_id'],
  releases: ['action', 'released_by_id'],
  review_outcomes: ['outcome', 'answered_by_id'],
  review_requests: ['item', 'asked_by_id'],
  sample_outcomes: ['marker_id', 'part', 'outcome', 'by_id'],
  sampled_marks: ['chosen_as'],
  scheme_changes: ['confirmed', 'why', 'by_id'],
  second_marking_orders: ['agreed'],
  second_marks: ['set_by_id'],
  split_confirmations: ['by_id', 'changed'],
  submissions: ['student_id', 'media_type', 'sha256', 'receipt_code', 'state'],
  suggestion_decisions: ['item', 'scorer', 'verdict', 'decided_by_id'],
  tool_keys: ['id', 'private_key'],
  users: ['id', 'role'],
  verifications: ['id', 'identifier', 'value'],
  withheld_results: ['student_id', 'by_id'],
};
