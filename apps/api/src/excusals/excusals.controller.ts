import { Body, Controller, Get, Inject, Module, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { StudentId } from '../deadlines/deadlines.contract.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { Excusal, NewExcusal } from './excusals.contract.js';

@ApiTags('exams')
@Controller('api/v1/exams/:exam/excusals')
export class ExcusalsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Who is excused from the exam or from parts of it, and why' })
  @Returns(200, Excusal, { description: 'Those that stand', list: true })
  @Refuses([404, 'No such exam'])
  async of(@Param('exam', { schema: ExamName }) name: string): Promise<Excusal[]> {
    const { id } = await this.known.find(name);
    return this.standing(id);
  }

  @Put(':student')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Excuse a student from the exam or from one part, or take that back',
    description:
      'What a student is excused from counts neither to their total nor to what it is out of. Where nothing is left that counts, a result that is out is hidden again; otherwise it stays as it is until marks are released again.',
  })
  @Returns(200, Excusal, { description: 'Those that stand now', list: true })
  @Refuses([404, 'No such exam, student or part'], [422, 'Invalid body, or it is so already'])
  async say(
    @Param('exam', { schema: ExamName }) name: string,
    @Param('student', { schema: StudentId }) studentId: string,
    @Body({ schema: NewExcusal }) { part, excused, reason }: NewExcusal,
    @SignedIn() person: Person,
  ): Promise<Excusal[]> {
    const { id } = await this.known.find(name);
    const request = { examId: id, studentId, part, why: reason, by: person.id };
    await (excused ? this.records.excusals.excuse(request) : this.records.excusals.takeBack(request));
    return this.standing(id);
  }

  private async standing(examId: string): Promise<Excusal[]> {
    const excusals: Excusal[] = [];
    for (const { studentId, part, why, byName, at } of await this.records.excusals.ofExam(examId)) {
      const student = await this.records.users.find(studentId);
      if (student === null) continue;
      const { id, name, email, studentNumber } = student;
      excusals.push({
        student: { id, name, email, studentNumber },
        part,
        reason: why,
        by: byName,
        since: at.toISOString(),
      });
    }
    return excusals;
  }
}

@Module({ controllers: [ExcusalsController] })
export class ExcusalsModule {}
