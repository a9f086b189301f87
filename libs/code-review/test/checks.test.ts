import { describe, expect, it } from '@jest/globals';
import { openReviewer } from '../src/review.js';
import { CHECKS } from '../src/checks/table.js';

const reviewer = openReviewer();

function markedLine(code: string): number {
  return code.split('\n').findIndex((line) => line.includes('# <--')) + 1;
}

const serious = (severity: string): boolean => severity === 'error' || severity === 'warning';

describe('every check', () => {
  it('has an id of its own', () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });

  describe.each(CHECKS.map((check) => [check.id, check] as const))('%s', (id, check) => {
    it('has examples', () => {
      expect(check.wrong.length).toBeGreaterThan(0);
      expect(check.right.length).toBeGreaterThan(0);
    });

    it.each(check.wrong.map((code, at) => [at + 1, code] as const))('finds wrong example %i', (_, code) => {
      const { findings, broken } = reviewer.review(code);
      expect(broken).toEqual([]);
      expect(findings.filter((finding) => finding.check === id).map(({ line }) => line)).toEqual([
        markedLine(code),
      ]);
      expect(
        findings
          .filter((finding) => finding.check !== id && serious(finding.severity))
          .map(({ check, line }) => `${check}:${line}`),
      ).toEqual([]);
    });

    it.each(check.right.map((code, at) => [at + 1, code] as const))(
      'is silent on right example %i',
      (_, code) => {
        const { findings, broken } = reviewer.review(code);
        expect(broken).toEqual([]);
        expect(
          findings
            .filter((finding) => finding.check === id || serious(finding.severity))
            .map(({ check, line }) => `${check}:${line}`),
        ).toEqual([]);
      },
    );
  });
});
