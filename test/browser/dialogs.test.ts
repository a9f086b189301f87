import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { AXE, axe } from './axe.js';
import { startServer, type Role, type Server } from './server.js';
import { openBrowser, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let one: Visitor;
let signedIn: Role | null = null;
/** The answers that await a mark, by the keys of their parts. */
const answers = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  one = await visit(browser, server);
  const { page, context } = one;
  await as('student');
  await page.goto('/exams/demonstration');
  await page.getByLabel('Your answers as a file').setInputFiles('examples/demonstration/answers.md');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
  await as('examiner');
  // What can be extended has a deadline.
  const due = await context.request.put('/api/v1/exams/demonstration/schedule', {
    data: {
      opens: null,
      deadline: '2036-03-09T13:00:00Z',
      graceSeconds: 0,
      late: { kind: 'refused' },
      counts: 'last',
    },
  });
  const queue = await context.request.get('/api/v1/exams/demonstration/marking-queue');
  for (const { part, answer } of (await queue.json()) as { part: string; answer: string }[])
    answers.set(part, answer);
  if (!due.ok()) throw new Error(`no deadline: ${await due.text()}`);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function as(role: Role): Promise<void> {
  if (signedIn === role) return;
  await one.context.clearCookies();
  await signInAs(one, role);
  signedIn = role;
}

interface Opens {
  readonly as: Role;
  readonly at: () => string;
  /** Of the button. */
  readonly by: string | RegExp;
  /** What opens it from anywhere, besides. */
  readonly key?: string;
}

const bench = () => `/marking/demonstration/${answers.get('2')}`;
const examined = () => '/examining/demonstration';

/** Whatever opens over a page. A new one is a row. */
const ALL: Readonly<Record<string, Opens>> = {
  'colour-scheme': { as: 'student', at: () => '/exams', by: /^Colour scheme/ },
  account: { as: 'student', at: () => '/exams', by: /^Account of/ },
  keys: { as: 'marker', at: bench, by: 'Keys', key: '?' },
  flag: { as: 'marker', at: bench, by: 'Flag to a colleague', key: 'l' },
  deadlines: { as: 'examiner', at: examined, by: 'Change deadlines' },
  extension: { as: 'examiner', at: examined, by: 'Give an extension' },
  export: { as: 'examiner', at: examined, by: 'Export' },
  import: { as: 'examiner', at: examined, by: 'Import' },
  'release-of-nothing': { as: 'examiner', at: examined, by: 'Release marks' },
  'plan-of-the-release': { as: 'examiner', at: examined, by: 'Plan the release' },
  withholding: { as: 'examiner', at: examined, by: 'Withhold a result' },
  excusal: { as: 'examiner', at: examined, by: 'Excuse a student' },
  team: { as: 'examiner', at: examined, by: 'Name somebody …' },
  sample: { as: 'examiner', at: () => '/examining/demonstration/moderation', by: 'Take a sample …' },
  'a-new-person': { as: 'examiner', at: () => '/people', by: 'Add somebody' },
  'import-of-people': { as: 'examiner', at: () => '/people', by: 'Import' },
  erasing: { as: 'examiner', at: () => '/people', by: /^Erase Kim/ },
  conflict: { as: 'examiner', at: () => '/people', by: 'Declare a conflict …' },
  platform: { as: 'examiner', at: () => '/learning-platforms', by: 'Add a platform' },
};

const opened = (page: Page) =>
  page.locator('[role="dialog"], [role="menu"]').filter({ visible: true }).first();
const FOCUS_IS_WITHIN = `document.activeElement.closest('[role="dialog"], [role="menu"]') !== null`;
const FOCUSED = `document.activeElement === document.body ? 'nothing' : document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()`;

/** What takes the focus does so when it has been drawn. */
async function until(page: Page, what: string): Promise<boolean> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await page.evaluate<boolean>(what)) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

async function goTo({ as: role, at }: Opens): Promise<Page> {
  await as(role);
  const { page } = one;
  await page.goto(at());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  return page;
}

/** A button that still waits for what it offers takes no focus. */
async function focusOn(page: Page, { by }: Opens): Promise<void> {
  await page.getByRole('button', { name: by, exact: true, disabled: false }).first().focus();
}

/** The focus goes in and stays in, in both directions; Escape closes. */
async function goesInAndOut(page: Page): Promise<void> {
  await opened(page).waitFor();
  expect(await until(page, FOCUS_IS_WITHIN)).toBe(true);
  if ((await opened(page).getAttribute('role')) === 'dialog')
    for (const key of ['Shift+Tab', 'Tab']) {
      await page.keyboard.press(key);
      expect(await page.evaluate(FOCUS_IS_WITHIN)).toBe(true);
    }
  await page.keyboard.press('Escape');
  await opened(page).waitFor({ state: 'detached' });
}

describe('what opens over a page', () => {
  it.each(Object.entries(ALL))('%s-takes-the-focus-and-gives-it-back-at-Escape', async (_name, row) => {
    const page = await goTo(row);
    await focusOn(page, row);
    const before = await page.evaluate<string>(FOCUSED);
    await page.keyboard.press('Enter');
    await opened(page).waitFor();
    await page.evaluate(AXE);
    expect(await axe(page)).toEqual([]);
    await goesInAndOut(page);
    expect(await until(page, `(${FOCUSED}) === ${JSON.stringify(before)}`)).toBe(true);
    if (row.key === undefined) return;
    // From nowhere it leads to somewhere.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press(row.key);
    await goesInAndOut(page);
    expect(await until(page, `(${FOCUSED}) !== 'nothing'`)).toBe(true);
  });

  it('also-while-it-fades-the-focus-goes-in-and-comes-back', async () => {
    await as('examiner');
    const { page } = one;
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    for (const name of ['excusal', 'team', 'export'] as const) {
      const row = ALL[name];
      if (row === undefined) throw new Error(`there is no ${name}`);
      await goTo(row);
      await focusOn(page, row);
      const before = await page.evaluate<string>(FOCUSED);
      await page.keyboard.press('Enter');
      await goesInAndOut(page);
      expect(await until(page, `(${FOCUSED}) === ${JSON.stringify(before)}`)).toBe(true);
      // Closed as it opens, and opened as it closes.
      await page.keyboard.press('Enter');
      await opened(page).waitFor();
      await page.keyboard.press('Escape');
      await opened(page).waitFor({ state: 'detached' });
      expect(await until(page, `(${FOCUSED}) === ${JSON.stringify(before)}`)).toBe(true);
    }
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  it('comments-go-back-to-the-reason', async () => {
    const page = await goTo({
      as: 'marker',
      at: () => `/marking/demonstration/${answers.get('1.a')}`,
      by: '',
    });
    await page.keyboard.press('f');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Control+b');
    await goesInAndOut(page);
    expect(await until(page, `document.activeElement.matches('textarea')`)).toBe(true);
  });
});

describe('by keyboard alone', () => {
  it('an-exam-is-written-into-an-empty-editor-saved-and-opened', async () => {
    const page = await goTo({ as: 'examiner', at: () => '/examining/~new', by: '' });
    const { keyboard } = page;
    const offered = page.locator('.cm-tooltip-autocomplete');
    /** Types, and takes what is offered then. */
    const take = async (typed: string, offer: string) => {
      await keyboard.type(typed);
      await offered.getByRole('option', { name: offer, selected: true }).waitFor();
      // The list lets a key through to the text for a moment, so that nobody takes what they have not seen.
      await page.waitForTimeout(100);
      await keyboard.press('Enter');
    };
    for (let presses = 0; presses < 20; presses += 1) {
      if ((await page.evaluate<string>(FOCUSED)) === 'The exam as YAML') break;
      await keyboard.press('Tab');
    }
    await keyboard.press('Control+a');
    await keyboard.press('Delete');
    // Asked for at once: it is offered when it is there.
    await keyboard.press('Control+Space');
    for (const [typed, offer, rest] of [
      ['', 'format', ''],
      ['', '1', '\n'],
      ['ex', 'exam', 'all-by-keys\n'],
      ['ti', 'title', 'Written by keys\n'],
      ['qu', 'questions', ''],
      ['id', 'id', '1\n'],
      ['ki', 'kind', ''],
      ['es', 'essay', '\n'],
      ['mark', 'marks', '2\n'],
      ['prom', 'prompt', 'Why?\n'],
      ['rub', 'rubric', ''],
      ['id', 'id', 'one\n'],
      ['say', 'says', 'It says why\n'],
      ['mar', 'marks', '2'],
    ] as const) {
      await take(typed, offer);
      await keyboard.type(rest);
    }
    // Escape ends what is offered, Tab leaves the editor, and back in it a key saves.
    await keyboard.press('Control+Space');
    await keyboard.press('Escape');
    await offered.waitFor({ state: 'detached' });
    await keyboard.press('Tab');
    expect(await until(page, `(${FOCUSED}) !== 'The exam as YAML'`)).toBe(true);
    await keyboard.press('Shift+Tab');
    expect(await until(page, `(${FOCUSED}) === 'The exam as YAML'`)).toBe(true);
    await keyboard.press('Control+s');
    await opened(page).waitFor();
    expect(await until(page, FOCUS_IS_WITHIN)).toBe(true);
    await keyboard.press('Escape');
    await opened(page).waitFor({ state: 'detached' });
    expect(await until(page, `(${FOCUSED}) === 'The exam as YAML'`)).toBe(true);
    await keyboard.press('Control+s');
    await opened(page).waitFor();
    expect(await until(page, FOCUS_IS_WITHIN)).toBe(true);
    await keyboard.press('Enter');
    await page.waitForURL('**/examining/all-by-keys');
    await page.locator('h1:focus', { hasText: 'Written by keys' }).waitFor();
  });

  it('one-signs-in-changes-the-colours-and-signs-out', async () => {
    const { page, context } = await visit(browser, server);
    const tabTo = async (name: string | RegExp) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate<string>(
          `document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent.trim()`,
        );
        if (typeof name === 'string' ? here.startsWith(name) : name.test(here)) return;
      }
      throw new Error(`Tab never comes to ${name}`);
    };
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tabTo('Email');
    await page.keyboard.type('student@demonstration.example');
    await tabTo('Password');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    // What is wrong is mended where one is.
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
    await page.getByLabel('Password', { exact: true }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('student-demonstration');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Your exams' }).waitFor();
    await tabTo('Colour scheme');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Dark/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    for (let presses = 0; presses < 4; presses += 1) {
      if (await page.evaluate<boolean>(`/^Dark/.test(document.activeElement.textContent)`)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await tabTo('Account of');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await context.close();
  });
});
