import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CourseLink, Exam, Records } from '@tensormark/records';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { notFound, Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { CourseRoster } from './course-roster.js';
import { GradePassback } from './grade-passback.js';
import { PlatformFault } from './platform-client.js';
import { Course, CourseGrades, ExamChoice, LinkId, Roster } from './platforms.contract.js';

/** Places in courses and the exams they lead to. */
@ApiTags('learning platforms')
@Controller('api/v1')
export class CoursesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly roster: CourseRoster,
    private readonly passback: GradePassback,
  ) {}

  @Get('courses/:link')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'A place in a course of a learning platform' })
  @Returns(200, Course, { description: 'The place, and the exam it leads to' })
  @Refuses([404, 'No such place'])
  async one(@Param('link', { schema: LinkId }) id: string): Promise<Course> {
    return this.course(await this.linkOf(id));
  }

  @Put('courses/:link/exam')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Say which exam it leads to' })
  @Returns(200, Course, { description: 'The place, with its exam' })
  @Refuses([404, 'No such place or exam'], [422, 'Invalid body'])
  async choose(
    @Param('link', { schema: LinkId }) id: string,
    @Body({ schema: ExamChoice }) { exam }: { exam: string },
    @SignedIn() person: Person,
  ): Promise<Course> {
    const { id: examId } = await this.known.find(exam);
    // Of the exam it leads to now they are examiner already.
    if ((await this.records.teams.roleAt({ kind: 'exam', id: examId }, person)) !== 'examiner')
      throw notFound('exam');
    return this.course(await this.records.courseLinks.choose(id, examId, person.id));
  }

  @Get('exams/:exam/courses')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'The courses that lead to the exam, and which released grades they have' })
  @Returns(200, CourseGrades, { description: 'By course', list: true })
  @Refuses([404, 'No such exam'])
  async ofExam(@Param('exam', { schema: ExamName }) name: string): Promise<CourseGrades[]> {
    const exam = await this.known.find(name);
    const links = await this.records.courseLinks.ofExam(exam.id);
    return Promise.all(links.map((link) => this.withGrades(link, exam)));
  }

  @Post('exams/:exam/courses/:link/grades')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Tell the platform the released grades now; it happens by itself within a minute',
  })
  @Returns(200, CourseGrades, { description: 'What it has now' })
  @Refuses([404, 'No such exam or place'], [409, 'It is being told already'])
  async send(
    @Param('exam', { schema: ExamName }) name: string,
    @Param('link', { schema: LinkId }) id: string,
  ): Promise<CourseGrades> {
    const { exam, link } = await this.linked(name, id);
    if (!(await this.passback.send(link, exam.id)))
      throw new Problem(409, 'The platform is being told the grades right now.', { name: 'being-told' });
    return this.withGrades(link, exam);
  }

  @Get('exams/:exam/courses/:link/roster')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Who takes the course, and what taking them over would do' })
  @Returns(200, Roster, { description: 'Nothing is changed by asking' })
  @Refuses([404, 'No such exam or place'], [502, 'The platform does not tell'])
  async preview(
    @Param('exam', { schema: ExamName }) name: string,
    @Param('link', { schema: LinkId }) id: string,
  ): Promise<Roster> {
    const { link } = await this.linked(name, id);
    return rosterOf(await orProblem(this.roster.preview(link)));
  }

  @Post('exams/:exam/courses/:link/roster')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Make accounts of the new students, and expect everybody in the exam' })
  @Returns(200, Roster, { description: 'What was done' })
  @Refuses([404, 'No such exam or place'], [502, 'The platform does not tell'])
  async take(
    @Param('exam', { schema: ExamName }) name: string,
    @Param('link', { schema: LinkId }) id: string,
    @SignedIn() person: Person,
  ): Promise<Roster> {
    const { exam, link } = await this.linked(name, id);
    return rosterOf(await orProblem(this.roster.take(link, exam.id, person.id)));
  }

  private async linked(name: string, linkId: string): Promise<{ exam: Exam; link: CourseLink }> {
    const exam = await this.known.find(name);
    const link = await this.linkOf(linkId);
    if (link.examId !== exam.id) throw notFound('course of this exam');
    return { exam, link };
  }

  private async linkOf(id: string): Promise<CourseLink> {
    const link = await this.records.courseLinks.find(id);
    if (link === null) throw notFound('course');
    return link;
  }

  private async course(link: CourseLink): Promise<Course> {
    const exam = link.examId === null ? null : await this.records.exams.find(link.examId);
    return {
      link: link.id,
      platform: link.platform.name,
      course: link.course,
      title: link.title,
      exam: exam?.slug ?? null,
      takesGrades: (link.lineItemUrl ?? link.lineItemsUrl) !== null,
      tellsRoster: link.membershipsUrl !== null,
    };
  }

  private async withGrades(link: CourseLink, exam: Exam): Promise<CourseGrades> {
    const { toSend, sent, failed, unknownThere, fault } = await this.passback.outstanding(link, exam.id);
    return {
      ...(await this.course(link)),
      grades: { sent, toSend: toSend.length - failed, failed, unknownThere },
      fault,
    };
  }
}

function rosterOf(outcome: Awaited<ReturnType<CourseRoster['preview']>>): Roster {
  return { ...outcome, new: [...outcome.new], notTaken: [...outcome.notTaken] };
}

async function orProblem<Value>(asking: Promise<Value>): Promise<Value> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof PlatformFault)
      throw new Problem(502, `${error.message} Try again later, or ask its administrator.`, {
        name: 'learning-platform-fault',
      });
    throw error;
  }
}
