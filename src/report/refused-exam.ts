import type { ExamError } from '@tensormark/marking';
import { Refused } from '../command.js';

/** An exam that was refused, each error at its line and column. */
export function refuseExam(file: string, errors: readonly ExamError[]): Refused {
  const listed = errors.map(
    ({ line, column, path, message }) =>
      `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`,
  );
  return new Refused(`the exam was refused\n${listed.join('\n')}`);
}
