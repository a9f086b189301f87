import type { Page } from 'playwright-core';

/** What the keyboard must reach, with how each looks before it has the focus. */
const remember = (backwards: boolean) => `(() => {
  const backwards = ${backwards};
  const above = (each, levels) => each === null || levels === 0 ? [] : [each, ...above(each.parentElement, levels - 1)];
  const around = (each) => [...above(each, 5), each.nextElementSibling, each.previousElementSibling, ...(each.labels ?? [])].filter(Boolean);
  const looks = (each) => around(each).map((one) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
    return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow, borderColor, backgroundColor].join(' ');
  }).join('; ');
  const wanted = [...document.querySelectorAll('button, a[href], input:not([type=hidden]), textarea, select, summary, [tabindex], [contenteditable=true]')]
    .filter((each) => each.tabIndex >= 0 && !each.disabled && each.closest('[inert], [data-focus-guard]') === null && each.checkVisibility({ visibilityProperty: true }))
    // Arrows lead from one radio to the next of its group: Tab reaches the one that is chosen, or either end.
    .filter((each) => each.type !== 'radio');
  // Tab begins at one end: what is focused and let go stays where it would go on from.
  const end = backwards ? document.body.appendChild(document.createElement('p')) : document.body;
  end.tabIndex = -1;
  end.focus();
  // What is taken away with the focus in it is mended by the page: this stays.
  if (!backwards) end.removeAttribute('tabindex');
  scrollTo(0, backwards ? document.documentElement.scrollHeight : 0);
  globalThis.tabbing = { looks, wanted, before: new Map(wanted.map((each) => [each, looks(each)])), reached: new Set() };
  return wanted.length;
})()`;

/** Where the focus is: null at the page's end, else what is wrong with it. */
const LOOK = `(async () => {
  const { looks, before, reached } = globalThis.tabbing;
  const each = document.activeElement;
  if (each === null || each === document.body || each === document.documentElement) return null;
  if (reached.has(each)) return each.closest('.cm-editor') === null ? null : ['the focus stays in ' + each.outerHTML.slice(0, 120)];
  reached.add(each);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const name = (each.ariaLabel || each.textContent.trim() || each.labels?.[0]?.textContent || each.name || each.outerHTML).slice(0, 60);
  const faults = [];
  if (before.has(each) && before.get(each) === looks(each)) faults.push('nothing shows that the focus is on ' + name);
  // One that is not drawn itself is seen by its label or frame.
  const [box] = [each, ...(each.labels ?? []), each.parentElement].map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 4 && height > 4);
  if (box === undefined) return [...faults, name + ' has no size'];
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const places = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + x * (right - left), top + y * (bottom - top)]));
  const seen = right > left && bottom > top && places.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (each.contains(hit) || hit.contains(each) || [...(each.labels ?? [])].some((label) => label.contains(hit)) || each.parentElement.contains(hit));
  });
  if (!seen) faults.push(name + ' has the focus and is hidden, at ' + [box.left, box.top, box.right, box.bottom].map(Math.round).join(' '));
  return faults;
})()`;

const MISSED = `(() => {
  const { wanted, reached } = globalThis.tabbing;
  return wanted.filter((each) => each.isConnected && each.checkVisibility() && !reached.has(each)).map((each) => 'Tab never reaches ' + each.outerHTML.slice(0, 160));
})()`;

/**
 * Goes from the first to the last control of a page by Tab, or backwards by Shift and Tab. Says what is not reached, what holds the focus, where nothing shows
 * it, and what has it while it is hidden, for instance below a bar that stays (WCAG 2.2: 2.1.1, 2.1.2, 2.4.7, 2.4.11).
 */
export async function tabThrough(page: Page, way: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
  const wanted = await page.evaluate<number>(remember(way === 'Shift+Tab'));
  const faults: string[] = [];
  // Radios are reached besides, and scrolling places.
  for (let presses = 0; presses < 2 * wanted + 20; presses += 1) {
    await page.keyboard.press(way);
    const here = await page.evaluate<string[] | null>(LOOK);
    if (here === null) break;
    faults.push(...here);
    if (here.some((fault) => fault.startsWith('the focus stays'))) break;
  }
  return [...faults, ...(await page.evaluate<string[]>(MISSED))];
}
