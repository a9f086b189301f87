import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openReviewer } from '../src/review.js';

const folder = fileURLToPath(new URL('correct/', import.meta.url));
const reviewer = openReviewer();

/** Whole programs that are right, in many styles: none of them has an error or a warning. */
describe('a correct program', () => {
  it.each(readdirSync(folder))('%s', (name) => {
    const { findings, broken } = reviewer.review(readFileSync(folder + name, 'utf8'), { filename: name });
    expect(broken).toEqual([]);
    expect(
      findings
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ check, line, message }) => `${line}: ${check}: ${message}`),
    ).toEqual([]);
  });
});
