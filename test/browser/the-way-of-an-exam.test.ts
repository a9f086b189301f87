import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const ANSWERS = 'examples/demonstration/answers.md';
const EXAM = 'Neural Networks and Deep Learning (demonstration paper)';

let server: Server;
let browser: Browser;
let student: Visitor;
let marker: Visitor;
let examiner: Visitor;
let submissionPath = '';

/** What the marker gave, by the part's key. */
const given = new Map<string, string>();

beforeAll(async () => {
  server = await startServer('embedded');
  browser = await openBrowser('windows');
  [student, marker, examiner] = await Promise.all([
    visit(browser, server),
    visit(browser, server),
    visit(browser, server),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The key of the part and what the bar below offers. */
async function atTheBench(page: Page): Promise<{ key: string; confirms: boolean }> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: /^(Give marks|Change)/ }).waitFor();
  const key = (await page.getByRole('heading', { level: 1 }).locator('span').first().textContent()) ?? '';
  return { key, confirms: (await page.getByRole('button', { name: /^Confirm/ }).count()) > 0 };
}

/** Waits until the page shows another answer than this, or the queue. */
async function untilPast(page: Page, address: string): Promise<void> {
  await page.waitForURL((url) => url.pathname !== address);
}

/** Gives one mark for each item and says why: by keyboard alone. */
async function giveMarksByKeyboard(page: Page): Promise<string> {
  await page.keyboard.press('a');
  const total = page.getByLabel('Total marks');
  await total.waitFor();
  const items = page.getByLabel(/^Marks for:/);
  const count = await items.count();
  if (count > 0) await items.first().focus();
  for (let field = 0; field < Math.max(1, count); field += 1) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
  }
  const marks = await total.inputValue();
  if (count > 0) await page.keyboard.press('Enter');
  await page.keyboard.type('Jotted: a point for each.');
  await page.keyboard.press('Control+Enter');
  return marks;
}

describe('the way of an exam', () => {
  it('a-student-hands-in-and-gets-a-receipt', async () => {
    const { page } = student;
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await picture(student, 'sign-in');
    await signInAs(student, 'student');
    await page.getByRole('link', { name: EXAM }).click();
    await page.getByRole('heading', { name: EXAM }).waitFor();
    await page.getByLabel('Your answers as a file').setInputFiles(ANSWERS);
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page
      .getByText(/It has arrived/)
      .filter({ visible: true })
      .waitFor();
    submissionPath = new URL(page.url()).pathname;

    await page.getByRole('tab', { name: 'Receipt' }).click();
    const receipt = page.getByRole('article', { name: 'Receipt' });
    const hash = createHash('sha256')
      .update(await readFile(ANSWERS))
      .digest('hex');
    await receipt.getByText(hash).waitFor();
    await receipt.getByText(/answers\.md/).waitFor();
    expect(await receipt.getByLabel('Receipt code').textContent()).toMatch(/^TM-[0-9A-Z-]{8,}$/);
    expect(await receipt.locator('time').getAttribute('datetime')).toMatch(/^\d{4}-\d\d-\d\dT/);
    await picture(student, 'receipt');
  });

  it('the-student-sees-how-the-document-was-read-and-no-marks', async () => {
    const { page } = student;
    await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
    await page.getByText(/Not released yet/).waitFor();
    await page.getByRole('tab', { name: 'As we read it' }).click();
    await page.getByText(/^(All \d+ parts were found|\d+ of \d+ parts were found)$/).waitFor();
    await page.getByRole('heading', { name: 'Your answers, part by part' }).waitFor();
    expect(await page.getByText(/75,264|75\{,\}264/).count()).toBeGreaterThan(0);
    expect(await page.getByRole('tab', { name: 'Marks and reasons' }).count()).toBe(0);
    await picture(student, 'as-read');
  });

  it('a-marker-confirms-what-is-right-and-decides-the-rest-by-keyboard', async () => {
    const { page } = marker;
    await signInAs(marker, 'marker');
    await page.getByRole('link', { name: EXAM }).click();
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await picture(marker, 'queue');
    await page.keyboard.press('n');
    let confirmed = 0;
    let changed = 0;
    await page.waitForURL(/\/marking\/[^/]+\/[^/]+/);
    while (/\/marking\/[^/]+\/[^/]+/.test(page.url())) {
      const before = new URL(page.url()).pathname;
      const { key, confirms } = await atTheBench(page);
      if (key === '2') {
        await picture(marker, 'marking');
        await page.keyboard.press('o');
        await page.getByLabel('The whole document as it was read').waitFor();
        await page.keyboard.press('o');
        await page.getByLabel('The whole document as it was read').waitFor({ state: 'detached' });
      }
      if (confirms && changed > 0) {
        const button = await page.getByRole('button', { name: /^Confirm/ }).textContent();
        given.set(key, /(\d+(?:\.\d+)?) marks?/.exec(button ?? '')?.[1] ?? '');
        await page.keyboard.press('Enter');
        confirmed += 1;
      } else {
        given.set(key, await giveMarksByKeyboard(page));
        changed += 1;
      }
      await untilPast(page, before);
    }
    expect(confirmed).toBeGreaterThan(0);
    expect(changed).toBeGreaterThan(0);
    await page.getByText('Nothing awaits a mark').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('an-examiner-releases-and-exports', async () => {
    const { page } = examiner;
    await signInAs(examiner, 'examiner');
    await page.getByRole('link', { name: EXAM }).click();
    await page.getByText('Wholly marked').waitFor();
    await page.getByRole('tab', { name: 'Progress' }).click();
    await page.getByRole('cell', { name: 'Kim Marker' }).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.setViewportSize({ width: 1360, height: 850 });
    await page.getByRole('tab', { name: 'Grade table' }).click();
    await page.getByRole('cell', { name: 'Robin Student' }).waitFor();
    await picture(examiner, 'grades');
    await page.getByRole('tab', { name: 'Analysis' }).click();
    await page.getByText('1 paper', { exact: true }).waitFor();
    await picture(examiner, 'analysis');
    await page.getByRole('button', { name: 'Release marks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Release marks' });
    await dialog.getByText(/1 submission is wholly marked/).waitFor();
    await dialog.getByRole('button', { name: 'Release 1 submission' }).click();
    await dialog.getByText('1 submission released').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('1 candidate, 1 released').waitFor();

    await page.getByRole('button', { name: 'Export' }).click();
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /^CSV/ }).click(),
    ]);
    const written = await readFile(await csv.path(), 'utf8');
    expect(csv.suggestedFilename()).toMatch(/\.csv$/);
    for (const key of given.keys()) expect(written).toContain(key);
    await page.getByRole('button', { name: 'Export' }).click();
    const [json] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /^JSON/ }).click(),
    ]);
    const report: unknown = JSON.parse(await readFile(await json.path(), 'utf8'));
    expect(report).toMatchObject({ rows: [{ state: 'released' }] });
  });

  it('the-student-sees-the-marks-and-why', async () => {
    const { page } = student;
    await page.goto(submissionPath);
    await page.getByText('Marked and released').waitFor();
    await page.getByText('Your total').waitFor();
    for (const [key, marks] of given) {
      const line = page.getByRole('listitem').filter({ has: page.locator(`a[href="#part-${key}"]`) });
      expect(await line.textContent()).toContain(`${marks} of`);
    }
    expect(await page.getByText('Jotted: a point for each.').count()).toBeGreaterThan(0);
    await picture(student, 'report');
  });

  it('a-second-look-is-asked-for-answered-by-another-and-seen', async () => {
    const [part] = [...given.keys()];
    const asks = student.page.locator(`[id="part-${part}"]`);
    await asks.getByRole('button', { name: 'Ask for a second look' }).click();
    await asks.getByLabel('Why').fill('The last sentence names a limit.');
    await asks.getByRole('button', { name: 'Send' }).click();
    await asks.getByText('A second look was asked for').waitFor();

    await marker.page.goto('/marking/demonstration');
    await marker.page.getByRole('link', { name: 'Second looks (1)' }).click();
    await marker.page.getByText('The last sentence names a limit.').waitFor();
    await marker.page.getByLabel('Reason').fill('It does not.');
    await marker.page.getByRole('button', { name: 'Keep the mark' }).click();
    await marker.page.getByText(/You set this mark yourself/).waitFor();

    const { page } = examiner;
    await page.goto('/examining/demonstration');
    await page.getByRole('link', { name: 'Second looks (1)' }).click();
    await page.getByLabel('Reason').fill('It does: half a mark more.');
    await page.getByRole('button', { name: 'Give other marks' }).click();
    const items = await page.getByLabel(/^Marks for:/).all();
    for (const [at, item] of items.entries()) await item.fill(at === 0 ? '0.5' : '0');
    await picture(examiner, 'second-look');
    await page.getByRole('button', { name: 'Change the mark' }).click();
    await page.getByText('Nobody waits for a second look').waitFor();

    await student.page.reload();
    await asks.getByText('After a second look, the mark was changed').waitFor();
    expect(await asks.getByText('It does: half a mark more.').count()).toBeGreaterThan(0);
    await asks.getByText('What the marks were for').waitFor();
    // The refusal above is a status of 422, which a browser writes down as a failed load.
    marker.complaints.splice(
      0,
      marker.complaints.length,
      ...marker.complaints.filter((each) => !/ 422 /.test(each)),
    );
  });

  it('nobody-saw-an-error-in-the-console', () => {
    expect([...student.complaints, ...marker.complaints, ...examiner.complaints]).toEqual([]);
  });
});
