import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { handInAs, putExam } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, picture, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let examiner: Visitor;
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  examiner = await visit(browser, server, { viewport: { width: 1280, height: 900 } });
  await signInAs(examiner, 'examiner');
  await putExam(examiner, 'faults', EXAM);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const EXAM = `
format: 1
exam: faults
title: Faults
questions:
  - id: 1
    kind: numeric
    marks: 2
    prompt: How many parameters?
    network: { input: [10], layers: [Linear: { name: fc, out_features: 4 }] }
    ask: [{ id: fc, says: fc, quantity: parameters, marks: 2 }]
  - { id: 2, kind: choice, marks: 1, prompt: Which?, options: [{ id: a, says: A }, { id: b, says: B }], correct: [a] }
`;
const ANSWERS = '# Question 1\n\n10 * 4 + 4 = 44\n\n# Question 2\n\na\n';

/** From now on the database refuses what a worker writes, with an error as it gives in earnest. */
const breaks = (table: string, when: string, says: string) =>
  server.query(`
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '${says}' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse();`);
const mends = (table: string) => server.query(`DROP TRIGGER refuse ON ${table}`);
const DISK = 'could not extend file "base/1": No space left on device';

describe('what fails on our side', () => {
  it('is-told-with-its-cause-run-again-failing-again-given-to-a-person-and-done-in-the-end', async () => {
    const { page } = examiner;
    await breaks('answer_readings', 'true', DISK);
    await handInAs(server, examiner, 'faults', { 'Ada Unread': ANSWERS });
    await page.goto('/examining/faults');
    await page.getByText('1 submission failed on our side').waitFor();
    const failed = page.getByRole('list', { name: 'What failed' }).getByRole('listitem');
    await failed.getByText('Ada Unread').waitFor();
    await failed.getByText('the server’s disk is full').waitFor();
    await failed.getByText('the document was not read').waitFor();

    // It fails again, and nothing has to be loaded anew to see it.
    await failed.getByRole('button', { name: 'Run again: Ada Unread' }).click();
    const ordered = page.getByText('Ordered again: Ada Unread').locator('..');
    await ordered.getByText('It waits for a worker or is being worked on').waitFor();
    await ordered.getByText('It has failed again; see above').waitFor({ timeout: 60_000 });
    await failed.getByText('Run again by Sasha Examiner').waitFor();
    await failed.getByText('the server’s disk is full').waitFor();
    await picture(examiner, 'faults');
    const work = page.waitForEvent('download');
    await failed.getByRole('link', { name: 'Download the work: Ada Unread' }).click();
    expect((await work).suggestedFilename()).toMatch(/^TM-.*\.txt$/);

    // Where splitting is what fails, markers get the document as it is.
    await mends('answer_readings');
    await breaks('proposed_marks', `NEW.outcome <> 'failed'`, DISK);
    await failed.getByRole('button', { name: 'Give to a person: Ada Unread' }).press('Enter');
    await failed.getByText('Markers have it in their queue').waitFor();
    await failed.getByRole('link', { name: 'Mark by hand: Ada Unread' }).click();
    await page.getByRole('link', { name: 'Start marking' }).click();
    await page.getByText('You can mark it yourself').waitFor();

    // The parts fail each for itself.
    await handInAs(server, examiner, 'faults', { 'Bo Unmarked': ANSWERS });
    await page.goto('/examining/faults');
    await page.getByText('2 submissions failed on our side').waitFor();
    await failed.getByText('Bo Unmarked').locator('..').getByText('parts 1, 2').waitFor();

    await mends('proposed_marks');
    await page.getByRole('button', { name: 'Run all 2 again' }).click();
    await page.getByText('2 done, and with the markers').waitFor({ timeout: 60_000 });
    expect(await page.getByText('failed on our side').count()).toBe(0);
    await page.getByText('Ordered again').locator('..').getByRole('button', { name: 'Close' }).click();
    await page.getByText('Ordered again').waitFor({ state: 'detached' });
    expect(examiner.complaints).toEqual([]);
  });
});
