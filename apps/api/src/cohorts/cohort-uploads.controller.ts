import { randomUUID } from 'node:crypto';
import { Controller, Delete, Head, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { CountedAsUpload } from '../http/rates.js';
import { answerTus } from '../resumable-uploads/speak-tus.js';
import { BeginsUpload, GivesUp, TakesBytes, TellsHowFar } from '../resumable-uploads/tus-contract.js';
import { CohortId, CohortView } from './cohorts.contract.js';
import { CohortsService } from './cohorts.service.js';

/** Archives of a cohort by the tus protocol, version 1.0.0, as students' documents come. */
@ApiTags('cohorts')
@Controller('api/v1/exams/:exam/cohort-uploads')
export class CohortUploadsController {
  constructor(private readonly cohorts: CohortsService) {}

  @Post()
  @OpenTo(['examiner'], 'manage')
  @CountedAsUpload()
  @BeginsUpload('Begin an archive that can go on where it breaks off (tus 1.0.0)')
  @Refuses([404, 'No such exam'], [413, 'Too large'])
  async begin(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.cohorts.go(exam, randomUUID(), person, request));
  }

  @Head(':cohort')
  @OpenTo(['examiner'], 'manage')
  @TellsHowFar('How far an archive is: the header Upload-Offset')
  @Refuses([404, "No such archive, or another examiner's"])
  async progress(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.cohorts.go(exam, cohort, person, request));
  }

  @Patch(':cohort')
  @OpenTo(['examiner'], 'manage')
  @TakesBytes({
    summary: 'Send further bytes (application/offset+octet-stream)',
    description: 'Durable up to Upload-Offset',
  })
  @Refuses([404, "No such archive, or another examiner's"], [409, 'Not where it ends'])
  async more(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.cohorts.go(exam, cohort, person, request));
  }

  @Delete(':cohort')
  @OpenTo(['examiner'], 'manage')
  @GivesUp('Give an archive up; what was taken from it stays')
  @Refuses([404, "No such archive, or another examiner's"], [412, 'Without Tus-Resumable'])
  async giveUp(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.cohorts.go(exam, cohort, person, request));
  }

  @Post(':cohort/finish')
  @OpenTo(['examiner'], 'manage')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is in an archive that is whole; nothing is handed in yet' })
  @Returns(200, CohortView, { description: 'Whose each piece is, what is there already, what is refused' })
  @Refuses(
    [404, "No such exam or archive, or another examiner's"],
    [409, 'Not whole yet'],
    [
      422,
      'Another SHA-256 than was said, an archive that is broken or unsafe, or of a layout that is not known',
    ],
  )
  finish(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @SignedIn() person: Person,
  ): Promise<CohortView> {
    return this.cohorts.finish(exam, cohort, person);
  }
}
