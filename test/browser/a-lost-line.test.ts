import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { startServer, type Server } from './server.js';
import { openBrowser, signInAs, visit, type Visitor } from './visitor.js';
import { slowWire, type Wire } from './wire.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let wire: Wire;
let student: Visitor;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  wire = await slowWire(1_000_000);
  student = await visit(browser, server, { proxy: wire.proxy });
  await student.page.clock.install();
  await signInAs(student, 'student');
});

afterAll(async () => {
  await browser?.close();
  await wire?.close();
  await server?.stop();
});

async function lineIsBack(): Promise<void> {
  wire.mend();
  await student.context.setOffline(false);
}
afterEach(lineIsBack);

const KEPT = /^The connection is lost at 3\d%\. What has arrived is kept/;

async function handIn(name: string, padding: number): Promise<void> {
  const { page } = student;
  const answers = await readFile('examples/demonstration/answers.md', 'utf8');
  await page.goto('/exams/demonstration');
  await page.getByLabel('Your answers as a file').setInputFiles({
    name,
    mimeType: 'text/markdown',
    buffer: Buffer.from(answers + '\n'.repeat(padding)),
  });
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
}

describe('a line that is lost while a document is sent', () => {
  it.each([
    ['a-small-one-is-sent-again', 3_000_000, true, /^The connection is lost, and nothing has arrived yet\./],
    ['of-a-large-one-what-arrived-is-kept', 6_000_000, true, KEPT],
    // As where one walks out of reach of a network and the machine does not notice.
    ['one-that-only-stands-still-is-lost-too', 6_000_000, false, KEPT],
  ])('%s-by-itself-and-the-page-says-so-while-nothing-moves', async (name, padding, noticed, says) => {
    const { page, context } = student;
    await handIn(`${name}.md`, padding);
    // The machine's own buffers take in much of it at once.
    await page.getByText(/^Being stored|^(3[6-9]|[4-9]\d)% of/).waitFor();
    wire.lose();
    if (noticed) await context.setOffline(true);
    // The server has so long for what was sent whole.
    else await page.clock.fastForward(61_000);
    await page.getByText(says).waitFor({ timeout: 6000 });
    expect(await page.getByText(/% of .* sent$|^Being stored/).count()).toBe(0);
    expect(await page.getByText('Your file was not handed in').count()).toBe(0);
    await lineIsBack();
    // Nobody touches anything.
    await page
      .getByText(/^It has arrived/)
      .first()
      .waitFor({ timeout: 60_000 });
  });
});
