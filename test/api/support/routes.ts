import { formWith, type Method, type Sent } from './client.js';
import type { Somebody } from './service.js';

export type Who = 'nobody' | Somebody;

export interface Route {
  /** As the OpenAPI document names it. */
  readonly route: string;
  readonly sent?: () => Sent;
  /** What has to stand after the address. */
  readonly query?: string;
  /** The status each gets. Who is not named gets 403, and nobody 401. */
  readonly gets: Partial<Record<Who, number>>;
}

const EVERYBODY = { student: 200, rival: 200, marker: 200, examiner: 200 };
const STAFF = { marker: 200, examiner: 200 };
const ANYONE = { nobody: 200, ...EVERYBODY };
/** A student's own object: not there for other students. */
const OWN = { student: 200, rival: 404, ...STAFF };
const SCHEDULE = {
  opens: null,
  deadline: null,
  graceSeconds: 0,
  late: { kind: 'refused' },
  counts: 'last',
};
const NO_SUCH = '00000000-0000-4000-8000-000000000000';
const NEW_TOKEN = { json: { name: 'script', scopes: ['read'] } };

/** Each route against each role, with the first student's objects. */
export const ROUTES: readonly Route[] = [
  { route: 'POST /api/auth/sign-in/email', sent: () => ({ json: {} }), gets: all(422) },
  {
    route: 'POST /api/auth/sign-in/single-sign-on',
    sent: () => ({ json: {} }),
    gets: { ...all(404) },
  },
  { route: 'GET /api/auth/callback/single-sign-on', gets: { ...all(404) } },
  { route: 'GET /api/v1/sign-in-ways', gets: ANYONE },
  { route: 'POST /api/auth/sign-out', sent: () => ({ json: {} }), gets: ANYONE },
  { route: 'POST /api/auth/change-password', sent: () => ({ json: {} }), gets: { ...all(422), nobody: 401 } },
  { route: 'GET /api/v1/me', gets: EVERYBODY },
  { route: 'GET /api/v1/people', gets: { examiner: 200 } },
  { route: 'POST /api/v1/people', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  { route: 'POST /api/v1/people/import/preview', gets: { examiner: 415 } },
  { route: 'POST /api/v1/people/import', gets: { examiner: 415 } },
  {
    route: 'PUT /api/v1/people/{person}/role',
    sent: () => ({ json: {} }),
    gets: { examiner: 422 },
  },
  {
    route: 'POST /api/v1/people/{person}/erase',
    sent: () => ({ json: {} }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/conflicts', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/conflicts',
    sent: () => ({ json: { marker: NO_SUCH, student: NO_SUCH, reason: 'Siblings.' } }),
    gets: { examiner: 404 },
  },
  {
    route: 'POST /api/v1/conflicts/{conflict}/withdraw',
    sent: () => ({ json: { reason: 'By mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/tokens', gets: EVERYBODY },
  { route: 'POST /api/v1/tokens', sent: () => NEW_TOKEN, gets: { ...all(201), nobody: 401 } },
  { route: 'DELETE /api/v1/tokens/{token}', gets: { ...all(404), nobody: 401 } },
  { route: 'GET /api/v1/exams', gets: EVERYBODY },
  { route: 'GET /api/v1/exams/{exam}', gets: EVERYBODY },
  { route: 'PUT /api/v1/exams/{exam}', sent: () => ({ yaml: 'x' }), gets: { examiner: 422 } },
  { route: 'POST /api/v1/exams/{exam}/check', sent: () => ({ yaml: 'x' }), gets: { examiner: 422 } },
  { route: 'GET /api/v1/exams/{exam}/definition', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/versions', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/schedule', gets: EVERYBODY },
  { route: 'PUT /api/v1/exams/{exam}/schedule', sent: () => ({ json: SCHEDULE }), gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/extensions', gets: { examiner: 200 } },
  {
    route: 'PUT /api/v1/exams/{exam}/extensions/{student}',
    sent: () => ({ json: { deadline: null, reason: 'A mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/team', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/team',
    sent: () => ({ json: { email: 'nobody@example.org', role: 'marker' } }),
    gets: { examiner: 404 },
  },
  { route: 'DELETE /api/v1/exams/{exam}/team', gets: { examiner: 422 } },
  { route: 'DELETE /api/v1/exams/{exam}/team/{person}', gets: { examiner: 404 } },
  { route: 'GET /api/v1/exam-schema', gets: ANYONE },
  { route: 'GET /api/v1/exam-schema/layers', gets: ANYONE },
  { route: 'POST /api/v1/exam-drafts/check', sent: () => ({ yaml: 'x' }), gets: { examiner: 200 } },
  { route: 'POST /api/v1/exam-drafts/answers', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  {
    route: 'POST /api/v1/exam-drafts/documents',
    sent: () => ({ form: formWith('') }),
    gets: { examiner: 422 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/submissions',
    sent: () => ({ form: formWith('') }),
    gets: { student: 422, rival: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/submissions', gets: EVERYBODY },
  {
    route: 'POST /api/v1/exams/{exam}/uploads',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }),
    gets: { student: 201, rival: 201 },
  },
  {
    route: 'DELETE /api/v1/exams/{exam}/uploads/{upload}',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0' } }),
    gets: { student: 404, rival: 404 },
  },
  { route: 'POST /api/v1/exams/{exam}/uploads/{upload}/finish', gets: { student: 404, rival: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/cohorts',
    sent: () => ({ form: formWith('Question 1: text') }),
    gets: { examiner: 422 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/cohort-uploads',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }),
    gets: { examiner: 201 },
  },
  {
    route: 'DELETE /api/v1/exams/{exam}/cohort-uploads/{cohort}',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0' } }),
    gets: { examiner: 404 },
  },
  { route: 'POST /api/v1/exams/{exam}/cohort-uploads/{cohort}/finish', gets: { examiner: 404 } },
  { route: 'GET /api/v1/exams/{exam}/cohorts/{cohort}', gets: { examiner: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/cohorts/{cohort}/take',
    sent: () => ({ json: { time: 'arrival', take: [{ key: 'x', student: 'x' }] } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/submissions/{submission}', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/document', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/report', gets: { ...OWN, student: 409 } },
  { route: 'GET /api/v1/submissions/{submission}/findings.sarif', gets: { ...OWN, student: 409 } },
  {
    route: 'GET /api/v1/submissions/{submission}/report.pdf',
    gets: { student: 409, rival: 404, examiner: 200 },
  },
  { route: 'GET /api/v1/submissions/{submission}/progress', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/original', gets: OWN },
  {
    route: 'PUT /api/v1/submissions/{submission}/split',
    sent: () => ({ json: { document: 'another', after: 0, pieces: [] } }),
    gets: { student: 409, rival: 404, marker: 409, examiner: 409 },
  },
  { route: 'GET /api/v1/exams/{exam}/marking-queue', gets: STAFF },
  { route: 'GET /api/v1/answers/{answer}', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/marks',
    sent: () => ({ json: {} }),
    gets: { marker: 422, examiner: 422 },
  },
  {
    route: 'POST /api/v1/answers/{answer}/marks/{mark}/withdraw',
    sent: () => ({ json: {} }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/answers/{answer}/suggestions',
    sent: () => ({ json: { item: 'x', accepted: true, proposal: NO_SUCH } }),
    gets: { marker: 409, examiner: 409 },
  },
  { route: 'GET /api/v1/answers/{answer}/marked-examples', gets: STAFF },
  { route: 'PUT /api/v1/answers/{answer}/desk', gets: STAFF },
  { route: 'DELETE /api/v1/answers/{answer}/desk', gets: { marker: 204, examiner: 204 } },
  { route: 'GET /api/v1/exams/{exam}/answer-groups', query: '?part=1.a', gets: STAFF },
  { route: 'GET /api/v1/exams/{exam}/shared-passages', query: '?part=1.a', gets: STAFF },
  {
    route: 'POST /api/v1/exams/{exam}/answer-groups/marks',
    sent: () => ({
      json: { part: '1.a', key: 'x', answers: [{ answer: NO_SUCH, proposal: NO_SUCH }], action: 'confirm' },
    }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/answer-groups/marks/withdraw',
    sent: () => ({ json: { part: '1.a', answers: [{ answer: NO_SUCH, mark: NO_SUCH }] } }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/scheme-changes', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes/preview',
    sent: () => ({ yaml: 'x' }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/scheme-changes/preview', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes',
    sent: () => ({ json: { draft: NO_SUCH, why: 'An easier scheme.' } }),
    gets: { examiner: 404 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes/{change}/undo',
    sent: () => ({ json: { why: 'By mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/comments', query: '?question=1', gets: STAFF },
  {
    route: 'POST /api/v1/exams/{exam}/comments',
    sent: () => ({ json: { question: '1', text: 'Give units.' } }),
    gets: { marker: 201, examiner: 201 },
  },
  { route: 'DELETE /api/v1/comments/{comment}', gets: { marker: 404, examiner: 404 } },
  { route: 'GET /api/v1/exams/{exam}/flags', gets: STAFF },
  { route: 'GET /api/v1/exams/{exam}/colleagues', gets: STAFF },
  { route: 'GET /api/v1/answers/{answer}/flags', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/flags',
    sent: () => ({ json: { note: 'Is this enough?' } }),
    gets: { marker: 201, examiner: 201 },
  },
  {
    route: 'POST /api/v1/flags/{flag}/answer',
    sent: () => ({ json: { note: 'It is.' } }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/flags/{flag}/withdraw',
    sent: () => ({ json: {} }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/lti/keys', gets: ANYONE },
  { route: 'GET /api/v1/lti/login', gets: { ...all(400) } },
  { route: 'POST /api/v1/lti/login', sent: () => ({ json: {} }), gets: { ...all(422) } },
  { route: 'POST /api/v1/lti/launch', sent: () => ({ json: {} }), gets: { ...all(303) } },
  {
    route: 'GET /api/v1/platform-connection',
    gets: { student: 404, rival: 404, marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/platform-connection',
    sent: () => ({ json: {} }),
    gets: { student: 404, rival: 404, marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/learning-platforms', gets: { examiner: 200 } },
  { route: 'POST /api/v1/learning-platforms', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  { route: 'DELETE /api/v1/learning-platforms/{platform}', gets: { examiner: 404 } },
  { route: 'GET /api/v1/courses/{link}', gets: { examiner: 404 } },
  {
    route: 'PUT /api/v1/courses/{link}/exam',
    sent: () => ({ json: { exam: 'demonstration' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/courses', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/courses/{link}/grades',
    sent: () => ({ json: {} }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/courses/{link}/roster', gets: { examiner: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/courses/{link}/roster',
    sent: () => ({ json: {} }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/submissions/{submission}/review-requests', gets: OWN },
  {
    route: 'POST /api/v1/submissions/{submission}/review-requests',
    sent: () => ({ json: { part: '1.a', reason: 'Look again.' } }),
    gets: { student: 422, rival: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/review-requests', gets: STAFF },
  {
    route: 'POST /api/v1/review-requests/{request}/answer',
    sent: () => ({ json: { outcome: 'kept', reason: 'It stands.' } }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/release',
    sent: () => ({ json: { submissions: [] } }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/release-plan', gets: { examiner: 200 } },
  {
    route: 'PUT /api/v1/exams/{exam}/release-plan',
    sent: () => ({ json: { at: '2001-01-01T00:00:00Z', zone: 'UTC' } }),
    gets: { examiner: 422 },
  },
  { route: 'DELETE /api/v1/exams/{exam}/release-plan', gets: { examiner: 422 } },
  {
    route: 'PUT /api/v1/exams/{exam}/withheld/{student}',
    sent: () => ({ json: { withheld: true, reason: 'An inquiry.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/students', query: '?search=ada', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/excusals', gets: { examiner: 200 } },
  {
    route: 'PUT /api/v1/exams/{exam}/excusals/{student}',
    sent: () => ({ json: { part: null, excused: true, reason: 'Ill.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/grade-report', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/cohort-report.pdf', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/reports.zip', gets: { examiner: 200 } },
  { route: 'POST /api/v1/exams/{exam}/grade-import/preview', gets: { examiner: 415 } },
  {
    route: 'POST /api/v1/exams/{exam}/grade-import',
    query: '?why=Corrected',
    gets: { examiner: 415 },
  },
  { route: 'GET /api/v1/grade-formats', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/item-analysis', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/moderation', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/moderation',
    sent: () => ({
      json: { outcome: 'first', second: NO_SUCH, expectedCurrent: NO_SUCH, reason: 'It is right.' },
    }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/agreement', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/moderation-samples', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/moderation-samples',
    sent: () => ({ json: { size: '10%' } }),
    gets: { examiner: 422 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/moderation-samples/{sample}/outcomes',
    sent: () => ({ json: { marker: NO_SUCH, part: '1.a', outcome: 'accepted', reason: 'They agree.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/suggestion-acceptance', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/faults', gets: { examiner: 200 } },
  { route: 'POST /api/v1/exams/{exam}/faults/run-again', gets: { examiner: 202 } },
  { route: 'POST /api/v1/submissions/{submission}/run-again', gets: { examiner: 202 } },
  { route: 'POST /api/v1/submissions/{submission}/to-a-person', gets: { examiner: 422 } },
  { route: 'GET /api/v1/checks', gets: STAFF },
  { route: 'GET /api/v1/checks/{check}', gets: { marker: 404, examiner: 404 } },
  { route: 'GET /api/v1/device', gets: EVERYBODY },
  { route: 'GET /api/v1/demonstration', gets: { ...all(404), nobody: 404 } },
  { route: 'GET /health/live', gets: ANYONE },
  { route: 'GET /health/ready', gets: ANYONE },
];

/** What is not said in the ids names nothing. */
export function addressOf(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? NO_SUCH);
}

export function split(route: string): [Method, string] {
  const [method = '', path = ''] = route.split(' ');
  return [method as Method, path];
}

/** The names in an address, in order. */
export function parametersOf(route: string): string[] {
  return [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function all(status: number): Record<Somebody, number> & { nobody: number } {
  return {
    nobody: status,
    student: status,
    rival: status,
    marker: status,
    colleague: status,
    examiner: status,
  };
}
