import type { Locator } from 'playwright-core';

/** Drops files onto a place of a page, as from a folder beside the browser; says whether the page kept the browser from opening them. */
export async function dropFiles(place: Locator, files: Readonly<Record<string, string>>): Promise<boolean> {
  const page = place.page();
  const names = JSON.stringify(Object.entries(files));
  const dataTransfer = await page.evaluateHandle(`(() => {
    addEventListener('drop', (event) => { globalThis.kept = event.defaultPrevented; }, { once: true });
    const files = new DataTransfer();
    for (const [name, text] of ${names}) files.items.add(new File([text], name));
    return files;
  })()`);
  await place.dispatchEvent('drop', { dataTransfer });
  return page.evaluate<boolean>('globalThis.kept');
}
