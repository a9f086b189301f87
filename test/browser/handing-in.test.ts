import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { pdf, put } from '../../libs/documents/test/writing/pdf.js';
import { choose, person } from './choosing.js';
import { putExam } from './class.js';
import { dropFiles } from './dropping.js';
import { startServer, type Server } from './server.js';
import { WATCH_SHIFTS } from './shifts.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const EXAM = '/exams/demonstration';

let server: Server;
let browser: Browser;
let student: Visitor;
let examiner: Visitor;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  [student, examiner] = await Promise.all([
    visit(browser, server, { timezoneId: 'America/New_York', viewport: { width: 360, height: 780 } }),
    visit(browser, server, { timezoneId: 'Europe/Berlin', colorScheme: 'dark' }),
  ]);
  await signInAs(student, 'student');
  await signInAs(examiner, 'examiner');
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Nothing may stick out: a page that scrolls sideways hides something from somebody. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe('deadlines', () => {
  it('an-examiner-sets-them-in-their-own-zone', async () => {
    const { page } = examiner;
    await page.goto('/examining/demonstration');
    await page.getByRole('button', { name: 'Change deadlines' }).click();
    const dialog = page.getByRole('dialog', { name: 'Deadlines' });
    await dialog.getByLabel('Opens').fill('2026-03-01T09:00');
    await dialog.getByLabel('Deadline', { exact: true }).fill('2036-03-09T13:00');
    await dialog.getByLabel('Grace, in minutes').fill('5');
    await dialog.getByLabel('Which attempt counts').selectOption('The last that is on time');
    await dialog.getByLabel('Work after the deadline').selectOption('Take it, less a deduction');
    await picture(examiner, 'handing-in-schedule');
    await dialog.getByRole('button', { name: 'Save deadlines' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/due 9 March 2036 at 13:00:00/).waitFor();
    expect(await tooWide(page)).toBe(0);
  });

  it('a-student-sees-them-in-theirs-and-what-counts', async () => {
    const { page } = student;
    await page.goto(EXAM);
    await page.getByText('9 March 2036 at 08:00:00').waitFor();
    await page.getByText(/less 10 % of the marks available for each day begun, 50 % at most/).waitFor();
    await page.getByText(/The last attempt that is handed in on time/).waitFor();
    expect(await tooWide(page)).toBe(0);
    await picture(student, 'handing-in-deadline');
  });

  it('an-extension-holds-for-its-student', async () => {
    const { page } = examiner;
    await page.getByRole('button', { name: 'Give an extension' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give an extension' });
    await choose(page, person(dialog, 'Student'));
    await dialog.getByLabel('Their deadline').fill('2036-03-20T13:00');
    await dialog.getByLabel('Reason').fill('A certificate from the doctor.');
    await dialog.getByRole('button', { name: 'Give the extension' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page
      .getByRole('list', { name: 'Extensions' })
      .getByText('A certificate from the doctor.')
      .waitFor();
    await picture(examiner, 'handing-in-extension');
    await student.page.reload();
    await student.page.getByText('Your own deadline').waitFor();
    await student.page.getByText('20 March 2036 at 08:00:00').waitFor();
    expect(await tooWide(student.page)).toBe(0);
  });
});

describe('files that are dropped', () => {
  it('one-is-taken-several-are-not-and-one-beside-the-place-leaves-the-page', async () => {
    const { page } = student;
    await page.goto(EXAM);
    const place = page.getByText('Drop one file here, or');
    await place.waitFor();
    expect(await dropFiles(page.getByRole('heading', { level: 1 }), { 'beside.md': 'x' })).toBe(true);
    await dropFiles(place, { 'one.md': 'x', 'two.md': 'y' });
    await page.getByRole('alert').getByText('Those are 2 files, and one is taken.').waitFor();
    await dropFiles(place, { 'answers.md': '# Question 1' });
    await page.getByText('answers.md', { exact: true }).waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Hand in', exact: true }).waitFor();
    expect(await tooWide(page)).toBe(0);
    await page.goto(EXAM);
  });
});

describe('how the document is cut', () => {
  it('a-student-names-the-part-of-an-answer-and-confirms-by-keyboard-alone', async () => {
    const { page } = student;
    const lost = (await readFile('examples/demonstration/answers.md', 'utf8')).replace(
      /^Question 2\b.*$/m,
      'My second one',
    );
    await page
      .getByLabel('Your answers as a file')
      .setInputFiles({ name: 'answers.md', mimeType: 'text/markdown', buffer: Buffer.from(lost) });
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'As we read it' }).click();
    await page.getByText(/No answer was found for/).waitFor();
    await page.getByRole('button', { name: 'Move or name answers' }).press('Enter');
    await page.getByText('No answer to 2', { exact: true }).waitFor();
    // Within a paragraph too; what begins there is named next.
    await page
      .getByRole('button', { name: /^Split within: a\. A deep network|^Split within: A deep network/ })
      .press('Enter');
    await page.getByRole('button', { name: /^Split here, before: One wide layer/ }).press('Enter');
    await page.locator('select:focus').waitFor();
    expect(await page.locator('select:focus').getAttribute('aria-label')).toMatch(/^Part of: One wide layer/);
    await page.getByRole('button', { name: 'Start over' }).press('Enter');
    await page.getByRole('button', { name: /^Split here, before: My second one/ }).press('Enter');
    await page.getByLabel(/^Part of: My second one/).selectOption({ value: '2' });
    await page.getByText('Every part has an answer').waitFor();
    expect(await tooWide(page)).toBe(0);
    await picture(student, 'handing-in-cut-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
    await picture(student, 'handing-in-cut');
    await page.getByRole('button', { name: 'Confirm', exact: true }).press('Enter');
    await page.getByText(/^Confirmed by the student/).waitFor();
    await page.getByText('All 7 parts were found').waitFor({ timeout: 60_000 });
    await picture(student, 'handing-in-confirmed');
  });
});

describe('what stands below', () => {
  it.each([360, 640, 1360])('stays-where-it-is-while-a-document-is-read-at-%s-pixels', async (width) => {
    const one = await visit(browser, server, { viewport: { width, height: 740 } });
    const { page } = one;
    await page.addInitScript(WATCH_SHIFTS);
    await signInAs(one, 'student');
    await page.goto(EXAM);
    await page.getByRole('heading', { name: /^Hand in/ }).waitFor();
    await page.getByLabel('Your answers as a file').setInputFiles('examples/demonstration/answers.md');
    await page.getByRole('button', { name: 'Choose another' }).waitFor();
    // A shift is told after its frame.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
    expect(await page.evaluate('globalThis.shifts')).toEqual([]);
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText('It has arrived, and is being read').waitFor();
    await page.evaluate('globalThis.shifts.length = 0');
    await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
    await page.getByRole('heading', { name: 'Your document' }).waitFor();
    expect(await page.evaluate('globalThis.shifts')).toEqual([]);
    expect(await page.evaluate('document.querySelectorAll("[inert]").length')).toBe(1);
    await one.context.close();
  });
});

/** How much of the page that is drawn is darker than grey. */
const SHARE_OF_INK = `(() => {
  const canvas = document.querySelector('canvas[data-drawn]');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
  return dark / (data.length / 4);
})()`;

describe('the original', () => {
  it('stands-beside-what-was-read-of-it-and-steps-are-told', async () => {
    const { page } = student;
    await page.goto(EXAM);
    await page.getByLabel('Your answers as a file').setInputFiles({
      name: 'answers.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(pdf([put(72, 700, 'Question 2: 385536')])),
    });
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText(/Looked through \(\d of 7\)/).waitFor();
    await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'As we read it' }).click();
    await page.getByText('As it was uploaded').click();
    await page.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
    await page.locator('canvas[data-drawn]').waitFor();
    // Something is written on the page, and most of it is paper.
    const dark = await page.evaluate<number>(SHARE_OF_INK);
    expect(dark).toBeGreaterThan(0);
    expect(dark).toBeLessThan(0.1);
    expect(await tooWide(page)).toBe(0);
    await picture(student, 'handing-in-original');
  });
});

describe('a deadline', () => {
  it('that-passes-while-the-page-is-open-is-said-and-what-is-on-its-way-stays-in-view', async () => {
    const { page } = student;
    await putExam(
      examiner,
      'soon',
      'format: 1\nexam: soon\ntitle: Soon over\nquestions:\n  - { id: 1, kind: choice, marks: 1, prompt: Which?, options: [{ id: a, says: A }, { id: b, says: B }], correct: [a] }\n',
    );
    const until = (deadline: Date) =>
      examiner.context.request.put('/api/v1/exams/soon/schedule', {
        data: {
          opens: null,
          deadline: deadline.toISOString(),
          graceSeconds: 0,
          late: { kind: 'refused' },
          counts: 'last',
        },
      });
    expect((await until(new Date(Date.now() + 12_000))).status()).toBe(200);
    let letThrough = () => {};
    const through = new Promise<void>((open) => (letThrough = open));
    await page.route('**/api/v1/exams/soon/submissions', async (route) => {
      if (route.request().method() === 'POST') await through;
      await route.continue();
    });
    await page.goto('/exams/soon');
    await page.getByLabel('Your answers as a file').setInputFiles({
      name: 'soon.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Question 1\n\na\n'),
    });
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    // Long before it would be asked again by the clock.
    await page.getByText('The deadline has passed').waitFor({ timeout: 16_000 });
    await page.getByText(/^0% of .* sent$|^Being stored/).waitFor();
    letThrough();
    await page.getByText('Your file was not handed in').waitFor();
    expect(await page.getByRole('button', { name: /^(Hand in|Try again|Choose)/ }).count()).toBe(0);
    await page.reload();
    await page.getByText('The deadline has passed').waitFor();
    expect(await page.getByText('Your file was not handed in').count()).toBe(0);
    await page.unroute('**/api/v1/exams/soon/submissions');
    // The browser says that it was refused, as it was meant to be.
    student.complaints.splice(0);
  });
});

describe('a large file', () => {
  it('goes-on-where-it-broke-off-also-after-the-page-was-loaded-anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-large-'));
    const file = join(folder, 'large.md');
    await writeFile(
      file,
      (await readFile('examples/demonstration/answers.md', 'utf8')) + '\n'.repeat(6_000_000),
    );
    const one = await visit(browser, server, { viewport: { width: 360, height: 780 } });
    const { page } = one;
    await signInAs(one, 'student');
    const offsets: number[] = [];
    let broken = true;
    await page.route('**/uploads/*', async (route) => {
      const request = route.request();
      const offset = Number(request.headers()['upload-offset'] ?? 0);
      if (request.method() === 'PATCH') offsets.push(offset);
      await (broken && request.method() === 'PATCH' && offset > 0 ? route.abort() : route.continue());
    });
    const handIn = async () => {
      await page.goto(EXAM);
      await page.getByLabel('Your answers as a file').setInputFiles(file);
      await page.getByRole('button', { name: /^Hand in/ }).click();
    };
    await handIn();
    await page.getByText(/The connection is lost at \d+%/).waitFor();
    await picture(one, 'handing-in-connection-lost');
    broken = false;
    offsets.length = 0;
    await handIn();
    await page
      .getByText(/It has arrived/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(offsets[0]).toBe(2 * 1024 * 1024);
    await one.context.close();
    await rm(folder, { recursive: true });
  });
});

describe('consoles', () => {
  it('nobody-saw-an-error', () => {
    expect([...student.complaints, ...examiner.complaints]).toEqual([]);
  });
});
