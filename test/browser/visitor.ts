import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import type { Role, Server } from './server.js';

/** The same engine with and without the windows that Chromium draws around each page, which cost more than the pages. */
const CHROMIUM = '/usr/bin/chromium';
const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';
const SCREENSHOTS = process.env['TENSORMARK_SCREENSHOTS'];

export async function openBrowser(windows: 'windows' | 'none' = 'none'): Promise<Browser> {
  const lighter = windows === 'none' && existsSync(WITHOUT_WINDOWS) ? WITHOUT_WINDOWS : CHROMIUM;
  const executablePath = process.env['CHROMIUM_PATH'] ?? lighter;
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Somebody at a browser of their own, and everything their console complained about. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
}

export async function visit(
  browser: Browser,
  server: Server,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1360, height: 850 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { page, context, complaints };
}

/** Signs in as the demonstration's student, marker or examiner, by its button. */
export async function signInAs(visitor: Visitor, role: Role): Promise<void> {
  const { page } = visitor;
  await page.goto('/sign-in');
  await page
    .getByRole('button', { name: role, exact: false })
    .filter({ hasText: new RegExp(`^${role}$`, 'i') })
    .click();
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
}

/** A picture for the README, when TENSORMARK_SCREENSHOTS names a folder; the same way as the tests go. */
export async function picture(
  { page }: Visitor,
  name: string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  if (SCREENSHOTS === undefined || SCREENSHOTS === '') return;
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.waitForLoadState('networkidle');
  // What is said in passing would lie over the page.
  await page.locator('output > p').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), ...options });
}
