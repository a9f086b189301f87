import { z } from 'zod';
import { isSafe } from './platform-client.js';

const Address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine(isSafe, 'expected https');

export const NewPlatform = z
  .strictObject({
    name: z.string().trim().min(1).max(100).meta({ description: 'What people call it' }),
    issuer: z.string().min(1).max(2000).meta({ description: 'As the platform signs itself (iss)' }),
    clientId: z.string().min(1).max(255).meta({ description: 'What the platform calls this server' }),
    authorizationUrl: Address,
    tokenUrl: Address,
    keysUrl: Address,
    trustsEmail: z.boolean().default(false).meta({
      description:
        'Whether the account of a student is found by the e-mail address that the platform tells. Only where students cannot change it there',
    }),
  })
  .meta({ id: 'NewLearningPlatform' });
export type NewPlatform = z.infer<typeof NewPlatform>;

export const Platform = z
  .object({
    id: z.uuid(),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    authorizationUrl: z.string(),
    tokenUrl: z.string(),
    keysUrl: z.string(),
    trustsEmail: z.boolean(),
  })
  .meta({ id: 'LearningPlatform' });
export type Platform = z.infer<typeof Platform>;

export const Platforms = z
  .object({
    platforms: z.array(Platform),
    tool: z
      .object({ loginUrl: z.string(), launchUrl: z.string(), keysUrl: z.string() })
      .meta({ description: 'What the platform asks of a tool' }),
  })
  .meta({ id: 'LearningPlatforms' });
export type Platforms = z.infer<typeof Platforms>;

export const PlatformId = z.uuid();
export const LinkId = z.uuid();

export const GRADE_STATES = ['to-send', 'sent', 'failed', 'unknown-there'] as const;

export const Course = z
  .object({
    link: z.uuid(),
    platform: z.string(),
    course: z.string(),
    title: z.string(),
    exam: z.string().nullable().meta({ description: 'Null until somebody has chosen' }),
    takesGrades: z.boolean(),
    tellsRoster: z.boolean(),
  })
  .meta({ id: 'Course', description: 'A place in a course of a learning platform' });
export type Course = z.infer<typeof Course>;

export const CourseGrades = Course.extend({
  grades: z.object({
    sent: z.int(),
    toSend: z.int(),
    failed: z.int(),
    unknownThere: z.int().meta({ description: 'Released to people whom the platform does not know' }),
  }),
  fault: z.string().nullable().meta({ description: 'Of one of those that failed' }),
}).meta({ id: 'CourseGrades' });
export type CourseGrades = z.infer<typeof CourseGrades>;

export const ExamChoice = z
  .strictObject({ exam: z.string().min(1).max(100) })
  .meta({ id: 'CourseExamChoice' });

export const Roster = z
  .object({
    new: z.array(z.object({ name: z.string(), email: z.string() })),
    known: z.int(),
    teachers: z.int(),
    notTaken: z.array(z.object({ name: z.string(), why: z.string() })),
  })
  .meta({ id: 'CourseRoster', description: 'Who takes the course, beside the accounts here' });
export type Roster = z.infer<typeof Roster>;

export const Connection = z
  .object({ platform: z.string(), person: z.string().nullable() })
  .meta({ id: 'PlatformConnection', description: 'Whom a visit has brought, before their account is known' });
export type Connection = z.infer<typeof Connection>;
export const Connected = z.object({ to: z.string() }).meta({ id: 'PlatformConnected' });
