import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records, User } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { RoleName, SignedIn, type Person } from '../auth/person.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../auth/sign-in.js';
import { Refuses, Returns } from '../http/contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { RECORDS } from '../storage/tokens.js';
import { People, randomPassword } from './people.js';

const PersonView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: RoleName,
    studentNumber: z.string().nullable(),
    createdAt: Time,
  })
  .meta({ id: 'Person' });
type PersonView = z.infer<typeof PersonView>;

const NewPerson = z
  .strictObject({
    name: line(200),
    email: z.email().max(254),
    role: RoleName,
    studentNumber: line(64).optional(),
    password: z
      .string()
      .min(SHORTEST_PASSWORD)
      .max(LONGEST_PASSWORD)
      .optional()
      .meta({ description: 'Made up at random when left out' }),
  })
  .meta({ id: 'NewPerson' });

const AddedPerson = PersonView.extend({
  password: z.string().nullable().meta({ description: 'The random password, shown this once; else null' }),
}).meta({ id: 'AddedPerson' });

@ApiTags('people')
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly people: People,
    @Inject(RECORDS) private readonly records: Records,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Everybody with an account' })
  @Returns(200, PersonView, { description: 'People', list: true })
  async list(): Promise<PersonView[]> {
    return (await this.records.users.list()).map(viewOf);
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Make an account' })
  @Returns(201, AddedPerson, { description: 'The account' })
  @Refuses([409, 'There is an account with this address'], [422, 'Invalid body'])
  async add(
    @Body({ schema: NewPerson }) { password, ...asked }: z.infer<typeof NewPerson>,
    @SignedIn() person: Person,
  ): Promise<z.infer<typeof AddedPerson>> {
    const random = password === undefined ? randomPassword() : null;
    const user = await this.people.add({ ...asked, password: password ?? random ?? '' }, person.id);
    return { ...viewOf(user), password: random };
  }
}

function viewOf({ id, name, email, role, studentNumber, createdAt }: User): PersonView {
  return { id, name, email, role, studentNumber, createdAt: createdAt.toISOString() };
}
