import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const NOT_PAGES = /^\/(?:api|docs|health)(?:\/|$)/;
/** Vite names these after their content. */
const NEVER_CHANGES = /[\\/]assets[\\/]/;
const ASSET = /^\/assets\/[\w.-]+$/;
/** What draws PDFs, in a thread that knows no page; its decoders of pictures are WebAssembly. */
const DRAWS_PDF = /[\\/]pdf\.worker[^\\/]*$/;
const DRAWS_PDF_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; font-src 'self'";

/** Serves the built pages; every address that is no file and none of ours is the application's, which finds its way. */
export async function serveWebPages(fastify: FastifyInstance, webRoot: string): Promise<boolean> {
  if (!existsSync(join(webRoot, 'index.html'))) return false;
  const { default: fastifyStatic } = await import('@fastify/static');
  await fastify.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    cacheControl: false,
    // The build has put compressed forms beside the files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      if (DRAWS_PDF.test(path)) void reply.header('content-security-policy', DRAWS_PDF_POLICY);
      void reply.header(
        'cache-control',
        NEVER_CHANGES.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  fastify.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    // Built since this server started: the page names them already.
    if (ASSET.test(path)) return reply.sendFile(path.slice(1));
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (NOT_PAGES.test(path) || !wantsPage) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
  return true;
}
