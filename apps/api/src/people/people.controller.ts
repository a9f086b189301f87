import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records, User } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { RoleName, SignedIn, type Person } from '../auth/person.js';
import { randomPassword } from '../auth/passwords.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../auth/sign-in.js';
import { Refuses, Returns } from '../http/contract.js';
import { line } from '../http/line.js';
import { Problem } from '../http/problem.js';
import { Time } from '../http/time.js';
import { RECORDS } from '../storage/tokens.js';
import { People } from './people.js';

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

const RoleChange = z.strictObject({ role: RoleName }).meta({ id: 'RoleChange' });

const PersonErasure = z
  .strictObject({
    why: line(500).meta({ description: 'Kept in the audit trail; name nobody in it' }),
    email: z
      .email()
      .max(254)
      .meta({ description: 'The address of the account, so that no slip erases another' }),
  })
  .meta({ id: 'PersonErasure' });

const PersonErased = z
  .object({ submissions: z.int().meta({ description: 'Whose documents and texts are gone' }) })
  .meta({ id: 'PersonErased' });

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

  @Put(':person/role')
  @OpenTo(['examiner'], null)
  @ApiOperation({ summary: 'Give somebody another role; it holds from their next request on' })
  @Returns(200, PersonView, { description: 'The account' })
  @Refuses([404, 'No such person'], [409, 'Your own account'], [422, 'Invalid body'])
  async setRole(
    @Param('person') id: string,
    @Body({ schema: RoleChange }) { role }: z.infer<typeof RoleChange>,
    @SignedIn() person: Person,
  ): Promise<PersonView> {
    const user = await this.find(id);
    if (user.id === person.id) {
      throw new Problem(409, 'Nobody changes their own role, so that there is always an examiner.', {
        name: 'own-account',
      });
    }
    return viewOf(await this.records.users.setRole(user.id, role, person.id));
  }

  @Post(':person/erase')
  @OpenTo(['examiner'], null)
  @ApiOperation({
    summary:
      'Erase for good who a person is and all they handed in; marks and the audit trail stay, without names',
  })
  @Returns(200, PersonErased, { description: 'What was erased' })
  @Refuses(
    [404, 'No such person'],
    [409, 'Another address than that of the account, or your own account'],
    [422, 'Invalid body'],
  )
  async erase(
    @Param('person') id: string,
    @Body({ schema: PersonErasure }) { why, email }: z.infer<typeof PersonErasure>,
    @SignedIn() person: Person,
  ): Promise<z.infer<typeof PersonErased>> {
    const user = await this.find(id);
    if (user.email !== email.toLowerCase()) {
      throw new Problem(409, 'This is not the address of that account; nothing was erased.', {
        name: 'other-address',
      });
    }
    if (user.id === person.id) {
      throw new Problem(409, 'Nobody erases their own account; ask another examiner.', {
        name: 'own-account',
      });
    }
    return this.records.erasures.person(user.id, { by: person.id, why });
  }

  private async find(id: string): Promise<User> {
    const user = await this.records.users.find(id);
    if (user === null) throw new Problem(404, 'There is no such person.', { name: 'no-such-person' });
    return user;
  }
}

function viewOf({ id, name, email, role, studentNumber, createdAt }: User): PersonView {
  return { id, name, email, role, studentNumber, createdAt: createdAt.toISOString() };
}
