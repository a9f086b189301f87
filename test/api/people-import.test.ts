import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PeopleImport, PeopleImported } from '../../apps/api/src/people-import/people-import.contract.js';
import type { Client, Sent } from './support/client.js';
import { demonstrationExam, startService, type Service } from './support/service.js';

const IMPORT = '/api/v1/people/import';
const HEAD = 'name,email,role,student number\n';

let service: Service;
let examiner: Client;
beforeAll(async () => {
  service = await startService();
  examiner = await service.as('examiner');
});
afterAll(() => service.close());

const csv = (text: string, headers: Sent['headers'] = {}): Sent => ({
  yaml: text,
  headers: { ...headers, 'content-type': 'text/csv' },
});
const preview = async (text: string, client = examiner, query = '') =>
  PeopleImport.parse((await client.post(`${IMPORT}/preview${query}`, csv(text))).json);
const apply = async (text: string, version: string, query = '', client = examiner) =>
  client.post(`${IMPORT}${query}`, csv(text, { 'if-match': `"${version}"` }));
const done = async (text: string, query = '') => {
  const { version } = await preview(text, examiner, query.includes('zone') ? query : '');
  const answer = await apply(text, version, query);
  if (answer.status !== 200) throw new Error(answer.text);
  return PeopleImported.parse(answer.json);
};
const everybody = async () =>
  z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.string(),
        studentNumber: z.string().nullable(),
      }),
    )
    .parse((await examiner.get('/api/v1/people')).json);
const somebody = async (email: string) => (await everybody()).find((each) => each.email === email);

describe('a file of people', () => {
  it('makes-and-changes-what-the-preview-showed-and-nothing-the-second-time', async () => {
    const file = `${HEAD}Grace Hopper,grace@example.org,student,1906\nBela Newname,rival@example.org,,\nX,x@example.org,boss,\n`;
    const shown = await preview(file);
    expect(shown).toMatchObject({
      layout: 'people',
      rows: [
        { row: 2, kind: 'new', email: 'grace@example.org' },
        {
          row: 3,
          kind: 'changed',
          differences: [{ what: 'name', before: 'Bela Rival', after: 'Bela Newname' }],
        },
      ],
      wrong: [{ row: 4, column: 'role' }],
    });
    expect(await somebody('grace@example.org')).toBeUndefined();
    expect((await apply(file, shown.version)).json).toEqual({
      added: 1,
      changed: 1,
      extended: 0,
      passwords: [],
    });
    expect(await somebody('grace@example.org')).toMatchObject({ role: 'student', studentNumber: '1906' });
    expect(await somebody('rival@example.org')).toMatchObject({ name: 'Bela Newname', role: 'student' });
    expect(await somebody('x@example.org')).toBeUndefined();
    expect(await preview(file)).toMatchObject({ rows: [], unchanged: 2 });
    const audited = await service.database.query(
      `SELECT a.action FROM audit_entries a JOIN users u ON u.id = a.object_id
       WHERE u.email IN ('grace@example.org', 'rival@example.org') AND a.action IN ('person-added', 'name-set')
         AND a.actor_id = (SELECT id FROM users WHERE email = 'examiner@example.org') ORDER BY 1`,
    );
    expect(audited).toEqual([{ action: 'name-set' }, { action: 'person-added' }]);
  });

  it('gives-passwords-that-let-in-and-no-others', async () => {
    const file = `${HEAD}Hedy Lamarr,hedy@example.org,student,\n`;
    const { passwords } = await done(file, '?passwords=made-up');
    const [{ password } = { password: '' }] = passwords;
    expect(passwords).toEqual([{ row: 2, name: 'Hedy Lamarr', email: 'hedy@example.org', password }]);
    const hedy = await service.anonymous.signIn('hedy@example.org', password);
    expect((await hedy.get('/api/v1/me')).json).toMatchObject({ name: 'Hedy Lamarr', role: 'student' });
    await expect(service.anonymous.signIn('hedy@example.org', `${password}x`)).rejects.toThrow(
      'could not sign in: 401',
    );
    const mine = 'a password of my own choice';
    const changed = await hedy.post('/api/auth/change-password', {
      json: { currentPassword: password, newPassword: mine },
    });
    expect(changed.status).toBe(200);
    await expect(service.anonymous.signIn('hedy@example.org', password)).rejects.toThrow(
      'could not sign in: 401',
    );
    await service.anonymous.signIn('hedy@example.org', mine);
  });

  it('is-not-applied-where-something-else-would-change-than-the-preview-showed', async () => {
    const file = `${HEAD}Cleo Marker,marker@example.org,student,\n`;
    const { version } = await preview(file);
    expect((await apply(`${HEAD}Cleo Marker,marker@example.org,examiner,\n`, version)).status).toBe(412);
    const cleo = await somebody('marker@example.org');
    await examiner.put(`/api/v1/people/${cleo?.id}/role`, { json: { role: 'examiner' } });
    expect((await apply(file, version)).status).toBe(412);
    expect(await somebody('marker@example.org')).toMatchObject({ role: 'examiner' });
    await examiner.put(`/api/v1/people/${cleo?.id}/role`, { json: { role: 'marker' } });
  });

  it('that-a-token-sends-adds-people-and-changes-no-roles', async () => {
    const made = await examiner.post('/api/v1/tokens', { json: { name: 'registrar', scopes: ['manage'] } });
    const { secret } = z.object({ secret: z.string() }).parse(made.json);
    const token = service.anonymous.withToken(secret);
    const file = `${HEAD}Cleo Marker,marker@example.org,examiner,\nIda Rhodes,ida@example.org,marker,\n`;
    const shown = await preview(file, token);
    expect(shown).toMatchObject({ rows: [{ row: 3 }], wrong: [{ row: 2, column: 'role' }] });
    expect((await apply(file, shown.version, '', token)).json).toMatchObject({ added: 1, changed: 0 });
  });

  it('takes-students-out-of-the-teams-they-marked-in', async () => {
    const exam = '/api/v1/exams/demonstration';
    await examiner.put(exam, { yaml: await demonstrationExam() });
    const named = await examiner.post(`${exam}/team`, {
      json: { email: 'colleague@example.org', role: 'marker' },
    });
    expect(named.status).toBe(200);
    await done(`${HEAD}Dora Colleague,colleague@example.org,student,\n`);
    expect(await somebody('colleague@example.org')).toMatchObject({ role: 'student' });
    expect((await examiner.get(`${exam}/team`)).text).not.toContain('colleague@example.org');
  });

  it('of-10000-is-previewed-and-applied-as-one', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `Student ${at},s${at}@uni.example,student,N${at}`);
    const file = `${HEAD}${rows.join('\n')}\n`;
    const begun = performance.now();
    const shown = await preview(file);
    const previewed = performance.now();
    expect(shown.rows).toHaveLength(10_000);
    const { added, passwords } = PeopleImported.parse(
      (await apply(file, shown.version, '?passwords=made-up')).json,
    );
    const applied = performance.now();
    expect([added, new Set(passwords.map(({ password }) => password)).size]).toEqual([10_000, 10_000]);
    expect(previewed - begun).toBeLessThan(20_000);
    expect(applied - previewed).toBeLessThan(60_000);
    // Either all or nothing: the last row's number is somebody's by now.
    const others = rows.map((row) => row.replace('uni', 'other').replace(/N\d+$/, ''));
    const clash = `${HEAD}${[...others, 'Zed,zed@other.example,student,Z1'].join('\n')}\n`;
    const { version } = await preview(clash);
    await service.database.query(`UPDATE users SET student_number = 'Z1' WHERE email = 's0@uni.example'`);
    expect((await apply(clash, version)).status).toBe(412);
    expect((await everybody()).filter(({ email }) => email.endsWith('@other.example'))).toEqual([]);
  }, 180_000);

  it.each([
    [
      'latin-1',
      Buffer.from(`${HEAD}Zoë,zoe@example.org,,\n`, 'latin1'),
      /not in UTF-8: the first other character is in line 2/,
    ],
    ['a-picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), /not in UTF-8/],
    ['no-bytes', Buffer.from(' '), /Row 1 has to name the columns/],
    ['an-archive', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]), /./],
  ])('is-refused: %s', async (_name, bytes, says) => {
    const answer = await fetch(`${service.api.url}${IMPORT}/preview`, {
      method: 'POST',
      headers: { ...examiner.credentials, 'content-type': 'text/csv' },
      body: new Uint8Array(bytes),
    });
    expect(answer.status).toBe(422);
    expect(z.object({ detail: z.string() }).parse(await answer.json()).detail).toMatch(says);
  });
});

describe('a file of extensions', () => {
  const EXAM = '/api/v1/exams/demonstration';
  const file = (until: string) => `exam,email,until\ndemonstration,student@example.org,${until}\n`;

  it('gives-them-with-a-reason-and-in-the-zone-that-was-asked-for', async () => {
    await examiner.put(`${EXAM}/schedule`, {
      json: {
        opens: null,
        deadline: '2036-03-09T13:00:00Z',
        graceSeconds: 0,
        late: { kind: 'refused' },
        counts: 'last',
      },
    });
    const { version } = await preview(file('2036-03-20 13:00'), examiner, '?zone=Europe/Berlin');
    const without = await apply(file('2036-03-20 13:00'), version, '?zone=Europe/Berlin');
    expect([without.status, without.text]).toEqual([422, expect.stringContaining('needs a reason')]);
    const given = await apply(file('2036-03-20 13:00'), version, '?zone=Europe/Berlin&why=Ill.');
    expect(given.json).toMatchObject({ extended: 1 });
    expect((await examiner.get(`${EXAM}/extensions`)).json).toEqual([
      expect.objectContaining({ deadline: '2036-03-20T12:00:00.000Z', reason: 'Ill.', by: 'Emil Examiner' }),
    ]);
    const later = await preview(file('2036-03-21T13:00:00Z'));
    expect(later.rows).toMatchObject([
      { kind: 'changed', differences: [{ before: '2036-03-20T12:00:00.000Z' }] },
    ]);
  });

  it('says-nothing-of-exams-that-others-examine', async () => {
    const { rows, wrong } = await preview(file('2036-03-25 13:00').replace('demonstration', 'nowhere'));
    expect([rows, wrong]).toEqual([
      [],
      [{ row: 2, column: 'exam', says: 'There is no exam "nowhere" that you examine.' }],
    ]);
  });
});
