import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import { choose, person } from './choosing.js';
import { handInAs } from './class.js';
import { startServer, type Server } from './server.js';
import { openBrowser, signInAs, visit, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let server: Server;
let browser: Browser;
let examiner: Visitor;
/** What was sent to change something, by method and the end of its address. */
const sent: string[] = [];
/** What has not been answered yet. */
const underWay = new Set<Request>();

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  examiner = await visit(browser, server, { viewport: { width: 1280, height: 900 } });
  await signInAs(examiner, 'examiner');
  await handInAs(server, examiner, 'demonstration', { 'Ada Slow': '# Question 1\n\nNothing.\n' });
  const { page, context } = examiner;
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') underWay.add(request);
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  // A bad connection in a lecture hall: each answer takes its time.
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true });
/** Until what the page asks for anew has come: a button that it moves is not pressed where it was. */
async function answered(): Promise<void> {
  for (let tries = 0; tries < 100 && underWay.size > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

const inDialog = (page: Page) => page.getByRole('dialog');

interface Write {
  readonly at: string;
  /** Up to the button that sends. */
  readonly prepare: (page: Page) => Promise<Locator>;
  readonly done: (page: Page) => Locator;
}

const reason = (page: Page) => inDialog(page).getByLabel('Reason').fill('Asked for.');

/** In this order: what one makes the next takes back. */
const WRITES: Readonly<Record<string, Write>> = {
  'an account': {
    at: '/people',
    prepare: async (page) => {
      await button(page, 'Add somebody').click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Dora Double');
      await page.getByLabel('Email').fill('dora@example.org');
      return button(page, 'Make the account');
    },
    done: (page) => page.getByText('Dora Double has an account'),
  },
  'an import of people': {
    at: '/people',
    prepare: async (page) => {
      await button(page, 'Import').click();
      const preview = page.waitForResponse('**/people/import/preview*');
      await page.locator('input[type="file"]').setInputFiles({
        name: 'people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('name,email\nIda Import,ida@example.org\n'),
      });
      await preview;
      await page.getByLabel(/^Make up a password/).uncheck();
      return button(page, 'Import 1 row');
    },
    done: (page) => page.getByText('1 account made'),
  },
  'a conflict of interest': {
    at: '/people',
    prepare: async (page) => {
      await button(page, 'Declare a conflict …').click();
      await choose(page, person(page, 'Who must not mark'));
      await choose(page, person(page, 'Whose work'));
      await reason(page);
      return button(page, 'Declare');
    },
    done: (page) => page.getByRole('list', { name: 'Conflicts of interest' }),
  },
  'an erasure': {
    at: '/people',
    prepare: async (page) => {
      await button(page, 'Erase Dora Double …').click();
      await page.getByLabel(/^Type the address/).fill('dora@example.org');
      await reason(page);
      return button(page, 'Erase for good');
    },
    done: (page) => page.getByText('Erased, with 0 submissions'),
  },
  'a learning platform': {
    at: '/learning-platforms',
    prepare: async (page) => {
      await button(page, 'Add a platform').click();
      const lines = inDialog(page).getByRole('textbox');
      await lines.first().waitFor();
      for (const [at, line] of (await lines.all()).entries())
        await line.fill(at < 3 ? `line-${at}` : `https://moodle.example.org/${at}`);
      await lines.nth(1).fill('https://moodle.example.org');
      return button(page, 'Add the platform');
    },
    done: (page) => page.getByRole('list', { name: 'Platforms' }),
  },
  'letting a platform go': {
    at: '/learning-platforms',
    prepare: async (page) => {
      await button(page, 'Let go of line-0 …').click();
      return button(page, 'Let go');
    },
    done: (page) => page.getByText('No platform yet'),
  },
  'a member of the team': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Name somebody …').click();
      await page.getByLabel('Name or email').fill('marker@demonstration.example');
      return button(page, 'Name to the team');
    },
    done: (page) => page.getByRole('list', { name: 'Team' }),
  },
  'opening to everybody': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Open to everybody …').click();
      return button(page, 'Open to everybody');
    },
    done: (page) => page.getByText('Open to all markers and examiners here.'),
  },
  deadlines: {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Change deadlines').click();
      await page.getByLabel('Deadline', { exact: true }).fill('2036-03-10T13:00');
      return button(page, 'Save deadlines');
    },
    done: (page) => page.getByText('The deadlines are changed'),
  },
  'an extension': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Give an extension').click();
      await choose(page, person(inDialog(page), 'Student'));
      await page.getByLabel('Their deadline').fill('2036-03-20T13:00');
      await reason(page);
      return button(page, 'Give the extension');
    },
    done: (page) => page.getByRole('list', { name: 'Extensions' }),
  },
  'an extension that is taken back': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Take back the extension of/ }).click();
      await reason(page);
      return button(page, 'Take the extension back');
    },
    done: (page) => page.getByText('The extension is taken back'),
  },
  'an excusal': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Excuse a student').click();
      await choose(page, person(inDialog(page), 'Student'));
      await reason(page);
      return button(page, 'Excuse');
    },
    done: (page) => page.getByRole('list', { name: 'Excused students' }),
  },
  'an excusal that is taken back': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Take back that/ }).click();
      await reason(page);
      return button(inDialog(page), 'Take back');
    },
    done: (page) => page.getByText('The excusal is taken back'),
  },
  'a planned release': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Plan the release').click();
      await page.getByLabel('Release all marks at').fill('2036-04-01T09:00');
      return button(inDialog(page), 'Plan the release');
    },
    done: (page) => page.getByText('The release is planned'),
  },
  'a plan that is cancelled': {
    at: '/examining/demonstration',
    prepare: async (page) => button(page, 'Cancel the plan'),
    done: (page) => page.getByText('No release is planned any more'),
  },
  'a withheld result': {
    at: '/examining/demonstration',
    prepare: async (page) => {
      await button(page, 'Withhold a result').click();
      await choose(page, person(inDialog(page), 'Student'));
      await reason(page);
      return button(page, 'Withhold the result');
    },
    done: (page) => page.getByRole('list', { name: 'Withheld results' }),
  },
};

describe('on a slow connection', () => {
  it.each(Object.keys(WRITES))('%s-is-sent-once-however-often-its-button-is-pressed', async (name) => {
    const { page, complaints } = examiner;
    const write = WRITES[name];
    if (write === undefined) throw new Error('there is no such write');
    if (new URL(page.url()).pathname !== write.at || (await inDialog(page).count()) > 0)
      await page.goto(write.at);
    const send = await write.prepare(page);
    await send.waitFor();
    sent.splice(0);
    await send.dblclick();
    await write.done(page).waitFor();
    await answered();
    expect(sent).toHaveLength(1);
    expect(complaints.splice(0)).toEqual([]);
  });

  it('what-fails-after-its-form-was-closed-is-said-all-the-same', async () => {
    const { page } = examiner;
    await page.goto('/examining/demonstration');
    let fail = () => {};
    const failed = new Promise<void>((now) => (fail = now));
    await page.route('**/schedule', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      await failed;
      return route.abort();
    });
    await button(page, 'Change deadlines').click();
    await button(page, 'Save deadlines').click();
    await page.keyboard.press('Escape');
    await inDialog(page).waitFor({ state: 'detached' });
    fail();
    await page.getByText('What you sent last was not done. The server cannot be reached').waitFor();
    await page.unroute('**/schedule');
    // Only what the browser says of the request that was broken.
    expect(examiner.complaints.splice(0).filter((said) => !said.includes('ERR_FAILED'))).toEqual([]);
  });

  it('what-never-ends-says-that-it-waits-and-what-shows-a-password-once-stays-open', async () => {
    const { page } = examiner;
    await page.goto('/people');
    let end = () => {};
    const ended = new Promise<void>((done) => (end = done));
    await page.route('**/api/v1/people', async (route) => {
      if (route.request().method() === 'POST') await ended;
      await route.continue();
    });
    await button(page, 'Add somebody').click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nora Never');
    await page.getByLabel('Email').fill('nora@example.org');
    await page.getByLabel('Email').press('Enter');
    await page.getByText('Still being sent').waitFor();
    await page.keyboard.press('Escape');
    end();
    await page.getByText('Nora Never has an account').waitFor();
    await page.unroute('**/api/v1/people');
    expect(examiner.complaints.splice(0)).toEqual([]);
  });

  it.each(['/people', '/examining/demonstration'])(
    'of %s-it-is-said-what-it-waits-for-and-it-comes-once-that-is-there',
    async (path) => {
      const { page } = examiner;
      let come = () => {};
      const arrives = new Promise<void>((now) => (come = now));
      const held = '**/api/v1/{people,exams,exams/**}';
      await page.route(held, async (route) => {
        await arrives;
        await route.continue().catch(() => undefined);
      });
      await page.goto(path);
      const says = page.getByRole('main').getByText('Still loading').first();
      await says.waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      come();
      await page.unroute(held);
      await says.waitFor({ state: 'detached' });
      expect(examiner.complaints.splice(0)).toEqual([]);
    },
  );

  it('before-there-is-any-page-it-is-said-too', async () => {
    const { page } = examiner;
    await page.route('**/api/v1/me', () => undefined);
    await page.goto('/people', { waitUntil: 'commit' });
    const says = page.locator('.first-frame > p');
    await says.waitFor();
    // The page's own policy forbids what Playwright would wait for inside it.
    const opacity = `getComputedStyle(document.querySelector('.first-frame > p')).opacity`;
    while ((await page.evaluate(opacity)) !== '1') await new Promise((later) => setTimeout(later, 50));
    await page.unroute('**/api/v1/me');
    expect(examiner.complaints.splice(0)).toEqual([]);
  });
});
