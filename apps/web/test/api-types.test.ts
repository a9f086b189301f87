import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

describe('the types of the API', () => {
  it('are-those-of-the-openapi-document', async () => {
    const checking = promisify(execFile)(process.execPath, ['apps/web/api-types.mjs', '--check']);
    await expect(checking).resolves.toMatchObject({ stderr: expect.not.stringContaining('Run: node') });
  });
});
