import { isSpace } from '../../text/split.js';
import type { Flags, Subject } from './pattern.js';

export type CharTest = (char: string) => boolean;

const WORD = /[\p{L}\p{N}_]/u;
const DIGIT = /\p{Nd}/u;

/** `\w` and its like; `ascii` as the flag `re.A` has it. */
export function classTest(letter: string, ascii: boolean): CharTest | undefined {
  const lower = letter.toLowerCase();
  const test: CharTest | undefined =
    lower === 'w'
      ? (char) => (ascii ? /^\w$/.test(char) : WORD.test(char))
      : lower === 'd'
        ? (char) => (ascii ? /^\d$/.test(char) : DIGIT.test(char))
        : lower === 's'
          ? (char) => (ascii ? /^[ \t\n\r\f\v]$/.test(char) : isSpace(char))
          : undefined;
  return test !== undefined && letter !== lower ? (char) => !test(char) : test;
}

/** A test that minds no case, where the flag asks for that. */
export function withCase(test: CharTest, flags: Flags): CharTest {
  return flags.i ? (char) => test(char) || test(char.toLowerCase()) || test(char.toUpperCase()) : test;
}

export function isWordAt(subject: Subject, at: number, ascii: boolean): boolean {
  const char = subject[at];
  return char !== undefined && (ascii ? /^\w$/.test(char) : WORD.test(char));
}

/** The characters of escapes such as `\n`; the same in patterns and replacement templates. */
export const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);
