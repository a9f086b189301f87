import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
    prompt: Why does depth help?
    rubric:
      - { id: composes, says: Speaks of composition, marks: 3, feedback: Well put., terms: [composition] }
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
        `# Question 1\n\nThe composition of ${at} layers.\n\n# Question 2\n\nb\n\n# Question 3\n\na\n`,
      ]),
    ),
  );
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('marking by keyboard alone', () => {
  it('digits-apply-items-within-floor-and-cap-and-the-bank-gives-words', async () => {
    const { page } = marker;
    await page.goto('/marking/keys?part=%221%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    const total = page.getByLabel('Total marks');

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
      for (const key of ['1', 'g']) await page.keyboard.press(key);
      presses += 2;
      await page.waitForURL((url) => url.href !== before);
    }
    expect(presses).toBe(2 * (STUDENTS - 2));
  });

  it('proposed-marks-are-confirmed-with-one-key-an-answer', async () => {
    const { page } = marker;
    await page.goto('/marking/keys?part=%222%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    let presses = 0;
    await page.waitForURL(/\/marking\/keys\/./);
    while (/\/marking\/keys\/./.test(page.url())) {
      const before = page.url();
      await page.getByRole('button', { name: /^Confirm/ }).waitFor();
      await page.keyboard.press('g');
      presses += 1;
      await page.waitForURL((url) => url.href !== before);
    }
    expect(presses).toBe(STUDENTS);
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
    await dialog.getByRole('button', { name: /^Apply to/ }).click();
    await page.getByText('Change 1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByLabel('Why').fill('It was clear.');
    await dialog.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByText('Change 1 undone').waitFor();
    const { request } = context;
    const marks = { action: 'confirm', expectedCurrent: null };
    const left = await request.get('/api/v1/exams/keys/marking-queue?part=3');
    for (const { answer, proposed } of (await left.json()) as { answer: string; proposed: string }[]) {
      expect(proposed).toBe('0');
      expect((await request.post(`/api/v1/answers/${answer}/marks`, { data: marks })).status()).toBe(201);
    }
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

  it('no-error-in-the-console', () => expect([...marker.complaints, ...examiner.complaints]).toEqual([]));
});
