import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { pdf, put } from '../../libs/documents/test/writing/pdf.js';
import { startServer, type Server } from './server.js';
import { openBrowser, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let student: Visitor;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  student = await visit(browser, server);
  await signInAs(student, 'student');
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** As after a build: a piece of the page that was loaded is gone, and the server's pages name another program. Until it is loaded anew. */
async function rebuild(page: Page, piece: RegExp): Promise<void> {
  let isOld = true;
  page.once('domcontentloaded', () => (isOld = false));
  await page.route(
    ({ pathname }) => piece.test(pathname),
    (route) => (isOld ? route.fulfill({ status: 404 }) : route.continue()),
  );
  await page.route(
    ({ pathname }) => pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /(<script type="module"[^>]* src=")[^"]+/,
        '$1/assets/new.js',
      );
      await route.fulfill({ response, body });
    },
  );
  await page.evaluate('globalThis.isOld = true');
}

const isLoadedAnew = (page: Page) => page.evaluate<boolean>('globalThis.isOld !== true');

describe('pages that were built anew while one is open', () => {
  it('are-loaded-by-themselves-where-nothing-was-typed', async () => {
    const { page } = student;
    await page.goto('/exams/demonstration');
    await page.getByLabel('Your answers as a file').setInputFiles({
      name: 'answers.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(pdf([put(72, 700, 'Question 2: 385536')])),
    });
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
    await rebuild(page, /\/PdfPages-[^/]*\.js$/);
    await Promise.all([page.waitForEvent('domcontentloaded'), page.getByText('As it was uploaded').click()]);
    // What is read comes first again.
    await page.getByText('As it was uploaded').click();
    await page.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
    expect(await isLoadedAnew(page)).toBe(true);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('are-offered-where-something-was-chosen-or-typed', async () => {
    const { page } = student;
    await page.goto('/exams/demonstration');
    await page.getByLabel('Your answers as a file').setInputFiles({
      name: 'large.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from(`# Question 2\n\n385536${'\n'.repeat(6_000_000)}`),
    });
    // What sends large files is fetched when there is one.
    await rebuild(page, /\/browser-[^/]*\.js$/);
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText(/^A new version of these pages is there/).waitFor();
    expect(await isLoadedAnew(page)).toBe(false);
    await page.getByText('large.md', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Load it' }).click();
    await page.getByText(/^A new version of these pages is there/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    expect(await isLoadedAnew(page)).toBe(true);
    await page.unrouteAll({ behavior: 'wait' });
  });
});
