/**
 * Writes src/api/schema.d.ts from the API's OpenAPI document: `node apps/web/api-types.mjs`, after building the server.
 * With --check it only says whether the file is current. The file is committed, so that the pages build without the API.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const here = dirname(fileURLToPath(import.meta.url));
const printer = join(here, '../../dist/apps/api/src/openapi-print.js');
const target = join(here, 'src/api/schema.d.ts');
const HEAD = `/* oxlint-disable */
/** Written by apps/web/api-types.mjs from the API's OpenAPI document; changes by hand are lost. */
`;

const { stdout } = await promisify(execFile)(process.execPath, [printer], { maxBuffer: 64 * 1024 * 1024 });
// Some schemas still point to where zod keeps its definitions; they are the same ones.
const description = JSON.parse(stdout.replaceAll('"#/$defs/', '"#/components/schemas/'));
// Without names of their own the operations stand in their paths, which is where the pages look for them.
for (const path of Object.values(description.paths)) {
  for (const operation of Object.values(path)) delete operation.operationId;
}
const types = astToString(await openapiTypeScript(description));
const current = await format(HEAD + types, { ...(await resolveConfig(target)), parser: 'typescript' });

if (!process.argv.includes('--check')) {
  await writeFile(target, current);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== current) {
  console.error('apps/web/src/api/schema.d.ts is not what the API says. Run: node apps/web/api-types.mjs');
  process.exitCode = 1;
}
