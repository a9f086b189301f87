import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startServer, type Role, type Server } from './server.js';
import { openBrowser, signInAs, visit } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let submission = '';
let answer = '';

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const { page, context, complaints } = await visit(browser, server);
  await signInAs({ page, context, complaints }, 'student');
  await page.goto('/exams/demonstration');
  await page.getByLabel('Your answers as a file').setInputFiles('examples/demonstration/answers.md');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
  submission = new URL(page.url()).pathname;
  await signInAs({ page, context, complaints }, 'marker');
  await page.goto('/marking/demonstration?part=%222%22');
  await page.getByRole('link', { name: 'Start marking' }).click();
  await page.getByRole('button', { name: /^(Give marks|Change)/ }).waitFor();
  answer = new URL(page.url()).pathname;
  await page.keyboard.press('l');
  await page.getByLabel('Note').fill('Is this as deep as the question wants it?');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Take it back' }).waitFor();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const PAGES: readonly (readonly [Role, string, () => string])[] = [
  ['student', 'exams', () => '/exams'],
  ['student', 'an exam', () => '/exams/demonstration'],
  ['student', 'a submission', () => submission],
  ['marker', 'exams to mark', () => '/marking'],
  ['marker', 'the queue', () => '/marking/demonstration'],
  ['marker', 'an answer', () => answer],
  ['marker', 'answers alike', () => '/marking/demonstration/groups'],
  ['marker', 'shared passages', () => '/marking/demonstration/shared'],
  ['marker', 'flags', () => '/marking/demonstration/flags'],
  ['marker', 'disagreements', () => '/marking/demonstration/disagreements'],
  ['marker', 'second looks', () => '/marking/demonstration/second-looks'],
  ['examiner', 'exams', () => '/examining'],
  ['examiner', 'an exam', () => '/examining/demonstration'],
  ['examiner', 'people', () => '/people'],
  ['examiner', 'learning platforms', () => '/learning-platforms'],
  ['examiner', 'the definition', () => '/examining/demonstration/definition'],
  ['examiner', 'moderation', () => '/examining/demonstration/moderation'],
  ['examiner', 'handing in for a cohort', () => '/examining/demonstration/cohort'],
  ['examiner', 'scheme changes', () => '/examining/demonstration/scheme'],
];

/** Text that is cut off at the edge of the page, or wider than it. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const UNNAMED = `[...document.querySelectorAll('button, a[href], input:not([type=hidden]):not([type=file]), textarea, select')]
  .filter((each) => each.checkVisibility() && !(each.ariaLabel || each.textContent.trim() || each.title || each.labels?.length))
  .map((each) => each.outerHTML.slice(0, 120))`;

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds against WCAG 2.2 AA and its own best practices, as rule and place. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).slice(0, 5).join(', ')))`,
  );
}

describe.each([
  ['a phone in the light', { width: 360, height: 740 }, 'light'],
  ['a phone in the dark', { width: 360, height: 740 }, 'dark'],
  ['a wide screen', { width: 1920, height: 1080 }, 'light'],
] as const)('on %s', (_name, viewport, colorScheme) => {
  it('no-page-is-cut-off-every-control-has-a-name-and-axe-finds-nothing', async () => {
    const violations: string[] = [];
    for (const role of ['student', 'marker', 'examiner'] as const) {
      const one = await visit(browser, server, { viewport, colorScheme });
      await signInAs(one, role);
      for (const [, name, path] of PAGES.filter(([of]) => of === role)) {
        await one.page.goto(path());
        await one.page.getByRole('heading', { level: 1 }).waitFor();
        await one.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
        expect({ name, tooWide: await one.page.evaluate(TOO_WIDE) }).toEqual({ name, tooWide: 0 });
        expect({ name, unnamed: await one.page.evaluate(UNNAMED) }).toEqual({ name, unnamed: [] });
        violations.push(...(await axe(one.page)).map((violation) => `${name}: ${violation}`));
        expect(await one.page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe(
          colorScheme,
        );
      }
      expect(one.complaints).toEqual([]);
      await one.context.close();
    }
    expect(violations).toEqual([]);
  });
});
