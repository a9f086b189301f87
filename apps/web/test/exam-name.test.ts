import { describe, expect, it } from '@jest/globals';
import { examNameIn, nameless } from '../src/examiner/examName.js';

describe('the name of an exam that is being written', () => {
  it.each([
    ['exam: nets-2026', 'nets-2026'],
    ['format: 1\nexam: "7"  # its name', '7'],
    ['exam: My exam', null],
    ['exam: 試験', null],
    ['exam:', null],
    [`exam: ${'x'.repeat(65)}`, null],
  ])('%j', (yaml, name) => expect(examNameIn(yaml)).toBe(name));

  it('what-is-no-name-is-said-to-be-none-with-what-would-be-one', () => {
    expect(nameless('format: 1\n')).toMatch(/^No name yet: give one/);
    expect(nameless('exam:\n')).toMatch(/^No name yet/);
    expect(nameless('exam: 試験\n')).toBe(
      '“試験” cannot be its name: up to 64 letters from a to z, digits and dashes, no blanks',
    );
    expect(nameless(`exam: ${'x'.repeat(300)}\n`)).toMatch(/^“x{24}…” cannot be its name/);
  });
});
