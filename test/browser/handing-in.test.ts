import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startServer, type Server } from './server.js';
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
    await page.getByText(/The last attempt that you hand in on time/).waitFor();
    expect(await tooWide(page)).toBe(0);
    await picture(student, 'handing-in-deadline');
  });

  it('an-extension-holds-for-its-student', async () => {
    const { page } = examiner;
    await page.getByRole('button', { name: 'Give an extension' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give an extension' });
    await dialog.getByLabel('Student').selectOption({ index: 1 });
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

describe('consoles', () => {
  it('nobody-saw-an-error', () => {
    expect([...student.complaints, ...examiner.complaints]).toEqual([]);
  });
});
