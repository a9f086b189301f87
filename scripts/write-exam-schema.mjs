/** Writes the JSON Schema of exam files to docs/exam.schema.json; a test says when it is no longer current. */
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { examJsonSchema } from '../dist/libs/marking/src/index.js';

const target = new URL('../docs/exam.schema.json', import.meta.url);
await writeFile(target, await format(JSON.stringify(examJsonSchema()), { parser: 'json', printWidth: 110 }));
