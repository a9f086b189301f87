import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { handInAs, putExam } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const EXAM = `
format: 1
exam: seen
title: Seen at the bench
questions:
  - id: 1
    kind: essay
    marks: 4
    prompt: Why do skip connections help?
    rubric:
      - { id: composes, says: The gradient can flow directly through the skip connection., marks: 3, note: However it is put. }
      - { id: example, says: Gives an example, marks: 1, terms: [example] }
  - id: 2
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
  - id: 3
    kind: code
    marks: 2
    prompt: Write a network with a shortcut.
    input: [8]
    requirements:
      - { id: reads, says: It is read, marks: 2, check: reads-without-error }
`;
const CODE = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x):
        return x + self.fc(x)`;

const THIRD = `\n# Question 3\n\n\`\`\`python\n${CODE}\n\`\`\`\n`;

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
  await putExam(examiner, 'seen', EXAM);
  await handInAs(server, examiner, 'seen', {
    Ada: '# Question 1\n\nThe gradient flows directly through the shortcut.\n\n# Question 2\n\nb\n' + THIRD,
    Ben:
      '# Question 1\n\nThe gradient flows directly through the connection, as I see it.\n\n# Question 2\n\nb\n' +
      THIRD,
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('what a marker sees of an answer', () => {
  it('an-item-lights-its-places-in-the-work-and-a-place-what-is-said-of-it', async () => {
    const { page } = marker;
    await page.goto('/marking/seen?part=%221%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    const work = page.getByRole('region', { name: 'The answer' });
    const lit = work.locator('mark[data-active]');
    const said = page.getByRole('region', { name: 'The scheme' }).locator('[data-lights][data-active]');
    await work.locator('mark').first().waitFor();
    expect(await lit.count()).toBe(0);

    await page.keyboard.press('e');
    await lit.first().waitFor();
    expect(await said.count()).toBe(1);
    const focused = await page.evaluate('document.activeElement.closest("[data-lights]").dataset.lights');
    expect(await lit.first().getAttribute('data-evidence')).toContain(String(focused));

    await page.keyboard.press('a');
    const first = page.getByRole('listitem').filter({ has: page.getByLabel(/^Marks for: The gradient/) });
    await first.getByLabel(/^Marks for:/).focus();
    expect(await lit.count()).toBeGreaterThan(0);
    await page.getByLabel('Marks for: Gives an example').focus();
    expect(await lit.count()).toBe(0);
    await page.keyboard.press('Escape');

    await work.locator('mark').first().click();
    await lit.first().waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BUTTON');
  });

  it('the-options-of-a-choice-are-shown-with-the-right-one', async () => {
    const { page } = marker;
    await page.goto('/marking/seen?part=%222%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    const right = page.getByRole('listitem').filter({ hasText: 'Right' }).filter({ hasText: 'That' });
    await right.waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'This' }).getByText('Right').count()).toBe(0);
  });

  it('the-network-of-an-answer-is-a-graph-that-is-told-in-words-too', async () => {
    const { page } = marker;
    await page.goto('/marking/seen?part=%223%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    const steps = page.getByRole('group').filter({ hasText: 'Its graph, with shapes' }).getByRole('listitem');
    await steps.first().waitFor();
    expect(await steps.count()).toBe(3);
    expect(await steps.nth(1).textContent()).toBe('Linearfc1 × 872 parameters');
    // The shortcut is drawn as an arc, and read out as where it comes from.
    expect(await steps.nth(2).textContent()).toContain('from step 1, input and step 2, Linear');
  });

  it('a-decision-for-many-leaves-the-focus-at-a-heading-and-says-where-they-are', async () => {
    const { page } = marker;
    await page.goto('/marking/seen/groups?part=%222%22');
    await page.getByText('That', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Confirm 1 mark for 2' }).press('Enter');
    await page.getByText('No unmarked answers to this part are alike').waitFor();
    await page.locator('h1:focus').waitFor();
    // Given by mistake: they await a mark again, among their likes, and can be given it again.
    await page.getByRole('button', { name: 'Take all 2 back' }).press('Enter');
    await page.getByRole('main').getByText('2 answers taken back: no mark stands').waitFor();
    await page.getByRole('button', { name: 'Confirm 1 mark for 2' }).waitFor();
    await picture(marker, 'group-taken-back');
    await page.getByRole('button', { name: 'Confirm 1 mark for 2' }).press('Enter');
    await page.getByText('No unmarked answers to this part are alike').waitFor();
    await page.getByRole('link', { name: 'look through what is marked' }).press('Enter');
    await page.getByText('2 answers', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('state')).toBe('marked');
  });

  it('a-mark-is-taken-back-and-given-again', async () => {
    const { page } = marker;
    const queue = await page.request.get('/api/v1/exams/seen/marking-queue?part=2&state=marked');
    const [{ answer } = { answer: '' }] = (await queue.json()) as { answer: string }[];
    await page.goto(`/marking/seen/${answer}`);
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: /^Confirm 1 mark/ }).waitFor();
    await page.locator('button:focus', { hasText: 'Change' }).waitFor();
    // There is nothing more to take back, and that is said.
    await page.keyboard.press('t');
    await page.getByText('No mark stands that could be taken back').waitFor();
    await page.getByText('took it back').first().waitFor();
    expect(await page.getByRole('button', { name: 'Take back' }).count()).toBe(0);
    await picture(marker, 'mark-taken-back');
    await page.keyboard.press('g');
    await page.waitForURL((url) => !url.pathname.endsWith(answer));
    await page.getByText('Saved', { exact: true }).waitFor();
    const shown = await page.request.get(`/api/v1/answers/${answer}`);
    const { current, history } = (await shown.json()) as { current: { marks: string }; history: unknown[] };
    expect([current.marks, history.length]).toEqual(['1', 3]);
  });

  it('a-word-on-a-suggestion-says-that-it-gives-no-marks-and-which-key-does', async () => {
    const { page } = marker;
    await page.goto('/marking/seen?part=%221%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    await page.getByText('However it is put.').waitFor();
    await page.keyboard.press('s');
    await page.keyboard.press('y');
    await page.getByRole('button', { name: 'Right', pressed: true }).waitFor();
    await page.getByText('This gives no marks.').waitFor();
    await picture(marker, 'suggestion-judged');
    await page.getByRole('button', { name: /^Apply the item: 3 marks/ }).press('Enter');
    expect(await page.getByLabel('Total marks').inputValue()).toBe('3');
    await page.locator('[data-marks]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
  });

  it('a-note-to-a-colleague-is-kept-while-one-looks-at-the-answer-again', async () => {
    const { page } = marker;
    await page.goto('/marking/seen?part=%221%22');
    await page.getByRole('link', { name: 'Start marking' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: /^Give marks/ }).waitFor();
    await page.keyboard.press('l');
    await page.getByLabel('Note').fill('Is this enough?');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    expect(await page.getByLabel('Note').inputValue()).toBe('Is this enough?');
    await page.getByLabel('Note').press('Control+Enter');
    await page.getByRole('region', { name: 'Flags' }).getByText('Is this enough?').waitFor();
  });

  it('no-error-in-the-console', () => expect([...marker.complaints, ...examiner.complaints]).toEqual([]));

  it('after-a-decision-on-a-group-the-focus-is-on-the-next-one', async () => {
    const { page } = marker;
    await putExam(
      examiner,
      'alike',
      `
format: 1
exam: alike
title: Two groups
questions:
  - id: 1
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`,
    );
    const papers = ['a', 'a', 'a', 'b', 'b'].map((says, at) => [`Alike ${at}`, `# Question 1\n\n${says}\n`]);
    await handInAs(server, examiner, 'alike', Object.fromEntries(papers));
    await page.goto('/marking/alike/groups');
    const groups = page.getByRole('heading', { level: 2, name: /^\d answers/ });
    await groups.first().waitFor();
    expect(await groups.count()).toBe(2);
    const left = (await groups.last().textContent()) ?? '';
    await page
      .getByRole('button', { name: /^Confirm/ })
      .first()
      .press('Enter');
    await page.locator('h2:focus', { hasText: left }).waitFor();
    expect(await groups.allTextContents()).toEqual([left]);
  });
});
