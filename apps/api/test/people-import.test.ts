import { describe, expect, it } from '@jest/globals';
import { wallClock } from '../src/http/zone.js';
import { planPeople } from '../src/people-import/plan-people.js';
import type { Known } from '../src/people-import/plan.js';
import { openFile } from '../src/table-files/open-file.js';

const person = (
  id: string,
  role: 'student' | 'marker' | 'examiner',
  studentNumber: string | null = null,
) => ({
  id,
  name: `${id} Known`,
  email: `${id}@example.org`,
  role,
  studentNumber,
  createdAt: new Date(0),
});
const DEADLINE = new Date('2036-03-09T12:00:00Z');
const KNOWN: Known = {
  people: [person('ada', 'student', '1001'), person('cleo', 'marker'), person('emil', 'examiner')],
  exam: async (name) =>
    name === 'cnn'
      ? { id: 'E', deadline: DEADLINE, extensions: new Map([['ada', new Date('2036-03-20T12:00:00Z')]]) }
      : name === 'open'
        ? { id: 'O', deadline: null, extensions: new Map() }
        : undefined,
  me: 'emil',
  mayChangeRoles: true,
  zone: 'Europe/Berlin',
  why: null,
};

async function plan(file: string | Uint8Array, known: Known = KNOWN) {
  const opened = openFile(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  const reading = opened.kind === 'refused' ? opened : await planPeople(opened.tables, known);
  return reading.kind === 'refused' ? reading.says : reading.plan;
}
/** The places and words of what is wrong, and nothing else is planned. */
async function wrong(file: string, known?: Known) {
  const planned = await plan(file, known);
  if (typeof planned === 'string') throw new Error(planned);
  expect(planned.rows).toEqual([]);
  return planned.wrong.map(({ row, column, says }) => `${row} ${column ?? '-'}: ${says}`);
}

const HEAD = 'name,email,role,student number\n';

describe('a file of people', () => {
  it.each([
    ['commas', `${HEAD}Grace Hopper,grace@example.org,student,1906\n`],
    ['semicolons', `${HEAD}Grace Hopper,GRACE@example.org,Student,1906\n`.replaceAll(',', ';')],
    [
      'tabs-and-line-ends-of-windows',
      `${HEAD}Grace Hopper,grace@example.org,,1906\n`.replaceAll(',', '\t').replaceAll('\n', '\r\n'),
    ],
    ['a-byte-order-mark', `\ufeff${HEAD}Grace Hopper,grace@example.org,student,1906`],
    ['quotes', `"Name","E-Mail","Role","Student_ID"\n"Grace Hopper","grace@example.org","student","1906"\n`],
    [
      'two-columns-of-names',
      'First Name,Surname,Email Address,Matriculation Number,Faculty\nGrace,Hopper,grace@example.org,1906,Arts\n',
    ],
  ])('is-read-with: %s', async (_name, text) => {
    for (const file of [text, new Uint8Array(Buffer.from(`\ufeff${text.replace('\ufeff', '')}`, 'utf16le'))])
      expect(await plan(file)).toMatchObject({
        rows: [
          {
            row: 2,
            deed: {
              kind: 'add',
              person: {
                name: 'Grace Hopper',
                email: 'grace@example.org',
                role: 'student',
                studentNumber: '1906',
              },
            },
          },
        ],
        wrong: [],
      });
  });

  it('says-what-is-new-changed-and-so-already', async () => {
    const file = `${HEAD}ada Known,ADA@example.org,,\nCleo Newname,cleo@example.org,student,77\nNew,new@example.org,marker,\n\n`;
    const planned = await plan(file);
    expect(planned).toMatchObject({
      unchanged: 1,
      wrong: [],
      rows: [
        {
          row: 3,
          differences: [
            { what: 'name', before: 'cleo Known', after: 'Cleo Newname' },
            { what: 'role', before: 'marker', after: 'student' },
            { what: 'student number', before: null, after: '77' },
          ],
        },
        { row: 4, deed: { kind: 'add', person: { role: 'marker', studentNumber: null } } },
      ],
    });
  });

  it.each([
    [
      'an-unknown-role',
      'A,a@example.org,boss,',
      '2 role: "boss" is no role. Roles are student, marker, examiner.',
    ],
    ['no-address', 'A,,student,', '2 email: There is no address, by which people are known.'],
    ['what-is-no-address', 'A,a at example.org,student,', '2 email: "a at example.org" is no email address.'],
    ['no-name', ' ,a@example.org,student,', '2 name: There is no name.'],
    [
      'a-formula-for-a-name',
      '"=HYPERLINK(""http://x"")",a@example.org,,',
      '2 name: "=HYPERLINK("http://x")" is a formula, and is not taken for text. Write what it stands for.',
    ],
    [
      'a-line-break-in-a-name',
      '"A\nB",a@example.org,,',
      '2 name: "A�B" is too long, or has line breaks or other control characters.',
    ],
    [
      "somebody-else's-number",
      'A,a@example.org,,1001',
      '2 student number: "1001" is the number of ada@example.org. Two people never have the same.',
    ],
    [
      'one-own-role',
      'emil Known,emil@example.org,marker,',
      '2 role: This is your own account, and nobody changes their own role, so that there is always an examiner.',
    ],
    [
      'a-comma-without-quotes',
      'Hopper, Grace,grace@example.org,student,1',
      '2 -: The row has more fields than there are headings. Put text with a comma in quotes.',
    ],
  ])('has-a-row-with-its-place: %s', async (_name, row, says) => {
    expect(await wrong(`${HEAD}${row}\n`)).toEqual([says]);
  });

  it('takes-none-of-rows-that-contradict-each-other-and-one-of-those-that-say-the-same', async () => {
    const twice = `course,${HEAD}1,A,a@example.org,student,\n1,C,c@example.org,student,\n2,A,A@example.org,marker,\n2,C,C@example.org,student,\n`;
    const planned = await plan(twice);
    expect(planned).toMatchObject({
      rows: [{ row: 3, email: 'c@example.org' }],
      unchanged: 1,
      wrong: [2, 4].map((row) => ({ row, column: 'email', says: expect.stringMatching(/^The rows 2, 4 /) })),
    });
  });

  it('gives-one-number-once', async () => {
    expect(await plan(`${HEAD}A,a@example.org,,7\nB,b@example.org,,7\n`)).toMatchObject({
      rows: [{ row: 2 }],
      wrong: [{ row: 3, column: 'student number', says: expect.stringMatching(/number of a@example\.org/) }],
    });
  });

  it('changes-no-roles-by-a-token', async () => {
    const file = `${HEAD}cleo Known,cleo@example.org,examiner,\n`;
    expect(await wrong(file, { ...KNOWN, mayChangeRoles: false })).toEqual([
      '2 role: The role would change from marker to examiner, and a token changes no roles. Import the file in the pages.',
    ]);
  });

  it.each([
    [
      'a-picture',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      /not in UTF-8: .* line 1\. Save it as "CSV UTF-8"/,
    ],
    [
      'latin-1',
      new Uint8Array(Buffer.from(`${HEAD}A,a@b.org,,\nZoë,z@b.org,,\n`, 'latin1')),
      /not in UTF-8: the first other character is in line 3/,
    ],
    ['empty', '', /empty \(0 bytes\)/],
    [
      'without-headings',
      'Grace,grace@example.org\n',
      /Row 1 has to name the columns, and has "Grace", "grace@example\.org"/,
    ],
    ['without-names', 'email,role\na@b.org,student\n', /no column for names/],
    ['with-a-column-twice', 'name,email,e-mail\nA,a@b.org,c@b.org\n', /"email" and "e-mail" mean the same/],
    ['an-open-quote', `${HEAD}"A,a@example.org\n`, /Row 2: a quote is opened and never closed/],
  ])('is-refused: %s', async (_name, file, says) => {
    expect(await plan(file)).toEqual(expect.stringMatching(says));
  });
});

describe('a file of extensions', () => {
  const HEADINGS = 'exam,email,until,reason\n';

  it('says-which-are-new-and-which-are-so-already', async () => {
    const file = `${HEADINGS}cnn,ADA@example.org,2036-03-20 13:00,\ncnn,ada@example.org,2036-03-20 13:00,\n`;
    expect(await plan(file)).toMatchObject({ unchanged: 2, rows: [], wrong: [] });
    expect(await plan(file.replaceAll('13:00', '18:30:05'))).toMatchObject({
      rows: [
        {
          exam: 'cnn',
          differences: [
            { what: 'deadline', before: '2036-03-20T12:00:00.000Z', after: '2036-03-20T17:30:05.000Z' },
          ],
          deed: { kind: 'extend', extension: { studentId: 'ada', why: '' } },
        },
      ],
    });
  });

  it.each([
    [
      'an-unknown-exam',
      'dnn,ada@example.org,2036-03-20 13:00,',
      '2 exam: There is no exam "dnn" that you examine.',
    ],
    [
      'a-marker',
      'cnn,cleo@example.org,2036-03-20 13:00,',
      '2 email: There is no student with the address "cleo@example.org".',
    ],
    [
      'no-deadline',
      'open,ada@example.org,2036-03-20 13:00,',
      '2 exam: "open" has no deadline, so there is nothing to extend. Set the deadline first.',
    ],
    [
      'no-more-time',
      'cnn,ada@example.org,2036-03-09 13:00,',
      '2 until: This is no later than the deadline of everybody, 2036-03-09T12:00:00.000Z. An extension gives time.',
    ],
    [
      'a-day-or-a-month',
      'cnn,ada@example.org,03/04/2036 13:00,',
      '2 until: "03/04/2036 13:00" is no time. Write it like 2036-03-20 13:00, or 2036-03-20T13:00:00Z.',
    ],
    [
      'a-day-there-is-not',
      'cnn,ada@example.org,2036-02-30 13:00,',
      '2 until: "2036-02-30 13:00" is no time. Write it like 2036-03-20 13:00, or 2036-03-20T13:00:00Z.',
    ],
    [
      'nothing',
      'cnn,ada@example.org,,',
      '2 until: There is no time. An extension is taken back in the pages, with a reason.',
    ],
  ])('has-a-row-with-its-place: %s', async (_name, row, says) => {
    expect(await wrong(`${HEADINGS}${row}\n`)).toEqual([says]);
  });
});

describe('clocks on walls', () => {
  it.each([
    ['Europe/Berlin', '2036-01-15T13:00:00', '2036-01-15T12:00:00.000Z'],
    ['Europe/Berlin', '2036-07-15T13:00:00', '2036-07-15T11:00:00.000Z'],
    ['spring-leaves-out:Europe/Berlin', '2036-03-30T02:30:00', undefined],
    ['autumn-has-twice:Europe/Berlin', '2036-10-26T02:30:00', '2036-10-26T01:30:00.000Z'],
    ['Pacific/Apia', '2036-01-01T00:00:00', '2035-12-31T11:00:00.000Z'],
    ['America/St_Johns', '2036-01-01T00:00:00', '2036-01-01T03:30:00.000Z'],
    ['UTC', '2036-02-30T00:00:00', undefined],
  ])('%s %s', (zone, wall, time) => {
    expect(wallClock(zone.split(':').at(-1) ?? '')(wall)?.toISOString()).toBe(time);
  });
});
