import type { FastifyReply } from 'fastify';

const MARKED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A page for a frame of the platform's: one link, which repeats the request in a window of its own. It says nothing else. */
export function openInItsOwnWindow(
  reply: FastifyReply,
  path: string,
  asked: Readonly<Record<string, string | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) search.set(name, value);
  const href = `${path}?${search.toString()}`.replace(/[&<>"]/g, (character) => MARKED[character] ?? '');
  void reply
    .status(200)
    .removeHeader('x-frame-options')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *")
    .header('content-type', 'text/html; charset=utf-8');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tensormark</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 32rem; padding: 0 1rem }
</style>
<h1>Tensormark</h1>
<p>Your exam opens in a window of its own.</p>
<p><a href="${href}" target="_blank" rel="noopener">Open Tensormark</a></p>
</html>
`;
}
