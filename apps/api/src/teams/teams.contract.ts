import { TEAM_ROLES } from '@tensormark/records';
import { z } from 'zod';
import { Time } from '../http/time.js';

export const MemberId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const TeamRole = z.enum(TEAM_ROLES).meta({ id: 'TeamRole' });

export const Team = z
  .object({
    members: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          email: z.string(),
          role: TeamRole,
          by: z.string().nullable().meta({ description: 'Who named them' }),
          at: Time,
          yours: z.boolean().meta({ description: 'It is you' }),
        }),
      )
      .meta({ description: 'Empty: the exam is open to all markers and examiners of the service' }),
  })
  .meta({ id: 'Team', description: 'Who examines and marks an exam, where it is kept to a team' });
export type Team = z.infer<typeof Team>;

export const NewTeamMember = z
  .strictObject({
    email: z
      .email()
      .max(254)
      .meta({ description: 'Of somebody with an account, a student of other exams too' }),
    role: TeamRole,
  })
  .meta({ id: 'NewTeamMember' });
export type NewTeamMember = z.infer<typeof NewTeamMember>;
