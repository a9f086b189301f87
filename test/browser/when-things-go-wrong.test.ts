import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { putExam } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

/** What has the focus, by its name. */
const FOCUSED = 'document.activeElement.getAttribute("aria-label")';
const ANSWERS = 'examples/demonstration/answers.md';

let server: Server;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const student = await visitor();
  await signInAs(student, 'student');
  await handIn(student, ANSWERS);
  await student.page.getByText('It has arrived, and is with the markers').waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visitor(): Promise<Visitor> {
  const one = await visit(browser, server);
  visitors.push(one);
  return one;
}

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

async function handIn({ page }: Visitor, file: string | Upload): Promise<void> {
  await page.goto('/exams/demonstration');
  await page.getByLabel('Your answers as a file').setInputFiles(file);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
}

/** Opens the first answer of a part that awaits a mark. */
async function openPart({ page }: Visitor, part: string): Promise<void> {
  await page.goto(`/marking/demonstration?part=%22${part}%22`);
  await page.getByRole('link', { name: 'Start marking' }).click();
  await page.getByRole('button', { name: /^(Give marks|Change)/ }).waitFor();
}

/** Opens the one mark that was not saved, from the list of them. */
async function openUnsaved({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: '1 not saved' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Open the answer' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function fillMarks({ page }: Visitor, each: string, reason: string): Promise<void> {
  await page.keyboard.press('a');
  const items = page.getByLabel(/^Marks for:/);
  await items.first().waitFor();
  for (const item of await items.all()) await item.fill(each);
  await page.getByLabel(/^Reason/).fill(reason);
}

describe('when things go wrong', () => {
  it('two-markers-at-once-see-both-marks-and-nothing-is-overwritten', async () => {
    const [first, second] = [await visitor(), await visitor()];
    await signInAs(first, 'marker');
    await signInAs(second, 'examiner');
    await Promise.all([openPart(first, '1.a'), openPart(second, '1.a')]);
    await fillMarks(first, '1', 'Named but not explained.');
    await fillMarks(second, '2', 'All there.');
    await second.page.keyboard.press('Control+Enter');
    await second.page.getByText(/^1\.a, C-.*6 of 6 marks$/).waitFor();

    await first.page.keyboard.press('Control+Enter');
    await openUnsaved(first);
    const conflict = first.page.getByRole('alert', { name: 'Two marks for one answer' });
    await conflict.getByText('All there.').waitFor();
    await conflict.getByText(/Sasha Examiner/).waitFor();
    expect(await conflict.getByLabel('Reason').inputValue()).toBe('Named but not explained.');
    await conflict.getByRole('button', { name: 'Put mine on top' }).click();
    await first.page.getByText(/^1\.a, C-.*3 of 6 marks$/).waitFor();

    await first.page.goto('/marking/demonstration?part=%221.a%22&state=marked');
    await first.page.getByRole('link', { name: 'Look through' }).click();
    const marks = first.page.getByRole('region', { name: 'The scheme' }).getByRole('listitem');
    await marks.filter({ hasText: 'Kim Marker' }).filter({ hasText: '3' }).waitFor();
    await marks.filter({ hasText: 'Sasha Examiner' }).filter({ hasText: '6' }).waitFor();
  });

  it('a-mark-that-a-colleague-takes-back-is-not-marked-over-unseen', async () => {
    const [first, second] = [await visitor(), await visitor()];
    await signInAs(first, 'marker');
    await signInAs(second, 'examiner');
    const takenBackWhile = async (reason: string) => {
      for (const { page } of [first, second]) {
        await page.goto('/marking/demonstration?part=%221.a%22&state=marked');
        await page.getByRole('link', { name: 'Look through' }).click();
        await page.getByRole('button', { name: 'Take back' }).waitFor();
      }
      await fillMarks(first, '1', reason);
      await second.page.keyboard.press('t');
      await second.page.getByText('1.a, C-').getByText('taken back, no mark stands').waitFor();
      await first.page.keyboard.press('Control+Enter');
      await openUnsaved(first);
      const gone = first.page.getByRole('alert', { name: 'A mark that was taken back' });
      await gone.getByText('No mark stands').waitFor();
      await gone.getByText('Yours, not saved').waitFor();
      return gone;
    };
    const gone = await takenBackWhile('It is worth less.');
    await picture(first, 'taken-back-meanwhile');
    await gone.getByRole('button', { name: 'Give mine' }).click();
    await first.page.getByText(/^1\.a, C-.*3 of 6 marks$/).waitFor();

    const again = await takenBackWhile('Or is it?');
    await again.getByRole('button', { name: 'Leave it without' }).click();
    await again.waitFor({ state: 'detached' });
    await first.page.getByRole('button', { name: /^(Give marks|Change)/ }).waitFor();
    expect(await first.page.getByRole('button', { name: 'Take back' }).count()).toBe(0);
    const said = first.page.getByRole('region', { name: 'The scheme' });
    await said.getByText('It is worth less.').waitFor();
    expect(await said.getByText('Or is it?').count()).toBe(0);
  });

  it('a-lost-connection-keeps-what-was-typed-and-says-so', async () => {
    const marker = await visitor();
    await signInAs(marker, 'marker');
    await openPart(marker, '1.b');
    await fillMarks(marker, '99', 'Too many.');
    await marker.page
      .getByLabel(/^Marks for:/)
      .last()
      .press('Control+Enter');
    await marker.page.getByText('At most 2').first().waitFor();
    await marker.page.keyboard.press('Escape');
    await fillMarks(marker, '1', 'Typed before the network went.');
    await marker.context.setOffline(true);
    await marker.page.keyboard.press('Control+Enter');
    await marker.page.getByRole('button', { name: '1 not saved' }).waitFor();
    await picture(marker, 'not-saved');
    // Nothing arrives yet, and the page is loaded again.
    const marks = '**/api/v1/answers/*/marks';
    await marker.page.route(marks, (route) => route.abort());
    await marker.context.setOffline(false);
    await marker.page.reload();
    await openUnsaved(marker);
    await marker.page.getByText('The server cannot be reached. It is sent once it can.').waitFor();
    await marker.page.getByRole('button', { name: 'Take it back' }).click();
    expect(await marker.page.getByLabel(/^Reason/).inputValue()).toBe('Typed before the network went.');
    await marker.page.getByRole('button', { name: /^Save/ }).click();
    await marker.page.getByRole('button', { name: '1 not saved' }).click();
    await marker.page.unroute(marks);
    await marker.page.getByRole('button', { name: 'Send them now' }).click();
    await marker.page.getByText(/^1\.b, C-.* of 8 marks$/).waitFor();
  });

  it('an-ended-session-leads-to-sign-in-and-back-and-what-was-given-is-saved', async () => {
    const marker = await visitor();
    await signInAs(marker, 'marker');
    await openPart(marker, '4.a');
    await fillMarks(marker, '1', 'Typed before the session ended.');
    await marker.context.clearCookies();
    await marker.page.keyboard.press('Control+Enter');
    await marker.page.getByText('Your session has ended').waitFor();
    await marker.page.getByRole('button', { name: 'Marker', exact: true }).click();
    await marker.page.getByText(/^4\.a, C-.* marks$/).waitFor();
    await marker.page.goto('/marking/demonstration?part=%224.a%22&state=marked');
    await marker.page.getByRole('link', { name: 'Look through' }).click();
    const reason = marker.page.getByText('Typed before the session ended.');
    await reason.waitFor();
    expect(await reason.count()).toBe(1);
  });

  it('keys-are-silent-in-text-fields', async () => {
    const marker = await visitor();
    await signInAs(marker, 'marker');
    await openPart(marker, '4.b');
    const address = marker.page.url();
    await marker.page.keyboard.press('a');
    await marker.page.getByLabel(/^Reason/).click();
    await marker.page.keyboard.type('Can join any point, except k?');
    expect(await marker.page.getByLabel(/^Reason/).inputValue()).toBe('Can join any point, except k?');
    expect(marker.page.url()).toBe(address);
    await marker.page.keyboard.press('Escape');
    await marker.page.keyboard.press('?');
    await marker.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  });

  it.each([
    ['an-empty-file', Buffer.alloc(0)],
    [
      'a-binary-file',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0]),
    ],
  ])('%s-is-refused-in-words', async (_name, buffer) => {
    const student = await visitor();
    await signInAs(student, 'student');
    await handIn(student, { name: 'answers.md', mimeType: 'text/markdown', buffer });
    const refusal = student.page.getByRole('alert');
    await refusal.getByText('Your file was not handed in').waitFor();
    expect((await refusal.textContent())?.length).toBeGreaterThan(60);
    await student.page.getByRole('button', { name: 'Choose another' }).waitFor();
    // The same file would be refused again.
    expect(await student.page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('a-page-without-a-connection-says-so-at-once-and-comes-by-itself-when-it-is-back', async () => {
    const student = await visitor();
    const { page, context } = student;
    await signInAs(student, 'student');
    await page.goto('/exams');
    const exam = page.getByRole('link', { name: /^Neural Networks/ });
    await exam.waitFor();
    await context.setOffline(true);
    await exam.click();
    // Sooner than it would be tried again.
    await page.getByText('The server cannot be reached').waitFor({ timeout: 900 });
    await context.setOffline(false);
    await page.getByText('Answer all five questions.').waitFor();
    expect(await page.getByText('The server cannot be reached').count()).toBe(0);
  });

  it('a-wrong-password-is-refused-in-words', async () => {
    const stranger = await visitor();
    await stranger.page.goto('/sign-in');
    await stranger.page.getByLabel('Email').fill('student@demonstration.example');
    await stranger.page.getByLabel('Password', { exact: true }).fill('not the password');
    await stranger.page.getByRole('button', { name: 'Sign in' }).click();
    const refusal = stranger.page.getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain('This email and password do not go together');
  });

  it('pages-of-other-roles-and-of-nobody-are-not-there', async () => {
    const student = await visitor();
    await signInAs(student, 'student');
    for (const path of ['/marking', '/examining', '/nowhere']) {
      await student.page.goto(path);
      const heading = student.page.getByRole('heading', { level: 1 });
      await heading.waitFor();
      expect(await heading.textContent()).toBe('There is no such page');
    }
  });

  it('a-front-page-waits-for-nothing-in-turn-and-its-frame-stands-meanwhile', async () => {
    const student = await visitor();
    const { page } = student;
    await signInAs(student, 'student');
    let letThrough = () => {};
    const through = new Promise<void>((open) => (letThrough = open));
    await page.route('**/api/v1/me', async (route) => {
      await through;
      await route.continue();
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const list = page.waitForRequest('**/api/v1/exams');
    await page.goto('/exams', { waitUntil: 'commit' });
    // Nobody has said yet who is here.
    await list;
    const frame = page.locator('.first-frame');
    await frame.waitFor();
    letThrough();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await frame.waitFor({ state: 'hidden' });
    const times = ['/api/v1/me', '/api/v1/exams'].map((path) => asked.filter((each) => each === path).length);
    expect(times).toEqual([1, 1]);
  });

  it('a-page-asked-for-before-signing-in-is-shown-after', async () => {
    const student = await visitor();
    await student.page.goto('/exams/demonstration');
    await student.page.getByRole('button', { name: 'Student', exact: true }).click();
    await student.page.waitForURL('**/exams/demonstration');
    await student.page.getByRole('button', { name: /^Account of/ }).click();
    await student.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await student.page.waitForURL('**/sign-in');
    await student.page.goto('/exams');
    await student.page.waitForURL(/sign-in/);
    expect(new URL(student.page.url()).searchParams.get('to')).toBe('/exams');
  });

  it('an-examiner-is-told-the-line-and-column-of-a-mistake', async () => {
    const examiner = await visitor();
    const { page } = examiner;
    await signInAs(examiner, 'examiner');
    await page.getByRole('link', { name: 'New exam' }).click();
    const editor = page.getByLabel('The exam as YAML');
    const toTheKind = async () => {
      await editor.click();
      await page.keyboard.press('Control+Home');
      for (let line = 1; line < 6; line += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('Control+Shift+ArrowLeft');
    };
    await page.getByRole('tab', { name: /^Remarks/ }).click();
    await page.getByText('The exam is sound').waitFor();
    await toTheKind();
    await page.keyboard.type('poem');
    const fault = page.getByRole('button', { name: /line 6, column \d+/ });
    await fault.click();
    expect(await page.evaluate(FOCUSED)).toBe('The exam as YAML');
    // Nothing is lost by a reload, and Tab leaves the editor.
    await page.reload();
    await page.getByText('is here again').waitFor();
    // Whoever uses the browser next must not find it, and nobody loses it without being asked.
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You have typed changes to 1 exam').waitFor();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await toTheKind();
    await page.keyboard.type('ess');
    await page.getByRole('option', { name: /^essay/ }).waitFor();
    // A list that has only just opened takes no Enter, so that nobody chooses what they have not seen.
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(FOCUSED)).not.toBe('The exam as YAML');
    await page.getByText(/^Nothing to mend/).waitFor();

    await page.getByRole('tab', { name: 'Try an answer' }).click();
    await page
      .getByLabel('Answer', { exact: true })
      .fill('It normalises with the statistics of the mini-batch.');
    await page.keyboard.press('Control+Enter');
    const tried = page.getByRole('heading', { name: '1 Batch normalisation', level: 2 });
    await tried.waitFor();
    // What came of it is in sight, however long the answer's field is.
    expect((await tried.boundingBox())?.y).toBeLessThan(500);
    await page.getByLabel('A file to try').setInputFiles({
      name: 'tried.ipynb',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          nbformat: 4,
          nbformat_minor: 5,
          metadata: {},
          cells: [{ cell_type: 'markdown', metadata: {}, source: ['It takes the batch statistics.'] }],
        }),
      ),
    });
    await page.getByText('Read from tried.ipynb').waitFor();
    expect(await page.getByLabel('Answer', { exact: true }).inputValue()).toContain('batch statistics');

    // Somebody else takes the name meanwhile: nothing is saved over theirs.
    const taken =
      'format: 1\nexam: my-exam\ntitle: Theirs\nquestions:\n  - { id: 1, kind: choice, marks: 1, prompt: P, options: [{ id: a, says: A }, { id: b, says: B }], correct: [a] }\n';
    await putExam(examiner, 'my-exam', taken);
    await page.getByRole('button', { name: 'Save' }).click();
    // Who saves a new exam is asked when students see it; unless they say so, not at once.
    const asked = page.getByRole('dialog', { name: 'When do students see this exam?' });
    expect(await asked.getByRole('radio', { name: 'From a time on' }).isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await asked.getByRole('button', { name: 'Save the exam' }).click();
    await page.getByText('There is an exam called “my-exam” already').waitFor();
    await page.getByRole('button', { name: 'Make mine version 2 of it' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'My exam' }).waitFor();
    await page.getByText('Nothing has been handed in yet').waitFor();

    await page.goto('/examining/my-exam/definition');
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# Not saved');
    // A colleague saves meanwhile; who goes on with their own is not told of it again.
    await putExam(examiner, 'my-exam', taken);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Somebody has changed this exam since version 2').waitFor();
    await page.getByRole('button', { name: 'Keep mine, on top of version 3' }).click();
    await page.getByText(/^Somebody has changed this exam/).waitFor({ state: 'detached' });
    // Another name is another exam, and no conflict with this one.
    await editor.focus();
    for (const key of ['Control+Home', 'ArrowDown', 'End']) await page.keyboard.press(key);
    await page.keyboard.type('-2');
    await page.getByText('With the name “my-exam-2” this is another exam').waitFor();
    await page.getByRole('button', { name: 'Save as another exam' }).click();
    await page.getByLabel('Opens').fill('2099-01-31T09:00');
    await page.getByRole('button', { name: 'Save the exam' }).click();
    await page.waitForURL('**/examining/my-exam-2');
    await page.getByText(/^Opens 31 January 2099 at 09:00:00/).waitFor();
    // Next year's begins as a copy of this one, with questions that are added by their kind.
    await page.getByRole('link', { name: 'Copy', exact: true }).click();
    await page.waitForURL('**/examining/~new?from=my-exam-2');
    await editor.getByText('my-exam-2-copy').waitFor();
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByRole('menuitem', { name: /^Choice/ }).click();
    // The question is put in with the next frame, which may be late.
    await page.locator('.cm-focused').waitFor();
    await page.keyboard.type('Which layer');
    await page.getByRole('heading', { name: 'Which layer' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('radio', { name: 'As soon as it is saved' }).click();
    await page.getByRole('button', { name: 'Save the exam' }).click();
    await page.waitForURL('**/examining/my-exam-2-copy');
    await page.getByText('Open, without a deadline.').waitFor();
    await page.goto('/examining/my-exam/definition');
    await editor.click();
    await page.keyboard.type('# Not saved');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out and discard them' }).click();
    await page.waitForURL('**/sign-in');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('Not saved');
  });
});
