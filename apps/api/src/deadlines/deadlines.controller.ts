import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { Extension, NewExtension, NewSchedule, Schedule, StudentId } from './deadlines.contract.js';
import { Deadlines } from './deadlines.js';

@ApiTags('exams')
@Controller('api/v1/exams/:exam')
export class DeadlinesController {
  constructor(private readonly deadlines: Deadlines) {}

  @Get('schedule')
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'When the exam is open, what lateness costs, and which attempt counts' })
  @Returns(200, Schedule, { description: 'The schedule, with your own deadline where you have an extension' })
  @Refuses([404, 'No such exam'])
  schedule(@Param('exam', { schema: ExamName }) exam: string, @SignedIn() person: Person): Promise<Schedule> {
    return this.deadlines.of(exam, person);
  }

  @Put('schedule')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Set opening, deadline and late policy; what is released already stays as it is' })
  @Returns(200, Schedule, { description: 'The schedule that holds now' })
  @Refuses([404, 'No such exam'], [422, 'Invalid body, or it would open after its deadline'])
  set(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: NewSchedule }) schedule: NewSchedule,
    @SignedIn() person: Person,
  ): Promise<Schedule> {
    return this.deadlines.set(exam, schedule, person);
  }

  @Get('extensions')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Which students have deadlines of their own, and why' })
  @Returns(200, Extension, { description: 'The latest word on each student', list: true })
  @Refuses([404, 'No such exam'])
  extensions(@Param('exam', { schema: ExamName }) exam: string): Promise<Extension[]> {
    return this.deadlines.extensions(exam);
  }

  @Put('extensions/:student')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Give a student a deadline of their own, or take it back' })
  @Returns(200, Extension, { description: 'What holds for the student now' })
  @Refuses(
    [404, 'No such exam or student'],
    [422, 'Invalid body, a time that is no later than the deadline, or nothing to take back'],
  )
  extend(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('student', { schema: StudentId }) student: string,
    @Body({ schema: NewExtension }) extension: NewExtension,
    @SignedIn() person: Person,
  ): Promise<Extension> {
    return this.deadlines.extend(exam, student, extension, person);
  }
}
