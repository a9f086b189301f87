import type { Locator, Page } from 'playwright-core';

/** Types into a field that finds people by it, and takes the first that is found. */
export async function choose(page: Page, field: Locator, typed = ''): Promise<void> {
  await field.click();
  if (typed !== '') await field.fill(typed);
  await page.locator('[role="option"]:visible').first().click();
}

/** A field of that name in which people are found by typing. */
export const person = (within: Page | Locator, name: string): Locator =>
  within.getByRole('combobox', { name });
