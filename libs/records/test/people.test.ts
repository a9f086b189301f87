import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authDatabase, InvalidRecordError, NotFoundError } from '@tensormark/records';
import { betterAuth } from 'better-auth';
import { admin } from 'better-auth/plugins';
import { type Setting, setting } from './setting.js';

describe('people', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const auth = () =>
    betterAuth({
      database: authDatabase(here.records),
      secret: 'for these tests only, and long enough',
      baseURL: 'http://localhost:7600',
      emailAndPassword: { enabled: true },
      rateLimit: { enabled: true, storage: 'database' },
      telemetry: { enabled: false },
      plugins: [admin({ defaultRole: 'student', adminRoles: ['admin'] })],
    });

  it('better-auth-signs-up-signs-in-and-keeps-sessions-in-our-tables', async () => {
    const { api } = auth();
    const account = { email: 'Ada@Example.org', password: 'correct horse battery', name: 'Ada' };
    const { user } = await api.signUpEmail({ body: account });
    expect(await here.records.users.findByEmail('ADA@example.org')).toMatchObject({
      id: user.id,
      role: 'student',
    });
    const { token } = await api.signInEmail({ body: account });
    const sessions = await here.database.query('SELECT user_id FROM sessions WHERE token = $1', [token]);
    expect(sessions).toEqual([{ user_id: user.id }]);
    await expect(api.signInEmail({ body: { ...account, password: 'wrong horse battery' } })).rejects.toThrow(
      /Invalid/,
    );
  });

  it('two-examiners-who-take-the-role-from-one-another-leave-one', async () => {
    const apart = await setting();
    const { records, database } = apart;
    let one = apart.examiner;
    for (let round = 0; round < 10; round += 1) {
      const other = `examiner-${round}`;
      await database.query(
        `INSERT INTO users (id, name, email, role) VALUES ($1, 'Other', $1 || '@example.org', 'examiner')`,
        [other],
      );
      const outcomes = await Promise.allSettled([
        records.users.setRole(other, 'student', one),
        round % 2 === 0
          ? records.users.setRole(one, 'student', other)
          : records.erasures.person(one, { by: other, why: 'They asked.' }),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const left = await database.query(
        `SELECT id FROM users WHERE role = 'examiner' AND banned IS NOT TRUE`,
      );
      expect(left.length).toBe(1);
      one = String(left[0]?.['id']);
    }
    await apart.close();
  });

  it.each([
    ['', 3, ['Ada Lovelace', 'Ada Y_nath', 'Alan Turing']],
    ['ada', 2, ['Ada Lovelace', 'Ada Y_nath']],
    ['LOVELACE ada', 1, ['Ada Lovelace']],
    ['n-19', 1, ['Alan Turing']],
    ['@example.org alan', 1, ['Alan Turing']],
    ['_', 1, ['Ada Y_nath']],
    ['%', 0, []],
    ['a\\', 0, []],
    ['grace', 0, []],
  ])('%j-finds-%i-of-those-who-sit-an-exam', async (typed, count, names) => {
    const apart = await setting();
    const { records, database, exam, examiner } = apart;
    const sit = [];
    for (const name of ['Alan Turing', 'Ada Y_nath', 'Ada Lovelace', 'Gone'])
      sit.push(await apart.person('student', name));
    await apart.person('student', 'Grace Hopper');
    await records.exams.enrol(exam.id, sit, examiner);
    await database.query(`UPDATE users SET student_number = 'N-1912' WHERE name = 'Alan Turing'`);
    await database.query(`UPDATE users SET banned = true WHERE name = 'Gone'`);
    const words = typed.split(' ').filter(Boolean);
    const found = await records.users.ofExam(exam.id, { words, limit: 10 });
    expect([found.count, found.users.map(({ name }) => name)]).toEqual([count, names]);
    const first = await records.users.ofExam(exam.id, { words, limit: 1 });
    expect([first.count, first.users.map(({ name }) => name)]).toEqual([count, names.slice(0, 1)]);
    await apart.close();
  });

  it('roles-and-student-numbers-are-set-and-audited', async () => {
    const id = await here.person('student');
    const other = await here.person('student');
    expect(await here.records.users.setRole(id, 'marker', here.examiner)).toMatchObject({ role: 'marker' });
    expect(await here.records.users.setStudentNumber(id, '4711', null)).toMatchObject({
      studentNumber: '4711',
    });
    await expect(here.records.users.setStudentNumber(other, '4711', null)).rejects.toThrow(
      InvalidRecordError,
    );
    await expect(here.records.users.setRole('nobody', 'marker', null)).rejects.toThrow(NotFoundError);
    const { items } = await here.records.audit.list({ objectType: 'user', objectId: id });
    expect(items.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['student-number-set', null],
      ['role-set', here.examiner],
    ]);
  });

  it('a-token-opens-until-it-is-revoked-or-expired-and-is-stored-as-a-hash', async () => {
    const userId = await here.person('examiner');
    const { apiTokens } = here.records;
    const { token, secret } = await apiTokens.create({ userId, name: 'export', scopes: ['reports:read'] });
    const verified = await apiTokens.verify(secret);
    expect(verified).toMatchObject({
      token: { id: token.id, scopes: ['reports:read'] },
      user: { id: userId },
    });
    expect((await apiTokens.list(userId))[0]?.lastUsedAt).not.toBeNull();
    const [row] = await here.database.query('SELECT * FROM api_tokens WHERE id = $1', [token.id]);
    expect(row?.['secret_hash']).toEqual(createHash('sha256').update(secret).digest());
    expect(JSON.stringify(row)).not.toContain(secret);

    await expect(apiTokens.revoke(token.id, here.examiner)).rejects.toThrow(NotFoundError);
    await apiTokens.revoke(token.id, userId);
    expect(await apiTokens.verify(secret)).toBeNull();
    expect(await apiTokens.verify('tm_unknown')).toBeNull();
    const expired = await apiTokens.create({
      userId,
      name: 'old',
      scopes: [],
      expiresAt: new Date(Date.now() - 1),
    });
    expect(await apiTokens.verify(expired.secret)).toBeNull();
  });

  it('a-banned-persons-token-opens-nothing', async () => {
    const userId = await here.person('marker');
    const { secret } = await here.records.apiTokens.create({ userId, name: 'x', scopes: [] });
    await here.database.query('UPDATE users SET banned = true WHERE id = $1', [userId]);
    expect(await here.records.apiTokens.verify(secret)).toBeNull();
  });
});
