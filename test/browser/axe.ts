import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** For `evaluate` on a page, before axe is asked. */
export const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds against WCAG 2.2 AA and its own best practices, as rule and place; within what the selector names. */
export function axe(page: Page, within?: string): Promise<string[]> {
  const asked = within === undefined ? '' : JSON.stringify(within);
  return page.evaluate<string[]>(
    `axe.run(${asked}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).slice(0, 5).join(', ')))`,
  );
}
