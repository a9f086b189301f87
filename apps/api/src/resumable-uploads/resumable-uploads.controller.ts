import { Controller, Delete, Head, Module, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { CountedAsUpload } from '../http/rates.js';
import { Accepted } from '../submissions/submissions.contract.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { ResumableUploads } from './resumable-uploads.service.js';
import { answerTus } from './speak-tus.js';
import { BeginsUpload, GivesUp, TakesBytes, TellsHowFar } from './tus-contract.js';

const UploadId = z.uuid();
/** The tus protocol, version 1.0.0, with creation, creation-with-upload, termination and expiration. */
@ApiTags('submissions')
@Controller('api/v1/exams/:exam/uploads')
export class ResumableUploadsController {
  constructor(private readonly uploads: ResumableUploads) {}

  @Post()
  @OpenTo(['student'], 'submit')
  @CountedAsUpload()
  @BeginsUpload('Begin an upload that can go on where it breaks off (tus 1.0.0)')
  @Refuses(
    [403, 'Not open yet, or the deadline has passed; or not a student'],
    [404, 'No such exam'],
    [413, 'Too large'],
  )
  async begin(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.uploads.begin(exam, person, request));
  }

  @Head(':upload')
  @OpenTo(['student'], 'submit')
  @TellsHowFar('How far an upload is: the header Upload-Offset')
  @Refuses([404, "No such upload, or another student's"])
  async progress(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('upload', { schema: UploadId }) upload: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.uploads.go(exam, upload, person, request));
  }

  @Patch(':upload')
  @OpenTo(['student'], 'submit')
  @TakesBytes({
    summary:
      'Send further bytes (application/offset+octet-stream); with the last one the document is handed in',
    description:
      'Durable up to Upload-Offset; with the last byte, tensormark-submission names the submission',
  })
  @Refuses(
    [403, 'The last byte came after the deadline'],
    [404, "No such upload, or another student's"],
    [409, 'Not where it ends'],
    [415, 'Not a document of a known format'],
    [422, 'An empty, broken or unsafe document, or another SHA-256 than was said'],
  )
  async more(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('upload', { schema: UploadId }) upload: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.uploads.go(exam, upload, person, request));
  }

  @Delete(':upload')
  @OpenTo(['student'], 'submit')
  @GivesUp('Give an upload up; what was handed in stays')
  @Refuses([404, "No such upload, or another student's"], [412, 'Without Tus-Resumable'])
  async giveUp(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('upload', { schema: UploadId }) upload: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerTus(reply, await this.uploads.go(exam, upload, person, request));
  }

  @Post(':upload/finish')
  @OpenTo(['student'], 'submit')
  @ApiOperation({ summary: 'The receipt of a whole upload; the same however often it is asked for' })
  @Returns(200, Accepted, { description: 'Received and durable; marking goes on' })
  @Refuses([404, "No such upload, or another student's"], [409, 'Not whole yet'])
  finish(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('upload', { schema: UploadId }) upload: string,
    @SignedIn() person: Person,
  ): Promise<Accepted> {
    return this.uploads.finish(exam, upload, person);
  }
}

@Module({
  imports: [SubmissionsModule, DeadlinesModule],
  controllers: [ResumableUploadsController],
  providers: [ResumableUploads],
})
export class ResumableUploadsModule {}
