declare global {
  interface Window {
    /** What `ahead.js` asked for before the pages were here, by address; null where no answer came. */
    tensormarkAhead?: Record<string, Promise<Response | null>>;
  }
}

/** Longer after the page began to load, an answer is no longer what the server would say now. */
const FRESH_MS = 10_000;

/** The answer to a request that was asked already; once, and null for every other. */
export async function takeAhead({ method, url }: Request): Promise<Response | null> {
  const { pathname, search } = new URL(url);
  const asked = window.tensormarkAhead?.[pathname + search];
  if (method !== 'GET' || asked === undefined) return null;
  delete window.tensormarkAhead?.[pathname + search];
  return performance.now() > FRESH_MS ? null : asked;
}

/** Somebody else may be here from now on. */
export function forgetAhead(): void {
  delete window.tensormarkAhead;
}
