/*
 * What was pressed is often gone with what it did: a card that is decided, a button that waits. The focus would fall to
 * the document's body, from where a screen reader says nothing and begins at the top.
 */

/** What may be led to: each begins with a heading. */
const SECTIONS = 'section, article, li, form, [role="dialog"], main';

let last: HTMLElement | null = null;
let around: readonly Element[] = [];
/** Of the lists that it is in, what comes next: it takes the place of what is gone. */
let next: readonly (Element | null)[] = [];

/** A control that waits for an answer is back within this time; one that is not has nothing left to do. */
const BACK_WITHIN_MS = 1000;

function remember({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement)) return;
  last = target;
  around = ancestorsOf(target);
  next = around.map((each) => (each.matches('li') ? each.nextElementSibling : null));
}

function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let at = element.parentElement; at !== null; at = at.parentElement) found.push(at);
  return found;
}

/** Who presses beside all controls lets go of the focus; what is taken away or disabled does not. */
function letGo({ target, relatedTarget }: FocusEvent): void {
  if (relatedTarget !== null) return;
  setTimeout(() => {
    if (target === last && last?.isConnected === true && !last.matches(':disabled')) last = null;
  });
}

/** The heading of what came next to it in its list, or of what is left around it. */
function headingAround(): HTMLElement | null {
  for (const [at, each] of around.entries()) {
    const place = each.isConnected ? each : next[at];
    if (place?.isConnected !== true || !place.matches(SECTIONS)) continue;
    const heading = place.querySelector<HTMLElement>('h1, h2, h3');
    if (heading !== null) return heading;
  }
  return document.querySelector<HTMLElement>('h1');
}

function isLost(): boolean {
  return last !== null && document.activeElement === document.body;
}

function mend(): void {
  if (last === null || !isLost()) return;
  if (!last.isConnected) lead();
  else if (!last.matches(':disabled')) last.focus({ preventScroll: true });
}

function lead(): void {
  const heading = headingAround();
  if (heading === null) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Keeps the focus from getting lost: where its place is gone it goes to the heading of what is left around it. */
export function keepFocus(): void {
  let waits: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', letGo);
  new MutationObserver(() => {
    // After whatever takes the focus by itself: a dialog's end, a page that begins.
    clearTimeout(waits);
    waits = setTimeout(() => {
      mend();
      if (isLost()) waits = setTimeout(() => isLost() && lead(), BACK_WITHIN_MS);
    }, 60);
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}
