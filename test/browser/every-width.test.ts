import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { AXE, axe } from './axe.js';
import { putExam } from './class.js';
import { startServer, type Role, type Server } from './server.js';
import { WATCH_SHIFTS } from './shifts.js';
import { tabThrough } from './tabbing.js';
import { openBrowser, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let submission = '';
/** Of an exam and with a file of long names, and released. */
let report = '';
/** The answers that await a mark, by the keys of their parts. */
const answers = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const one = await visit(browser, server);
  const { page, context } = one;
  await signInAs(one, 'student');
  await page.goto('/exams/demonstration');
  await page.getByLabel('Your answers as a file').setInputFiles('examples/demonstration/answers.md');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
  submission = new URL(page.url()).pathname;
  report = await released(one);
  await signInAs(one, 'marker');
  const queue = await context.request.get('/api/v1/exams/demonstration/marking-queue');
  for (const entry of (await queue.json()) as { part: string; answer: string }[])
    answers.set(entry.part, entry.answer);
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const LONG = 'Untersuchungsgegenstandsbeschreibungen-und-Nachrichtenverarbeitungsgrundlagen';
const LONG_EXAM = `
format: 1
exam: long
title: ${LONG}
questions:
  - id: 1
    title: ${LONG}
    kind: numeric
    marks: 2
    prompt: How many parameters?
    network: { input: [10], layers: [Linear: { name: fc, out_features: 4 }] }
    ask: [{ id: fc, says: ${LONG}, quantity: parameters, marks: 2 }]
`;

/** The address of the student's report, once it is marked and released. */
async function released(one: Visitor): Promise<string> {
  const { page, context } = one;
  const { request } = context;
  await signInAs(one, 'examiner');
  await putExam(one, 'long', LONG_EXAM);
  await signInAs(one, 'student');
  await page.goto('/exams/long');
  await page.getByLabel('Your answers as a file').setInputFiles({
    name: `${LONG}.md`,
    mimeType: 'text/markdown',
    buffer: Buffer.from(`# Question 1\n\n10 * 4 + 4 = 44\n\n\`${LONG}_${LONG}\`\n`),
  });
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
  const { pathname } = new URL(page.url());
  await signInAs(one, 'examiner');
  const queue = await request.get('/api/v1/exams/long/marking-queue');
  const [entry] = (await queue.json()) as { answer: string }[];
  const answer = await request.get(`/api/v1/answers/${entry?.answer}`);
  const { proposalId } = (await answer.json()) as { proposalId: string };
  const marked = await request.post(`/api/v1/answers/${entry?.answer}/marks`, {
    data: { action: 'confirm', expectedCurrent: null, proposal: proposalId },
  });
  const out = await request.post('/api/v1/exams/long/release', { data: {} });
  expect([marked.status(), out.status()]).toEqual([201, 200]);
  return pathname;
}

const PAGES: readonly (readonly [Role, string, () => string])[] = [
  ['student', 'exams', () => '/exams'],
  ['student', 'an exam', () => '/exams/demonstration'],
  ['student', 'a submission', () => submission],
  ['student', 'an exam of a long name', () => '/exams/long'],
  ['student', 'a report', () => report],
  ['student', 'a page that is not there', () => '/nowhere'],
  ['student', 'a page of others', () => '/marking'],
  ['marker', 'exams to mark', () => '/marking'],
  ['marker', 'the queue', () => '/marking/demonstration'],
  ['marker', 'an answer', () => `/marking/demonstration/${answers.get('2')}`],
  ['marker', 'an answer in code', () => `/marking/demonstration/${answers.get('5')}`],
  ['marker', 'how a document is cut', () => `/marking/demonstration/cut/${submission.split('/').at(-1)}`],
  ['marker', 'answers alike', () => '/marking/demonstration/groups'],
  ['marker', 'shared passages', () => '/marking/demonstration/shared'],
  ['marker', 'flags', () => '/marking/demonstration/flags'],
  ['marker', 'disagreements', () => '/marking/demonstration/disagreements'],
  ['marker', 'second looks', () => '/marking/demonstration/second-looks'],
  ['marker', 'the checks', () => '/checks?find=softmax'],
  ['marker', 'a check', () => '/checks/softmax-ce'],
  ['examiner', 'exams', () => '/examining'],
  ['examiner', 'an exam', () => '/examining/demonstration'],
  ['examiner', 'people', () => '/people'],
  ['examiner', 'learning platforms', () => '/learning-platforms'],
  ['examiner', 'the definition', () => '/examining/demonstration/definition'],
  ['examiner', 'a new exam', () => '/examining/~new'],
  ['examiner', 'moderation', () => '/examining/demonstration/moderation'],
  ['examiner', 'handing in for a cohort', () => '/examining/demonstration/cohort'],
  ['examiner', 'scheme changes', () => '/examining/demonstration/scheme'],
];

/** Text that is cut off at the edge of the page, or wider than it. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const UNNAMED = `[...document.querySelectorAll('button, a[href], input:not([type=hidden]):not([type=file]), textarea, select')]
  .filter((each) => each.checkVisibility() && !(each.ariaLabel || each.textContent.trim() || each.title || each.labels?.length))
  .map((each) => each.outerHTML.slice(0, 120))`;

/** Colours are where they go to. */
const SETTLED = `Promise.allSettled(document.getAnimations().map((each) => each.finished))`;

/** Each page is loaded once, as a phone would, and then shown in these ways. */
const WAYS = [
  ['a phone in the light', { width: 360, height: 740 }, 'light'],
  ['a phone in the dark', { width: 360, height: 740 }, 'dark'],
  // 1280 by 720 at 200 %.
  ['a screen at twice the size', { width: 640, height: 360 }, 'light'],
  ['a wide screen', { width: 1920, height: 1080 }, 'light'],
] as const;

/** What stays in view and does not fit into a low screen: its end is never seen. */
const LOW = { width: 1280, height: 480 };
const TOO_HIGH = `[...document.querySelectorAll('main *')]
  .filter((each) => getComputedStyle(each).position === 'sticky' && each.checkVisibility() && each.closest('.cm-editor') === null)
  .filter((each) => each.offsetHeight + (parseFloat(getComputedStyle(each).top) || 0) > innerHeight)
  .map((each) => 'stays in view and is too high: ' + each.textContent.trim().slice(0, 80))`;

const SPACED = 'a phone in the light';
/** Where the bars that stay take most, and where all is open. */
const BACKWARDS = 'a screen at twice the size';
const TABBED = 'a wide screen';
/** Of twice the size is what a phone shows, with more room: axe has seen it. */
const SEEN_BY_AXE: readonly string[] = WAYS.map(([way]) => way).filter((way) => way !== BACKWARDS);

const TEXT_SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

/** Text that its own box cuts off, and a page that is wider than its screen. */
const CUT_OFF = `[...document.querySelectorAll('button, a[href], label, h1, h2, h3, p, dt, dd, th, td, [role=tab]')]
  .filter((each) => each.checkVisibility() && each.closest('.katex, .cm-editor') === null && each.clientHeight > 4)
  .filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each);
    const cutX = ['hidden', 'clip'].includes(overflowX) && each.scrollWidth > each.clientWidth + 2;
    const cutY = ['hidden', 'clip'].includes(overflowY) && each.scrollHeight > each.clientHeight + 2;
    return cutX || cutY;
  })
  .map((each) => 'cuts off ' + each.textContent.trim().slice(0, 80))
  .concat(${TOO_WIDE} > 0 ? ['is ' + (${TOO_WIDE}) + ' pixels too wide'] : [])`;

/** What a printer must not get, and paper that is not white. */
const NOT_FOR_PAPER = `[...document.querySelectorAll('header.no-print, [role="tablist"], .mantine-Button-root, .mantine-SegmentedControl-root')]
  .filter((each) => each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 120))
  .concat(getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)' ? [] : ['the paper is not white'])
  .concat([...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && each.textContent.trim() !== '').flatMap((each) => {
    const { backgroundColor, position } = getComputedStyle(each);
    const [red, green, blue, alpha = 1] = backgroundColor.match(/[\\d.]+/g).map(Number);
    const isDark = backgroundColor.startsWith('rgb') && alpha > 0.5 && red + green + blue < 300;
    // What stays in view lies over what is printed there.
    const stays = ['sticky', 'fixed'].includes(position) && each.closest('.cm-editor') === null;
    return [...(isDark ? ['is dark: '] : []), ...(stays ? ['stays where it is: '] : [])].map((fault) => fault + each.textContent.trim().slice(0, 60));
  }))`;

/** What is printed: a name, its address, and the tab where it stands. */
const PRINTED: Readonly<Record<Role, readonly (readonly [string, () => string, string | null])[]>> = {
  student: [
    ['a report', () => report, 'Marks and reasons'],
    ['a receipt', () => submission, 'Receipt'],
  ],
  marker: [
    ['an answer', () => `/marking/demonstration/${answers.get('2')}`, null],
    ['an answer in code', () => `/marking/demonstration/${answers.get('5')}`, null],
    ['the queue', () => '/marking/demonstration', null],
  ],
  examiner: [['an exam', () => '/examining/demonstration', null]],
};

describe.each(['student', 'marker', 'examiner'] as const)('pages of a %s', (role) => {
  let one: Visitor;

  beforeAll(async () => {
    one = await visit(browser, server, { viewport: WAYS[0][1], colorScheme: 'light' });
    await one.page.addInitScript(WATCH_SHIFTS);
    await signInAs(one, role);
  });

  afterAll(() => one.context.close());

  // Each page in its own time: how many there are says nothing of how long one may take.
  it.each(PAGES.filter(([of]) => of === role).map(([, name, path]) => [name, path] as const))(
    '%s-stands-still-is-never-cut-off-has-names-for-every-control-and-axe-finds-nothing',
    async (name, path) => {
      const { page } = one;
      const faults: string[] = [];
      await page.setViewportSize(WAYS[0][1]);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path());
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      const shifts = await page.evaluate<string[]>('globalThis.shifts');
      faults.push(...shifts.map((shift) => `${name} moved by ${shift}`));
      await page.evaluate(AXE);
      for (const [way, size, colorScheme] of WAYS) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        await page.evaluate(SETTLED);
        const tooWide = await page.evaluate<number>(TOO_WIDE);
        if (tooWide !== 0) faults.push(`${name} on ${way} is ${tooWide} pixels too wide`);
        const unnamed = await page.evaluate<string[]>(UNNAMED);
        const found = SEEN_BY_AXE.includes(way) ? await axe(page) : [];
        faults.push(...[...unnamed, ...found].map((fault) => `${name} on ${way}: ${fault}`));
        if (way === SPACED) {
          // WCAG 1.4.12: who needs letters, words and lines further apart loses nothing by it.
          const spaced = await page.addStyleTag({ content: TEXT_SPACING });
          faults.push(
            ...(await page.evaluate<string[]>(CUT_OFF)).map((fault) => `${name}, spaced: ${fault}`),
          );
          await spaced.evaluate((tag) => tag.parentNode?.removeChild(tag));
        }
        if (way === BACKWARDS)
          faults.push(
            ...(await tabThrough(page, 'Shift+Tab')).map(
              (fault) => `${name} by keyboard, backwards, on ${way}: ${fault}`,
            ),
          );
        if (way === TABBED)
          faults.push(...(await tabThrough(page)).map((fault) => `${name} by keyboard on ${way}: ${fault}`));
      }
      await page.setViewportSize(LOW);
      faults.push(
        ...(await page.evaluate<string[]>(TOO_HIGH)).map((fault) => `${name} on a low screen: ${fault}`),
      );
      expect(faults).toEqual([]);
      expect(one.complaints.splice(0)).toEqual([]);
    },
  );

  it('go-on-paper-as-wide-as-it-is-and-white-also-from-the-dark', async () => {
    const { page } = one;
    const faults: string[] = [];
    for (const [name, path, tab] of PRINTED[role]) {
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
      await page.goto(path());
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (tab !== null) await page.getByRole('tab', { name: tab }).click();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      // A4, less its margins.
      await page.setViewportSize({ width: 718, height: 1047 });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(SETTLED);
      const tooWide = await page.evaluate<number>(TOO_WIDE);
      if (tooWide !== 0) faults.push(`${name} is ${tooWide} pixels wider than the paper`);
      const others = await page.evaluate<string[]>(NOT_FOR_PAPER);
      faults.push(...others.map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });
});
