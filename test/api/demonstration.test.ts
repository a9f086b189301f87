import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemonstration } from '../../apps/api/src/index.js';
import { Client } from './support/client.js';
import { demonstrationExam, startService, type Service } from './support/service.js';

let service: Service;
let yaml: string;
beforeAll(async () => {
  service = await startService({ demonstration: true });
  yaml = await demonstrationExam();
});
afterAll(() => service.close());

describe('the demonstration', () => {
  it('each-account-signs-in-with-its-role-and-finds-the-exam', async () => {
    const accounts = await seedDemonstration(service.api, yaml);
    expect(accounts.map(({ role }) => role)).toEqual(['student', 'marker', 'examiner']);
    for (const { role, email, password } of accounts) {
      const client = await service.anonymous.signIn(email, password);
      expect((await client.get('/api/v1/me')).json).toMatchObject({ role, email });
      expect((await client.get('/api/v1/exams')).json).toMatchObject([{ id: 'demonstration' }]);
    }
    expect((await service.anonymous.get('/api/v1/demonstration')).json).toEqual({ accounts });
  });

  it('seeding-again-changes-nothing', async () => {
    const first = await seedDemonstration(service.api, yaml);
    const rows = () =>
      service.database.query(
        'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM exam_versions) AS versions',
      );
    const before = await rows();
    expect(await seedDemonstration(service.api, yaml)).toEqual(first);
    expect(await rows()).toEqual(before);
  });

  it('student-who-handed-nothing-in-is-absent-in-the-report', async () => {
    const accounts = await seedDemonstration(service.api, yaml);
    const examiner = accounts.find(({ role }) => role === 'examiner');
    const client = await service.anonymous.signIn(examiner?.email ?? '', examiner?.password ?? '');
    expect((await client.get('/api/v1/exams/demonstration/grade-report')).json).toMatchObject({
      rows: [{ student: { studentNumber: '20990017' }, submission: null, state: 'absent', total: null }],
    });
    const csv = await client.get('/api/v1/exams/demonstration/grade-report?format=csv');
    expect(csv.text).toMatch(/,absent,,6,,absent,,/);
  });

  it('beyond-loopback-passwords-are-random-and-told-to-nobody', async () => {
    const open = await startService({ demonstration: true, host: '0.0.0.0' });
    try {
      const client = new Client(`http://127.0.0.1:${open.api.port}`);
      const accounts = await seedDemonstration(open.api, yaml);
      expect((await client.get('/api/v1/demonstration')).status).toBe(404);
      for (const { email, password, role } of accounts) {
        expect(password).toMatch(/^[\w-]{20}$/);
        const guessed = await client.post('/api/auth/sign-in/email', {
          json: { email, password: `${role}-demonstration` },
        });
        expect(guessed.status).toBe(401);
        await client.signIn(email, password);
      }
    } finally {
      await open.close();
    }
  });
});
