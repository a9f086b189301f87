import { Body, Controller, Get, Module, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { CountedAsUpload } from '../http/rates.js';
import { Archives } from './archives.js';
import { CohortUploadsController } from './cohort-uploads.controller.js';
import { CohortId, CohortTaken, CohortView, TakeCohort } from './cohorts.contract.js';
import { CohortsService } from './cohorts.service.js';

@ApiTags('cohorts')
@Controller('api/v1/exams/:exam/cohorts')
export class CohortsController {
  constructor(private readonly cohorts: CohortsService) {}

  @Post()
  @OpenTo(['examiner'], 'manage')
  @CountedAsUpload()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: {
          type: 'string',
          format: 'binary',
          description: 'As Moodle, Gradescope or Canvas lays it out',
        },
      },
    },
  })
  @ApiOperation({ summary: 'Upload what a whole cohort handed in elsewhere; nothing is handed in yet' })
  @Returns(201, CohortView, { description: 'Whose each piece is, what is there already, what is refused' })
  @Refuses(
    [400, 'Malformed form'],
    [404, 'No such exam'],
    [413, 'The archive is too large'],
    [415, 'No form'],
    [422, 'No file, an archive that is broken or unsafe, or of a layout that is not known'],
  )
  receive(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
  ): Promise<CohortView> {
    return this.cohorts.receive(exam, request, person);
  }

  @Get(':cohort')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Look at an uploaded archive again, by what is known now' })
  @Returns(200, CohortView, { description: 'The same, anew' })
  @Refuses([404, "No such exam or archive, or another examiner's"])
  view(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @SignedIn() person: Person,
  ): Promise<CohortView> {
    return this.cohorts.view(exam, cohort, person);
  }

  @Post(':cohort/take')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Hand in rows of the archive, each for the student that you name' })
  @Returns(200, CohortTaken, { description: 'What came of each; what was there already stays as it is' })
  @Refuses(
    [404, "No such exam or archive, or another examiner's"],
    [422, 'Invalid body, a row that is not there, no student, or one student twice'],
  )
  take(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('cohort', { schema: CohortId }) cohort: string,
    @Body({ schema: TakeCohort }) take: TakeCohort,
    @SignedIn() person: Person,
  ): Promise<CohortTaken> {
    return this.cohorts.take(exam, cohort, take, person);
  }
}

@Module({ controllers: [CohortsController, CohortUploadsController], providers: [CohortsService, Archives] })
export class CohortsModule {}
