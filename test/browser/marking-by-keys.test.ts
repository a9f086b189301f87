import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { choose, person } from './choosing.js';
import { handInAs, putExam } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const EXAM = `
format: 1
exam: keys
title: Marked by keys
questions:
  - id: 1
    kind: essay
    marks: 4
    floor: 0.5
    cap: 3.5
    prompt: Why do skip connections help?
    rubric:
      - { id: composes, says: The gradient can flow directly through the skip connection., marks: 3, feedback: Well put. }
      - { id: example, says: Gives an example, marks: 1, terms: [example] }
    adjustments:
      - { id: repeats, says: Repeats the question, marks: -1, feedback: Say it in your own words. }
  - id: 2
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
  - id: 3
    kind: choice
    marks: 1
    prompt: And which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`;
const STUDENTS = 12;

/** What was pressed is gone with what it did: the focus is on the heading of the page, and stays there. */
async function headingHasFocus(page: Page): Promise<void> {
  await page.locator('h1:focus').waitFor();
  // A dialog gives the focus back when it has faded.
  await page.waitForTimeout(500);
  await page.locator('h1:focus').waitFor();
}

let server: Server;
let browser: Browser;
let marker: Visitor;
let examiner: Visitor;
let submissions: ReadonlyMap<string, string>;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  [marker, examiner] = await Promise.all([visit(browser, server), visit(browser, server)]);
  await signInAs(examiner, 'examiner');
  await signInAs(marker, 'marker');
  await putExam(examiner, 'keys', EXAM);
  submissions = await handInAs(
    server,
    examiner,
    'keys',
    Object.fromEntries(
      Array.from({ length: STUDENTS }, (_, at) => [
        `Student ${at}`,
        `# Question 1\n\nThe gradient flows directly through the shortcut. I counted ${at} layers.\n\n# Question 2\n\nb\n\n# Question 3\n\na\n`,
      ]),
    ),
  );
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** By whom the answers to a part that await a mark are held, for those that somebody else holds. */
async function heldIn(request: APIRequestContext, part: string): Promise<string[]> {
  const queue = await request.get(`/api/v1/exams/keys/marking-queue?part=${part}`);
  const entries = (await queue.json()) as { heldBy: string | null }[];
  return entries.flatMap(({ heldBy }) => heldBy ?? []);
}

async function untilHeld(request: APIRequestContext, part: string, wanted: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await heldIn(request, part)).length === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await heldIn(request, part)).toHaveLength(wanted);
}

/** Gives each answer that wants a second mark of this person what the first had. */
async function markAgain(request: APIRequestContext): Promise<void> {
  const queue = await request.get('/api/v1/exams/keys/marking-queue');
  for (const { answer, second } of (await queue.json()) as { answer: string; second: boolean }[]) {
    if (!second) continue;
    const shown = await request.get(`/api/v1/answers/${answer}`);
    const { part } = (await shown.json()) as { part: { rubric: { item: string }[] } };
    const items = part.rubric.map(({ item }) => ({ item, marks: item === 'composes' ? '3' : '0' }));
    const marks = items.some(({ item }) => item === 'composes') ? '3' : '0';
    const given = await request.post(`/api/v1/answers/${answer}/marks`, {
      data: { action: 'change', expectedCurrent: null, marks, items, reason: 'Looked at again.' },
    });
    expect([given.status(), await given.text()]).toEqual([201, expect.anything()]);
  }
}

/** The report with one mark replaced. */
function withMark(csv: string, email: string, part: string, marks: string): string {
  const [head = '', ...rows] = csv.split('\r\n');
  const at = (name: string) => head.split(',').indexOf(name);
  return [
    head,
    ...rows.map((row) => {
      const cells = row.split(',');
      if (row.includes(email) && cells[at('part')] === part) cells[at('marks')] = marks;
      return cells.join(',');
    }),
  ].join('\r\n');
}

describe('marking by keyboard alone', () => {
  it('digits-apply-items-within-floor-and-cap-and-the-bank-gives-words', async () => {
    const { page } = marker;
    await page.goto('/marking/keys?part=%221%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    const total = page.getByLabel('Total marks');

    // A word on what the machine suggests; it touches no mark.
    await page.keyboard.press('s');
    await page.keyboard.press('y');
    await page.getByRole('button', { name: 'Right', pressed: true }).waitFor();
    // That led on to the next.
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Wrong', pressed: true }).waitFor();
    expect(await page.getByRole('button', { pressed: true, name: /^(Right|Wrong)/ }).count()).toBe(2);

    await page.keyboard.press('1');
    expect(await total.inputValue()).toBe('3');
    await page.keyboard.press('2');
    expect(await total.inputValue()).toBe('3.5');
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await page.keyboard.press('3');
    expect(await total.inputValue()).toBe('0.5');
    await page.keyboard.press('1');
    expect(await total.inputValue()).toBe('2');

    await page.keyboard.press('f');
    await page.keyboard.type('Name a second layer, 1 or 2.');
    expect(await total.inputValue()).toBe('2');
    await page.keyboard.press('Control+b');
    const bank = page.getByRole('dialog');
    await bank.getByRole('button', { name: /^Keep what I wrote/ }).click();
    await bank.getByRole('button', { name: 'Name a second layer' }).waitFor();
    await picture(marker, 'comments');
    await page.keyboard.press('Escape');
    await bank.waitFor({ state: 'detached' });
    await page.getByLabel('Feedback for: Repeats the question').fill('This is the question again.');
    await picture(marker, 'marking-by-keys');
    const before = page.url();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL((url) => url.href !== before);

    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('b');
    await page.getByRole('dialog').getByRole('button', { name: 'Name a second layer' }).waitFor();
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByLabel(/^Reason/).inputValue()).toBe('Name a second layer, 1 or 2.');
    const second = page.url();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL((url) => url.href !== second);
  });

  it('a-question-is-marked-with-two-keys-an-answer', async () => {
    const { page } = marker;
    let presses = 0;
    while (/\/marking\/keys\/./.test(page.url())) {
      const before = page.url();
      await page.getByRole('button', { name: /^Give marks/ }).waitFor();
      // Once some are marked, what was accepted in one is shown beside the sentence that says the same here.
      if (presses === 2 * (STUDENTS - 3)) {
        await page.getByText(/says the same as what was accepted for C-/).waitFor();
        await picture(marker, 'marked-example');
      }
      // Once it is what was given before, again.
      for (const key of [presses === 4 ? 'r' : '1', 'g']) await page.keyboard.press(key);
      presses += 2;
      await page.waitForURL((url) => url.href !== before);
    }
    expect(presses).toBe(2 * (STUDENTS - 2));
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('proposed-marks-are-confirmed-with-one-key-an-answer-and-saving-never-blocks', async () => {
    const { page } = marker;
    // Not one is saved before all are given.
    let letThrough = () => {};
    const through = new Promise<void>((open) => (letThrough = open));
    await page.route('**/api/v1/answers/*/marks', async (route) => {
      await through;
      await route.continue();
    });
    await page.goto('/marking/keys?part=%222%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    let presses = 0;
    await page.waitForURL(/\/marking\/keys\/./);
    while (/\/marking\/keys\/./.test(page.url())) {
      const before = page.url();
      await page.getByRole('button', { name: /^Confirm/ }).waitFor();
      // Those that are being saved, this one, and the next: no colleague gets it meanwhile.
      const held = Math.min(presses + 2, STUDENTS);
      await untilHeld(examiner.context.request, '2', held);
      await page.keyboard.press('g');
      presses += 1;
      await page.waitForURL((url) => url.href !== before);
    }
    expect(presses).toBe(STUDENTS);
    await page.getByText('Nothing awaits a mark').waitFor();
    await page.getByText('Saving', { exact: true }).waitFor();
    expect((await heldIn(examiner.context.request, '2')).length).toBe(STUDENTS);
    letThrough();
    await page.getByText('Saved', { exact: true }).waitFor();
    const left = await examiner.context.request.get('/api/v1/exams/keys/marking-queue?part=2');
    expect(await left.json()).toEqual([]);
    await page.unroute('**/api/v1/answers/*/marks');
  });

  it('answers-that-are-alike-are-one-decision-and-one-can-be-taken-out', async () => {
    const { page } = marker;
    await page.goto('/marking/keys/groups?part=%223%22');
    const boxes = page.getByRole('checkbox', { name: /^C-/ });
    await boxes.first().waitFor();
    expect(await boxes.count()).toBe(STUDENTS);
    await boxes.first().focus();
    await page.keyboard.press('Space');
    await picture(marker, 'alike');
    await page.getByRole('button', { name: `Confirm 0 marks for ${STUDENTS - 1}` }).press('Enter');
    await page.getByText('No unmarked answers to this part are alike').waitFor();
    // The wrong key: one press takes it back for all of them.
    await page.getByRole('button', { name: `Give all ${STUDENTS - 1} other marks` }).press('Enter');
    await page.keyboard.type('0.5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Half of it is said.');
    await page.keyboard.press('Enter');
    const main = page.getByRole('main');
    await main.getByText(`${STUDENTS - 1} answers changed to 0.5`).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Give all/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('0');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nothing is, after all.');
    await page.keyboard.press('Enter');
    await main.getByText(`${STUDENTS - 1} answers changed to 0`, { exact: true }).waitFor();
  });

  it('a-changed-scheme-is-looked-at-applied-and-undone', async () => {
    const { page, context } = examiner;
    const staged = await context.request.post('/api/v1/exams/keys/scheme-changes/preview', {
      data: EXAM.replace('prompt: And which?\n', 'prompt: And which?\n    floor: 0.25\n'),
      headers: { 'content-type': 'application/yaml' },
    });
    expect(staged.status()).toBe(201);
    await page.goto('/examining/keys/scheme');
    await page.getByText('Marked otherwise: 3.').waitFor();
    const apply = page.getByRole('button', { name: 'Apply the change' });
    await page.getByRole('cell', { name: '+0.25' }).first().waitFor({ timeout: 60_000 });
    // Not before all are reckoned.
    await page.locator('button:enabled', { hasText: 'Apply the change' }).waitFor({ timeout: 60_000 });
    await picture(examiner, 'scheme-change');
    await apply.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('The question was unclear.');
    await dialog.getByRole('button', { name: /^Apply to/ }).press('Enter');
    await page.getByText('Change 1', { exact: true }).waitFor();
    await headingHasFocus(page);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await dialog.getByLabel('Why').fill('It was clear.');
    await dialog.getByRole('button', { name: 'Undo the change' }).press('Enter');
    await page.getByText('Change 1 undone').waitFor();
    await headingHasFocus(page);
    const { request } = context;
    const marks = { action: 'confirm', expectedCurrent: null };
    const left = await request.get('/api/v1/exams/keys/marking-queue?part=3');
    for (const { answer, proposed } of (await left.json()) as { answer: string; proposed: string }[]) {
      expect(proposed).toBe('0');
      expect((await request.post(`/api/v1/answers/${answer}/marks`, { data: marks })).status()).toBe(201);
    }
  });

  it('a-sample-is-taken-marked-by-the-other-and-decided-on', async () => {
    const { page } = examiner;
    await page.goto('/examining/keys/moderation');
    await page.getByText('No sample has been taken').waitFor();
    await page.getByRole('button', { name: 'Take a sample …' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Take a sample' });
    await dialog.getByLabel('Of each marker').fill('1');
    await dialog.getByLabel('Tolerance in marks').fill('4');
    await dialog.getByRole('button', { name: 'Take the sample' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const sample = page.getByRole('region', { name: 'Sample 1, by marker and part' });
    await sample.getByRole('rowheader', { name: 'Kim Marker' }).waitFor();
    for (const { context } of [marker, examiner]) await markAgain(context.request);
    await page.reload();
    await picture(examiner, 'samples');
    await sample
      .getByRole('button', { name: /^Decide on Kim Marker/ })
      .first()
      .press('Enter');
    const decision = page.getByRole('dialog', { name: 'What comes of it' });
    await decision.getByLabel('Reason').fill('They agree.');
    await decision.getByRole('button', { name: 'Decide', exact: true }).press('Enter');
    await decision.waitFor({ state: 'detached' });
    const accepted = sample.getByRole('cell', { name: 'Accepted' });
    await accepted.waitFor();
    expect(await accepted.count()).toBe(1);
  });

  it('a-student-is-excused-and-a-release-planned-and-held-and-all-of-it-taken-back', async () => {
    const { page } = examiner;
    await page.goto('/examining/keys');
    await page.getByRole('button', { name: 'Excuse a student' }).press('Enter');
    const dialog = page.getByRole('dialog');
    // Who is found while one types is read out.
    await person(dialog, 'Student').fill('3 student.3@');
    await dialog.locator('output', { hasText: /^1 found: Student 3 / }).waitFor();
    await choose(page, person(dialog, 'Student'), '3 student.3@');
    await dialog.getByLabel('From').selectOption({ index: 3 });
    await dialog.getByLabel('Reason').fill('Ill that day.');
    await picture(examiner, 'excusing');
    await dialog.getByRole('button', { name: 'Excuse', exact: true }).press('Enter');
    const excused = page.getByRole('list', { name: 'Excused students' });
    await excused.getByText('Ill that day.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await excused.getByRole('button', { name: 'Take back that Student 3 is excused from 3' }).press('Enter');
    await dialog.getByLabel('Reason').fill('They were there.');
    await dialog.getByRole('button', { name: 'Take back', exact: true }).press('Enter');
    await page.getByText(/^Nobody is excused/).waitFor();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Plan the release' }).press('Enter');
    await dialog.getByLabel('Release all marks at').fill('2036-05-01T10:00');
    await dialog.getByRole('button', { name: 'Plan the release' }).press('Enter');
    await page.getByText('1 May 2036 at 10:00').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByText(/^No release is planned/).count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel the plan' }).press('Enter');
    await page.getByText(/^No release is planned/).waitFor();

    await page.getByRole('button', { name: 'Withhold a result' }).press('Enter');
    await choose(page, person(dialog, 'Student'), 'Student 3');
    await dialog.getByLabel('Reason').fill('An inquiry is open.');
    await dialog.getByRole('button', { name: 'Withhold the result' }).press('Enter');
    const withheld = page.getByRole('list', { name: 'Withheld results' });
    await withheld.getByText('An inquiry is open.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await picture(examiner, 'release');
    await withheld.getByRole('button', { name: 'Let go of the result of Student 3' }).press('Enter');
    await dialog.getByLabel('Reason').fill('It is closed.');
    await dialog.getByRole('button', { name: 'Let the result go' }).press('Enter');
    await withheld.waitFor({ state: 'detached' });
    await page.getByText(/^Nothing is in the way of it now/).waitFor();
  });

  it('after-release-the-items-and-their-feedback-are-in-the-report', async () => {
    const { request } = examiner.context;
    expect((await request.post('/api/v1/exams/keys/release', { data: {} })).ok()).toBe(true);
    const reports = await Promise.all(
      [...submissions.values()].map(async (id) =>
        (await request.get(`/api/v1/submissions/${id}/report`)).text(),
      ),
    );
    const report = reports.find((text) => text.includes('This is the question again.')) ?? '{}';
    const { parts } = JSON.parse(report) as { parts: unknown[] };
    expect(parts[0]).toMatchObject({
      marks: '2',
      reason: 'Name a second layer, 1 or 2.',
      items: [
        { item: 'composes', marks: '3', feedback: 'Well put.' },
        { item: 'example', marks: '0', feedback: null },
        { item: 'repeats', marks: '-1', feedback: 'This is the question again.' },
      ],
    });
    // An adjustment that was not made is not told.
    const other = reports.find((text) => !text.includes('This is the question again.')) ?? '';
    expect(other).not.toContain('repeats');
  });

  it('grades-edited-in-a-file-are-shown-before-they-are-set-and-the-analysis-tells-what-was-accepted', async () => {
    const { page, context } = examiner;
    const report = await (await context.request.get('/api/v1/exams/keys/grade-report?format=csv')).text();
    await page.goto('/examining/keys');
    await page.getByRole('button', { name: 'Import' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Import grades' });
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'grades.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(withMark(report, 'student.5@example.org', '2', '0')),
    });
    await dialog.getByText('1 mark would change').waitFor();
    await dialog.getByRole('cell', { name: 'Student 5' }).waitFor();
    await dialog.getByLabel('Reason').fill('Both options were right.');
    await picture(examiner, 'importing');
    await dialog.getByRole('button', { name: 'Set 1 mark' }).press('Enter');
    await dialog.getByText('1 mark set', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('tab', { name: 'Analysis' }).click();
    const accepted = page.getByRole('region', { name: 'Suggestions for essays' });
    await accepted.getByRole('listitem').filter({ hasText: 'The gradient can flow' }).waitFor();
    expect(await accepted.getByRole('listitem').first().textContent()).toContain('1 of 1');
    await picture(examiner, 'accepted-suggestions');
  });

  it('a-student-is-found-among-the-submissions-and-leads-to-all-their-answers', async () => {
    const { page } = examiner;
    await page.getByRole('tab', { name: 'Submissions' }).click();
    await page.getByLabel('Find by name, number, address or candidate').fill('student.5@');
    await page.getByText('1 submission', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Student 5' }).press('Enter');
    await page.getByText('3 answers', { exact: true }).waitFor();
    const find = page.getByLabel('Find a candidate');
    expect(await find.inputValue()).toMatch(/^C-/);
    await find.fill('');
    await page.getByText(`${3 * STUDENTS} answers`).waitFor();
    await find.fill('C-');
    await find.press('Enter');
    await page.waitForURL(/candidate=/);
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Find a candidate');
  });

  it('no-error-in-the-console', () => expect([...marker.complaints, ...examiner.complaints]).toEqual([]));
});
