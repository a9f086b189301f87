import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EVERYBODY, OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { TakesIfMatch } from '../marking/basis.js';
import { SubmissionId } from '../submissions/submissions.contract.js';
import {
  NewReviewRequest,
  ReviewAnswer,
  ReviewId,
  ReviewRequest,
  ReviewsQuery,
  SecondLooks,
} from './reviews.contract.js';
import { ReviewsService } from './reviews.service.js';

@ApiTags('reviews')
@Controller('api/v1/submissions/:submission/review-requests')
export class SecondLooksController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'What was asked about a submission, and until when one may ask' })
  @Returns(200, SecondLooks, { description: 'Requests, newest first' })
  @Refuses([404, "No such submission, or another student's"])
  ofSubmission(
    @Param('submission', { schema: SubmissionId }) submission: string,
    @SignedIn() person: Person,
  ): Promise<SecondLooks> {
    return this.reviews.ofSubmission(submission, person);
  }

  @Post()
  @OpenTo(['student'], 'submit')
  @ApiOperation({ summary: 'Ask for a second look at a part, or one item of it, with the reason' })
  @Returns(201, ReviewRequest, { description: 'The request' })
  @Refuses(
    [404, "No such submission or part, or another student's"],
    [422, 'Not released, too late, asked before, or no reason'],
  )
  ask(
    @Param('submission', { schema: SubmissionId }) submission: string,
    @Body({ schema: NewReviewRequest }) asked: NewReviewRequest,
    @SignedIn() person: Person,
  ): Promise<ReviewRequest> {
    return this.reviews.ask(submission, asked, person);
  }
}

@ApiTags('reviews')
@Controller('api/v1/exams/:exam/review-requests')
export class ExamReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'Requests to answer, oldest first; `x-total-count` has how many there are in all',
  })
  @Returns(200, ReviewRequest, { description: 'Requests', list: true })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async ofExam(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: ReviewsQuery }) query: ReviewsQuery,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewRequest[]> {
    const { requests, total } = await this.reviews.ofExam(exam, query, person);
    void reply.header('x-total-count', String(total));
    return requests;
  }
}

@ApiTags('reviews')
@Controller('api/v1/review-requests/:request')
export class ReviewRequestController {
  constructor(private readonly reviews: ReviewsService) {}

  @Post('answer')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({
    summary: 'Keep the mark or change it, with the reason; by somebody other than who set it',
  })
  @Returns(201, ReviewRequest, { description: 'The request with its outcome' })
  @TakesIfMatch
  @Refuses(
    [404, 'No such request'],
    [409, 'Somebody set another mark meanwhile'],
    [422, 'Answered already, your own mark, or no mark of this part'],
  )
  answer(
    @Param('request', { schema: ReviewId }) request: string,
    @Body({ schema: ReviewAnswer }) answer: ReviewAnswer,
    @SignedIn() person: Person,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ReviewRequest> {
    return this.reviews.answer(request, answer, ifMatch, person);
  }
}
