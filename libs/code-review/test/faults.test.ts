import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openReviewer } from '../src/review.js';
import { FAULTS } from './faults.js';
import type { Fault } from './faults.js';
import { SILENT_FAULTS } from './silent-faults.js';
import { KERAS_FAULTS } from './keras-faults.js';

const folder = fileURLToPath(new URL('correct/', import.meta.url));
const reviewer = openReviewer();
const ALL = [...FAULTS, ...SILENT_FAULTS, ...KERAS_FAULTS];

/** The program with the fault, and the line it is on. */
function faulty({ program, replace, at }: Fault): { code: string; line: number } {
  let code = readFileSync(folder + program, 'utf8');
  let start = 0;
  for (const [from, to] of replace) {
    start = code.indexOf(from);
    if (start < 0) throw new Error(`${program} has no «${from}»`);
    code = code.slice(0, start) + to + code.slice(start + from.length);
  }
  const place = at === undefined ? start : code.indexOf(at);
  if (place < 0) throw new Error(`${program} has no «${at ?? ''}»`);
  return { code, line: code.slice(0, place).split('\n').length };
}

/** Real faults in whole programs: found on their line in the one, and gone from the other. */
describe('a fault in a whole program', () => {
  it.each(ALL.map((fault) => [fault.name, fault] as const))('%s', (_, fault) => {
    const { code, line } = faulty(fault);
    const named = (text: string): number[] =>
      reviewer
        .review(text, { filename: fault.program })
        .findings.filter(({ check }) => check === fault.check)
        .map((finding) => finding.line);
    expect(named(code)).toContain(line);
    expect(named(readFileSync(folder + fault.program, 'utf8'))).toEqual([]);
  });

  it('is one of at least sixty, under a name of its own', () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
    expect(FAULTS.length).toBeGreaterThanOrEqual(60);
    expect(KERAS_FAULTS.length).toBeGreaterThanOrEqual(40);
  });
});
