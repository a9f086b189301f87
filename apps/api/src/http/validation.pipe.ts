import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { notFound, Problem, type ProblemEntry } from './problem.js';

const MOST_ERRORS = 50;

/**
 * Checks what comes in against the zod schema beside its parameter (`@Body({ schema })`). A body that does not fit is
 * 422, a query 400; an address whose parameters cannot name anything is 404.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    const checked = schema.safeParse(value);
    const errors = checked.success
      ? withoutCharacter(checked.data, '')
      : checked.error.issues.slice(0, MOST_ERRORS).map(entryOf);
    if (checked.success && errors.length === 0) return checked.data;
    if (type === 'param') throw notFound('object');
    throw new Problem(
      type === 'query' ? 400 : 422,
      type === 'query'
        ? 'The query of the address has something wrong with it.'
        : 'The body has something wrong with it.',
      { name: 'invalid', errors },
    );
  }
}

function entryOf(issue: z.core.$ZodIssue): ProblemEntry {
  return { path: issue.path.map(String).join('.'), message: issue.message };
}

/** U+0000 stands for no character, and the database takes no text that has it. */
function withoutCharacter(value: unknown, path: string): ProblemEntry[] {
  if (typeof value === 'string')
    return value.includes('\u0000') ? [{ path, message: 'Leave out U+0000, which is no character.' }] : [];
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    withoutCharacter(inner, path === '' ? name : `${path}.${name}`),
  );
}
