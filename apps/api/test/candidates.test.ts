import { describe, expect, it } from '@jest/globals';
import { Candidates } from '../src/auth/candidates.js';

const candidates = new Candidates({ secret: 'one secret of sufficient length, truly' });

describe('pseudonyms', () => {
  it('same-student-same-exam-same-pseudonym', () => {
    expect(candidates.pseudonym('exam', 'ada')).toBe(candidates.pseudonym('exam', 'ada'));
    expect(candidates.pseudonym('exam', 'ada')).toMatch(/^C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('another-exam-another-pseudonym', () => {
    expect(candidates.pseudonym('exam', 'ada')).not.toBe(candidates.pseudonym('other', 'ada'));
  });

  it('another-secret-another-pseudonym', () => {
    const others = new Candidates({ secret: 'another secret of sufficient length' });
    expect(others.pseudonym('exam', 'ada')).not.toBe(candidates.pseudonym('exam', 'ada'));
  });

  it('names-that-run-together-are-told-apart', () => {
    expect(candidates.pseudonym('a', 'bc')).not.toBe(candidates.pseudonym('ab', 'c'));
  });

  it('five-thousand-students-have-five-thousand-pseudonyms', () => {
    const given = Array.from({ length: 5000 }, (_, at) => candidates.pseudonym('exam', `student ${at}`));
    expect(new Set(given).size).toBe(given.length);
  });
});
