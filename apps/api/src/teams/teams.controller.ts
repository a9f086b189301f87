import { Body, Controller, Delete, Get, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { MemberId, NewTeamMember, Team } from './teams.contract.js';

@ApiTags('people')
@Controller('api/v1/exams/:exam/team')
class TeamController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Who examines and marks the exam' })
  @Returns(200, Team, { description: 'The team; without members everybody of the service who marks' })
  @Refuses([404, 'No such exam'])
  async of(@Param('exam', { schema: ExamName }) name: string, @SignedIn() person: Person): Promise<Team> {
    const { id } = await this.known.find(name);
    return this.team(id, person);
  }

  @Post()
  @HttpCode(200)
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary:
      'Name somebody, or give them another role; the first naming keeps the exam to its team, with you as examiner',
  })
  @Returns(200, Team, { description: 'The team as it is now' })
  @Refuses(
    [404, 'No such exam, or nobody with this address'],
    [422, 'Invalid body, they take the exam, may not examine, or nobody would examine any more'],
  )
  async name(
    @Param('exam', { schema: ExamName }) name: string,
    @Body({ schema: NewTeamMember }) { email, role }: NewTeamMember,
    @SignedIn() person: Person,
  ): Promise<Team> {
    const { id } = await this.known.find(name);
    const user = await this.records.users.findByEmail(email);
    if (user === null)
      throw new Problem(404, `Nobody has an account with the address ${email}. Make one first.`, {
        name: 'no-such-person',
      });
    await this.records.teams.name({ examId: id, personId: user.id, role, by: person.id });
    return this.team(id, person);
  }

  @Delete(':person')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Take somebody out of the team; what they marked stays' })
  @Returns(200, Team, { description: 'The team as it is now' })
  @Refuses([404, 'No such exam, or not of the team'], [422, 'Nobody would examine any more'])
  async leave(
    @Param('exam', { schema: ExamName }) name: string,
    @Param('person', { schema: MemberId }) who: string,
    @SignedIn() person: Person,
  ): Promise<Team> {
    const { id } = await this.known.find(name);
    await this.records.teams.leave({ examId: id, personId: who, by: person.id });
    return this.team(id, person);
  }

  @Delete()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Open the exam to all markers and examiners of the service again' })
  @Returns(200, Team, { description: 'No team' })
  @Refuses([404, 'No such exam'], [422, 'It has no team'])
  async dissolve(
    @Param('exam', { schema: ExamName }) name: string,
    @SignedIn() person: Person,
  ): Promise<Team> {
    const { id } = await this.known.find(name);
    await this.records.teams.dissolve({ examId: id, by: person.id });
    return this.team(id, person);
  }

  private async team(examId: string, asking: Person): Promise<Team> {
    const members = await this.records.teams.of(examId);
    return {
      members: members.map(({ person: { id, name, email }, role, byName, at }) => ({
        id,
        name,
        email,
        role,
        by: byName,
        at: at.toISOString(),
        yours: id === asking.id,
      })),
    };
  }
}

@Module({ controllers: [TeamController] })
export class TeamsModule {}
