import { z } from 'zod';
import { line } from '../http/line.js';
import { isZone } from '../http/zone.js';

export const PeopleImport = z
  .object({
    version: z.string().meta({ description: 'Of all that would change; for If-Match when it is applied' }),
    layout: z.enum(['people', 'extensions']).meta({ description: 'What the file is about, by its headings' }),
    rows: z
      .array(
        z.object({
          row: z.int().meta({ description: 'Of the file, its headings being row 1' }),
          kind: z.enum(['new', 'changed']).meta({ description: 'An account, or an extension' }),
          name: z.string(),
          email: z.string(),
          exam: z.string().nullable().meta({ description: 'Of an extension' }),
          differences: z.array(
            z.object({
              what: z.enum(['name', 'role', 'student number', 'deadline']),
              before: z.string().nullable(),
              after: z.string().nullable(),
            }),
          ),
        }),
      )
      .meta({ description: 'Rows that change something' }),
    unchanged: z.int().meta({ description: 'Rows that say what is so already' }),
    wrong: z
      .array(
        z.object({
          row: z.int(),
          column: z.string().nullable().meta({ description: 'As the file calls it; null for the whole row' }),
          says: z.string(),
        }),
      )
      .meta({ description: 'Rows that nothing is done with, and why' }),
  })
  .meta({ id: 'PeopleImport', description: 'What a file of people or extensions would change' });
export type PeopleImport = z.infer<typeof PeopleImport>;

export const PeopleImported = z
  .object({
    added: z.int(),
    changed: z.int(),
    extended: z.int(),
    passwords: z
      .array(z.object({ row: z.int(), name: z.string(), email: z.string(), password: z.string() }))
      .meta({ description: 'Those that were made up, shown this once' }),
  })
  .meta({ id: 'PeopleImported' });
export type PeopleImported = z.infer<typeof PeopleImported>;

const zone = z
  .string()
  .max(64)
  .refine(isZone, 'is no time zone')
  .default('UTC')
  .meta({ description: 'IANA name of the zone of times in the file that name none' });

export const PeoplePreviewQuery = z.strictObject({ zone });
export type PeoplePreviewQuery = z.output<typeof PeoplePreviewQuery>;

export const PeopleImportQuery = z.strictObject({
  zone,
  why: line(500).optional().meta({ description: 'The reason of extensions whose row gives none' }),
  passwords: z.enum(['made-up', 'none']).default('none').meta({
    description:
      'Whether new accounts get a password; without one they come by single sign-on or a learning platform',
  }),
});
export type PeopleImportQuery = z.output<typeof PeopleImportQuery>;
