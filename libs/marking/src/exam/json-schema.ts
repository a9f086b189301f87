import { z } from 'zod';
import { ExamDefinition } from './definition.js';

/** The JSON Schema of an exam file, for completion and checking in editors. */
export function examJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(ExamDefinition, { io: 'input', unrepresentable: 'any' }),
    title: 'Tensormark exam',
  };
}
