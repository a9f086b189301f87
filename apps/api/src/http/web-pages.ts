import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const NOT_PAGES = /^\/(?:api|docs|health)(?:\/|$)/;
/** Vite names these after their content. */
const NEVER_CHANGES = /[\\/]assets[\\/]/;

/** Serves the built pages; every address that is no file and none of ours is the application's, which finds its way. */
export async function serveWebPages(fastify: FastifyInstance, webRoot: string): Promise<boolean> {
  if (!existsSync(join(webRoot, 'index.html'))) return false;
  const { default: fastifyStatic } = await import('@fastify/static');
  await fastify.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header(
        'cache-control',
        NEVER_CHANGES.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  fastify.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (NOT_PAGES.test(path) || !wantsPage) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
  return true;
}
