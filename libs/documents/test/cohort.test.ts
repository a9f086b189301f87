import { describe, expect, it } from '@jest/globals';
import { unzipSync, zipSync, strToU8 } from 'fflate';
import {
  CohortArchive,
  onlyOnce,
  readCohort,
  Refusal,
  Roster,
  type KnownStudent,
  type PersonHint,
} from '../src/index.js';
import { zip } from './writing/zip.js';

const text = (says: string) => new TextEncoder().encode(says);
const archiveOf = (files: Readonly<Record<string, string | Uint8Array>>) =>
  new CohortArchive(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
      ),
    ),
  );
const cohortOf = (files: Readonly<Record<string, string | Uint8Array>>) =>
  readCohort(archiveOf(files).listing);

/** Piece by piece: key, names, and files with what their owner called them. */
const summary = (files: Readonly<Record<string, string>>) => {
  const { layout, pieces, leftOver } = cohortOf(files);
  return {
    layout,
    leftOver,
    pieces: pieces.map(({ key, people, files: theirs }) => [
      key,
      people.map(({ names }) => names[0]),
      theirs.map(({ name }) => name),
    ]),
  };
};

const METADATA = `---
submission_101:
  :submitters:
  - :name: Jane Doe
    :sid: '0017'
    :email: jane@example.org
  - :name: Ravi Rao
    :sid: 18
    :email: ravi@example.org
  :created_at: 2026-11-20 09:30:05.063410000 Z
  :score: 0.0
102.pdf:
  :submitters:
  - :name: Li Wei
    :sid:
    :email: li@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-11-21 23:59:59.000000000 Z
    zone: &1 !ruby/object:ActiveSupport::TimeZone
      name: UTC
    time: 2026-11-21 23:59:59.000000000 Z
submission_103:
  :submitters: []
  :created_at: 2026-11-21 12:00:00
`;

describe('a file that is no archive', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  it.each([
    ['pdf', '%PDF-1.7\n%…', 'This is a PDF and no ZIP archive.'],
    ['seven-zip', '7z\u00bc\u00af\u0027\u001c', 'This is a 7-Zip archive and no ZIP archive.'],
    ['text', 'Question 1', 'This is a file of another kind and no ZIP archive.'],
    ['zip-cut-off', 'PK\u0003\u0004', 'The archive is broken: its end is missing.'],
  ])('%s', (_name, text, says) => {
    expect(() => new CohortArchive(bytes(text))).toThrow(says);
  });
});

describe('layouts', () => {
  it('moodle-with-folders-joins-files-and-typed-text-of-a-person', () => {
    expect(
      summary({
        'Jane Doe_1234567_assignsubmission_file_/answers.pdf': '%PDF-1.7',
        'Jane Doe_1234567_assignsubmission_file_/code/net.py': 'import torch',
        'Jane Doe_1234567_assignsubmission_onlinetext_/onlinetext.html': '<p>Hello</p>',
        'Zoë O Brien_1234568_assignsubmission_file_/a.md': '# 1',
        '__MACOSX/._x': 'x',
        'grades.csv': 'x',
      }),
    ).toEqual({
      layout: 'moodle',
      leftOver: ['grades.csv'],
      pieces: [
        ['Jane Doe_1234567', ['Jane Doe'], ['answers.pdf', 'code/net.py', 'onlinetext.html']],
        ['Zoë O Brien_1234568', ['Zoë O Brien'], ['a.md']],
      ],
    });
  });

  it('moodle-without-folders', () => {
    expect(
      summary({
        'Jane Doe_12_assignsubmission_file_my_answers_2.pdf': 'x',
        'Jane Doe_12_assignsubmission_onlinetext_onlinetext.html': 'x',
        'Anne-Marie Poe_13_assignsubmission_file_b.pdf': 'x',
      }).pieces,
    ).toEqual([
      ['Jane Doe_12', ['Jane Doe'], ['my_answers_2.pdf', 'onlinetext.html']],
      ['Anne-Marie Poe_13', ['Anne-Marie Poe'], ['b.pdf']],
    ]);
  });

  it('moodle-of-groups-knows-the-name-behind-the-group', () => {
    const { pieces } = cohortOf({
      'Team A-Jane Doe_1_assignsubmission_file_/a.md': 'x',
      'Team-B-Anne-Marie Poe_2_assignsubmission_file_/a.md': 'x',
    });
    expect(pieces.map(({ people }) => people[0]?.names)).toEqual([
      ['Team A-Jane Doe', 'Jane Doe'],
      ['Team-B-Anne-Marie Poe', 'B-Anne-Marie Poe', 'Anne-Marie Poe', 'Marie Poe'],
    ]);
  });

  it('gradescope-with-metadata-knows-each-submitter-and-the-time', () => {
    const { layout, pieces, leftOver } = cohortOf({
      'assignment_9_export/submission_metadata.yml': METADATA,
      'assignment_9_export/submission_101/net.py': 'import torch',
      'assignment_9_export/submission_101/sub/notes.md': '# x',
      'assignment_9_export/102.pdf': '%PDF-1.7',
      'assignment_9_export/submission_103/a.md': 'x',
    });
    expect({ layout, leftOver }).toEqual({ layout: 'gradescope', leftOver: [] });
    expect(
      pieces.map(({ key, people, files, submittedAt }) => ({
        key,
        who: people.map(({ names, email, number }) => [names[0], email, number]),
        files: files.map(({ name }) => name),
        at: submittedAt?.toISOString(),
      })),
    ).toEqual([
      {
        key: 'submission_101',
        who: [
          ['Jane Doe', 'jane@example.org', '0017'],
          ['Ravi Rao', 'ravi@example.org', '18'],
        ],
        files: ['net.py', 'sub/notes.md'],
        at: '2026-11-20T09:30:05.000Z',
      },
      {
        key: '102.pdf',
        who: [['Li Wei', 'li@example.org', null]],
        files: ['102.pdf'],
        at: '2026-11-21T23:59:59.000Z',
      },
      // A time without a zone is no time.
      { key: 'submission_103', who: [[undefined, null, null]], files: ['a.md'], at: undefined },
    ]);
  });

  it('gradescope-without-metadata-says-of-nobody-whose-it-is', () => {
    expect(
      summary({ 'assignment_9_export/submission_5/a.py': 'x', 'assignment_9_export/submission_6/a.py': 'x' }),
    ).toMatchObject({
      layout: 'gradescope',
      pieces: [['submission_5', [undefined], ['a.py']], expect.anything()],
    });
  });

  it('canvas-knows-late-work-and-further-files-of-the-same-person', () => {
    const { layout, pieces } = cohortOf({
      'doejane_12345_67890_answers.pdf': 'x',
      'doejane_12345_67891_net-1.py': 'x',
      'raoravi_LATE_12346_67892_my_own_file.docx': 'x',
      'liwei_12347_text.html': '<p>x</p>',
    });
    expect(layout).toBe('canvas');
    expect(pieces.map(({ key, late, files }) => [key, late, files.map(({ name }) => name)])).toEqual([
      ['doejane_12345', false, ['answers.pdf', 'net-1.py']],
      ['raoravi_12346', true, ['my_own_file.docx']],
      ['liwei_12347', false, ['text.html']],
    ]);
  });

  it.each([
    ['no-layout', { 'Jane/a.md': 'x', 'Ravi/a.md': 'x' }, /Moodle’s.*Gradescope’s.*Canvas’/],
    ['nothing', {}, /laid out like none/],
    [
      'metadata-that-is-no-yaml',
      { 'submission_metadata.yml': ':a: [', 'submission_1/a.md': 'x' },
      /cannot be read/,
    ],
  ])('refuses-%s', (_, files, message) => {
    expect(() => cohortOf(files)).toThrow(message);
  });

  it('metadata-of-a-billion-laughs-is-read-and-says-nothing', () => {
    const levels = Array.from({ length: 30 }, (_, at) =>
      at === 0
        ? 'a0: &a0 [x, x, x, x]'
        : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}, *a${at - 1}, *a${at - 1}]`,
    );
    const { pieces } = cohortOf({
      'submission_metadata.yml': `${levels.join('\n')}\nsubmission_1:\n  :submitters: *a29\n`,
      'submission_1/a.md': 'x',
    });
    expect(pieces[0]?.people.map(({ names, email }) => [names, email])).toEqual(
      Array.from({ length: 4 }, () => [[], null]),
    );
  });
});

const STUDENTS: readonly KnownStudent[] = [
  { id: 'jane', name: 'Jane Doe', email: 'Jane@example.org', studentNumber: '0017' },
  { id: 'ravi', name: 'Ravi Rao', email: 'ravi@example.org', studentNumber: null },
  { id: 'wei-1', name: 'Li Wei', email: 'wei1@example.org', studentNumber: '31' },
  { id: 'wei-2', name: 'Li Wei', email: 'wei2@example.org', studentNumber: '32' },
  { id: 'marie', name: 'Marie Poe', email: 'marie@example.org', studentNumber: null },
  { id: 'brien', name: "Zoë O'Brien", email: 'zoe@example.org', studentNumber: null },
  { id: 'van', name: 'Mia van der Berg', email: 'mia@example.org', studentNumber: null },
];
const hint = (says: Partial<PersonHint>): PersonHint => ({
  names: [],
  nameForm: 'full',
  email: null,
  number: null,
  platformId: null,
  ...says,
});

describe('whose a piece is', () => {
  const roster = new Roster(STUDENTS);
  it.each<[string, Partial<PersonHint>, unknown]>([
    ['by-email-in-any-case', { email: 'JANE@example.org', names: ['J. D.'] }, ['jane', 'email']],
    ['by-number', { number: '0017' }, ['jane', 'number']],
    ['by-name', { names: ['jane  doe'] }, ['jane', 'name']],
    ['by-name-without-what-file-systems-forbid', { names: ['Zoë OBrien'] }, ['brien', 'name']],
    ['by-name-decomposed', { names: ['Zoe\u0308 OBrien'] }, ['brien', 'name']],
    ['by-squashed-name', { names: ['vanderbergmia'], nameForm: 'squashed' }, ['van', 'name']],
    ['by-name-behind-the-group', { names: ['Team A-Ravi Rao', 'Ravi Rao'] }, ['ravi', 'name']],
    ['namesakes-are-asked', { names: ['Li Wei'] }, ['ambiguous', ['wei-1', 'wei-2']]],
    ['namesakes-differ-by-number', { names: ['Li Wei'], number: '32' }, ['wei-2', 'number']],
    ['a-hyphen-is-no-group', { names: ['Anne-Marie Poe'] }, ['unknown', []]],
    ['names-the-other-way-round-are-asked', { names: ['Doe Jane'] }, ['similar', ['jane']]],
    ['names-without-accents-are-asked', { names: ['Zoe OBrien'] }, ['similar', ['brien']]],
    ['platform-number-is-no-number', { platformId: '0017' }, ['unknown', []]],
    [
      'another-address-of-the-same-name-is-asked',
      { names: ['Ravi Rao'], email: 'rao@elsewhere.org' },
      ['contradicts', ['ravi']],
    ],
    [
      'address-and-number-of-two-people-are-asked',
      { email: 'ravi@example.org', number: '0017' },
      ['contradicts', ['ravi', 'jane']],
    ],
    ['nobody', {}, ['unknown', []]],
  ])('%s', (_, says, expected) => {
    const whose = roster.whose(hint(says));
    expect(whose.kind === 'known' ? [whose.student, whose.by] : [whose.why, whose.candidates]).toEqual(
      expected,
    );
  });

  it('two-pieces-of-one-student-are-asked', () => {
    const known = roster.whose(hint({ names: ['Jane Doe'] }));
    const other = roster.whose(hint({ names: ['Ravi Rao'] }));
    expect(onlyOnce([known, other, known])).toEqual([
      { kind: 'asked', why: 'twice', candidates: ['jane'] },
      other,
      { kind: 'asked', why: 'twice', candidates: ['jane'] },
    ]);
  });
});

describe('what is handed in', () => {
  const prepared = (files: Readonly<Record<string, string | Uint8Array>>) => {
    const archive = archiveOf(files);
    const [piece] = readCohort(archive.listing).pieces;
    if (piece === undefined) throw new Error('no piece');
    return archive.prepare(piece);
  };
  const OF_JANE = 'Jane Doe_1_assignsubmission_file_/';

  it('one-file-is-handed-in-as-it-is', () => {
    expect(prepared({ [`${OF_JANE}sub/answers.md`]: '# Question 1' })).toEqual({
      kind: 'ready',
      fileName: 'answers.md',
      format: 'markdown',
      bytes: text('# Question 1'),
    });
  });

  it('several-files-are-one-archive-that-others-can-open-and-the-same-bytes-each-time', () => {
    const files = {
      [`${OF_JANE}b.py`]: 'import torch\nimport os\n',
      [`${OF_JANE}Übung.md`]: '# Question 1',
      'Jane Doe_1_assignsubmission_onlinetext_/onlinetext.html': '<p>x<sup>2</sup> &lt; 3</p>',
    };
    const one = prepared(files);
    const two = prepared(Object.fromEntries(Object.entries(files).toReversed()));
    if (one.kind !== 'ready') throw new Error(one.message);
    expect(one).toEqual(two);
    expect(one.format).toBe('zip');
    const inside = unzipSync(one.bytes);
    expect(
      Object.fromEntries(Object.entries(inside).map(([name, data]) => [name, Buffer.from(data).toString()])),
    ).toEqual({
      'b.py': 'import torch\nimport os\n',
      'onlinetext.md': 'x^2 < 3\n',
      'Übung.md': '# Question 1',
    });
  });

  it('an-archive-beside-other-files-is-opened-and-one-alone-is-not', () => {
    const inner = zipSync({ 'net.py': strToU8('import torch\nimport os\n'), '__MACOSX/x': strToU8('x') });
    const both = prepared({ [`${OF_JANE}code.zip`]: inner, [`${OF_JANE}answers.md`]: '# Question 1' });
    if (both.kind !== 'ready') throw new Error(both.message);
    expect(Object.keys(unzipSync(both.bytes))).toEqual(['answers.md', 'code/net.py']);
    expect(prepared({ [`${OF_JANE}code.zip`]: inner })).toMatchObject({ fileName: 'code.zip', bytes: inner });
  });

  it.each<[string, Readonly<Record<string, string | Uint8Array>>, RegExp]>([
    ['an-empty-file', { [`${OF_JANE}a.md`]: '' }, /no file with anything/],
    ['a-program', { [`${OF_JANE}a.exe`]: 'MZ\x90\0\x03\0\0\0' }, /Save or export/],
    ['too-large', { [`${OF_JANE}a.md`]: randomBytes(21 * 1024 * 1024) }, /20 MB/],
    [
      'too-many-files',
      Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`${OF_JANE}${at}.md`, 'x'])),
      /at most 40/,
    ],
    [
      'a-hostile-archive-inside',
      {
        [`${OF_JANE}a.md`]: 'x',
        [`${OF_JANE}b.zip`]: zip([{ name: '../../x', data: 'x' }]),
      },
      /out of its folder/,
    ],
    [
      'a-bomb-inside',
      { [`${OF_JANE}a.md`]: 'x', [`${OF_JANE}b.zip`]: zip([{ name: 'x', data: Buffer.alloc(30 << 20) }]) },
      /packed size/,
    ],
  ])('refuses-%s', (_, files, message) => {
    expect(prepared(files)).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });
});

describe('hostile archives of a cohort', () => {
  const NAME = 'Jane Doe_1_assignsubmission_file_/a.md';
  it.each<[string, () => Uint8Array, RegExp]>([
    ['path-upwards', () => zip([{ name: `${NAME}/../../x`, data: 'x' }]), /out of its folder/],
    ['bomb', () => zip([{ name: NAME, data: Buffer.alloc(30 << 20) }]), /packed size/],
    [
      'too-many-entries',
      () =>
        zip(
          Array.from({ length: 5001 }, (_, at) => ({ name: `${at}_1_assignsubmission_file_/a`, data: 'x' })),
        ),
      /at most 5000/,
    ],
    [
      'shared-data',
      () =>
        zip([
          { name: NAME, data: 'x' },
          { name: 'b', dataOf: 0, says: { localName: NAME } },
        ]),
      /broken/,
    ],
    ['password', () => zip([{ name: NAME, data: 'x', flags: 1 }]), /password/],
    ['text', () => text('Jane Doe'), /no ZIP archive/],
  ])('%s-is-refused', (_, bytes, message) => {
    expect(() => new CohortArchive(bytes())).toThrow(Refusal);
    expect(() => new CohortArchive(bytes())).toThrow(message);
  });

  it('five-thousand-entries-are-taken', () => {
    const archive = new CohortArchive(
      zip(
        Array.from({ length: 5000 }, (_, at) => ({
          name: `Person ${at}_${at}_assignsubmission_file_/a.md`,
          data: 'x',
          stored: true,
        })),
      ),
    );
    expect(readCohort(archive.listing).pieces).toHaveLength(5000);
  });

  it('names-in-code-page-437-are-read', () => {
    const bytes = zip([{ name: 'J?rgen M?ller_1_assignsubmission_file_/a.md', data: 'x', flags: 0 }]);
    // ü is 0x81 there, which is no UTF-8.
    const [from, to] = ['?'.charCodeAt(0), 0x81];
    const { listing } = new CohortArchive(bytes.map((byte) => (byte === from ? to : byte)));
    expect(readCohort(listing).pieces[0]?.people[0]?.names).toEqual(['Jürgen Müller']);
  });
});

/** Bytes that cannot be packed, the same each time. */
function randomBytes(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 32 + ((state >>> 24) % 90);
  });
}
