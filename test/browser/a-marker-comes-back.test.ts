import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { handInAs, putExam } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const EXAM = `
format: 1
exam: kept
title: Kept back and kept
marking: { hiddenProposals: 100% }
questions:
  - id: 1
    kind: choice
    marks: 2
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`;

let server: Server;
let browser: Browser;
let marker: Visitor;
let examiner: Visitor;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  [marker, examiner] = await Promise.all([visit(browser, server), visit(browser, server)]);
  await signInAs(examiner, 'examiner');
  await signInAs(marker, 'marker');
  await putExam(examiner, 'kept', EXAM);
  const papers = Array.from({ length: 6 }, (_, at) => [`Student ${at}`, '# Question 1\n\nb\n'] as const);
  await handInAs(server, examiner, 'kept', Object.fromEntries(papers));
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function start(page: Page): Promise<void> {
  await page.goto('/marking/kept');
  await page.getByRole('link', { name: 'Start marking' }).click();
  await page.getByRole('button', { name: /^Give marks/ }).waitFor();
}

const atNext = (page: Page, before: string): Promise<void> =>
  page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/marking/kept/'));

describe('a proposal that was kept back', () => {
  it('is-told-beside-the-mark-at-the-next-answer-and-costs-no-key', async () => {
    const { page, context } = marker;
    // So slow that the first answer's page is left while it asks what became of its mark.
    const answers = '**/api/v1/answers/*';
    await context.route(answers, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await start(page);
    const first = page.url();
    await page.getByText('Your decision comes first').waitFor();
    for (const key of ['1', 'g']) await page.keyboard.press(key);
    await atNext(page, first);
    await page.getByText(/^1, C-.*you gave 2 of 2 marks\. The machine had proposed the same\./).waitFor();
    await context.unroute(answers);
    await picture(marker, 'compared');

    const second = page.url();
    await page.keyboard.press('a');
    await page
      .getByLabel(/^Marks for:|^Total marks/)
      .first()
      .fill('0');
    await page.keyboard.press('Control+Enter');
    await atNext(page, second);
    const apart = page.getByText(/you gave 0 of 2 marks\. The machine had proposed 2\./);
    await apart.waitFor();
    await apart.getByRole('link', { name: 'Look at it again' }).click();
    await page.waitForURL(second);
    await page.getByText('Proposed by machine').first().waitFor();
    await apart.waitFor({ state: 'detached' });
    expect(marker.complaints).toEqual([]);
  });
});

describe('a tab that was closed', () => {
  it('loses-neither-what-was-given-nor-what-was-typed-and-shows-what-a-colleague-gave-meanwhile', async () => {
    const { context } = marker;
    const marks = '**/api/v1/answers/*/marks';
    const closing = await context.newPage();
    await context.route(marks, (route) => route.abort());
    await start(closing);
    const given = closing.url();
    for (const key of ['1', 'g']) await closing.keyboard.press(key);
    await atNext(closing, given);
    await closing.getByRole('button', { name: '1 not saved' }).waitFor();
    const typed = closing.url();
    await closing.keyboard.press('f');
    await closing.keyboard.type('Typed before the tab was closed.');
    await closing.close();

    const id = new URL(typed).pathname.split('/').at(-1);
    const other = await examiner.context.request.post(`/api/v1/answers/${id}/marks`, {
      data: { action: 'change', marks: '2', expectedCurrent: null },
    });
    expect(other.status()).toBe(201);

    await context.unroute(marks);
    const back = await context.newPage();
    await back.goto('/marking');
    await back.getByText(/^1, C-.*: 2 of 2 marks$/).waitFor();
    await back.goto(typed);
    expect(await back.getByLabel(/^Reason/).inputValue()).toBe('Typed before the tab was closed.');
    await back.getByText('Sasha Examiner gave 2 after you began to type').waitFor();
    await back.keyboard.press('Escape');
    await back.getByText('Sasha Examiner gave 2 after you began to type').waitFor({ state: 'detached' });
    await back.close();
  });

  it('keeps-it-for-whoever-gave-it-and-for-nobody-else', async () => {
    const { context } = marker;
    const marks = '**/api/v1/answers/*/marks';
    const closing = await context.newPage();
    await context.route(marks, (route) => route.abort());
    await start(closing);
    const given = closing.url();
    for (const key of ['1', 'g']) await closing.keyboard.press(key);
    await atNext(closing, given);
    await closing.getByRole('button', { name: '1 not saved' }).waitFor();
    await closing.close();
    await context.unroute(marks);
    await context.clearCookies();

    const sent: string[] = [];
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/marks')) sent.push(request.url());
    });
    const page = await context.newPage();
    await signInAs({ ...marker, page }, 'examiner');
    await page.goto(given);
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    expect(await page.getByRole('button', { name: /not saved/ }).count()).toBe(0);
    expect(sent).toEqual([]);
    await context.clearCookies();
    await signInAs({ ...marker, page }, 'marker');
    await page.getByText(/^1, C-.*: 2 of 2 marks$/).waitFor();
    expect(sent).toHaveLength(1);
  });
});
