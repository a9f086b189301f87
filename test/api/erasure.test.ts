import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { markedSubmission } from './support/marked-submission.js';
import { emailOf, startService, type Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const WHY = 'Asked for it in writing.';

describe('erasing a person', () => {
  it('takes-name-and-work-for-good-and-leaves-marks-and-reports', async () => {
    const { submission } = await markedSubmission(service);
    const [student, examiner] = [await service.as('student'), await service.as('examiner')];
    const [row] = await service.database.query('SELECT id FROM users WHERE email = $1', [emailOf('student')]);
    const path = `/api/v1/people/${String(row?.id)}/erase`;

    const slip = await examiner.post(path, { json: { why: WHY, email: emailOf('rival') } });
    expect([slip.status, slip.text]).toEqual([409, expect.stringContaining('nothing was erased')]);
    expect((await student.get(`/api/v1/submissions/${submission}`)).status).toBe(200);

    const done = await examiner.post(path, { json: { why: WHY, email: emailOf('student') } });
    expect([done.status, done.json]).toEqual([200, { submissions: 1 }]);
    expect((await student.get('/api/v1/me')).status).toBe(401);
    await expect(service.anonymous.signIn(emailOf('student'), 'a-long-enough-password')).rejects.toThrow(
      '401',
    );

    const seen = await examiner.get(`/api/v1/submissions/${submission}`);
    expect(seen.json).toMatchObject({ split: null, erasedAt: expect.stringMatching(/^\d{4}-/) });
    expect((await examiner.get(`/api/v1/submissions/${submission}/document`)).status).toBe(410);
    const grades = await examiner.get('/api/v1/exams/demonstration/grade-report');
    expect(grades.status).toBe(200);
    expect(grades.text).toContain('Erased person');
    expect(grades.text).not.toContain('Ada Student');
  });

  it('nobody-erases-themselves-or-somebody-who-is-not-there', async () => {
    const examiner = await service.as('examiner');
    const [row] = await service.database.query('SELECT id FROM users WHERE email = $1', [
      emailOf('examiner'),
    ]);
    const own = await examiner.post(`/api/v1/people/${String(row?.id)}/erase`, {
      json: { why: WHY, email: emailOf('examiner') },
    });
    expect(own.status).toBe(409);
    const nobody = await examiner.post('/api/v1/people/nobody/erase', {
      json: { why: WHY, email: 'nobody@example.org' },
    });
    expect(nobody.status).toBe(404);
  });
});
