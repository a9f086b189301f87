import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/*
 * Its rule `region` wants all of a page within landmarks, and leaves out dialogs, of which it is not true. Of a menu, the choices of a
 * field and a tooltip it is not either: each belongs to a control that stands in a landmark, says that it has one, and is found by it,
 * and the focus is led there. Which else to leave out is an option of that check (`regionMatcher`, axe's doc/check-options.md).
 */
const POPUPS = [
  'dialog',
  '[role=dialog]',
  '[role=alertdialog]',
  'svg',
  '[role=menu]',
  '[role=listbox]',
  '[role=tooltip]',
];
const REGION = { checks: [{ id: 'region', options: { regionMatcher: POPUPS.join(', ') } }] };

/** For `evaluate` on a page, before axe is asked. */
export const AXE = `${await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')};
  axe.configure(${JSON.stringify(REGION)});`;

/** What axe finds against WCAG 2.2 AA and its own best practices, as rule and place; what is open over the page included. */
export function axe(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).slice(0, 5).join(', ')))`,
  );
}
