import { Body, Controller, Delete, Get, HttpCode, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Comment as RecordedComment, Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName, PartKey } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';

const Comment = z
  .object({ id: z.string(), question: z.string(), text: z.string() })
  .meta({ id: 'Comment', description: 'What is said again and again of answers to a question' });
type Comment = z.infer<typeof Comment>;

const NewComment = z
  .strictObject({ question: PartKey, text: z.string().trim().min(1).max(2000) })
  .meta({ id: 'NewComment' });
type NewComment = z.infer<typeof NewComment>;

const CommentQuery = z.strictObject({ question: PartKey });
type CommentQuery = z.infer<typeof CommentQuery>;

@ApiTags('marking')
@Controller('api/v1/exams/:exam/comments')
class CommentBankController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: "A question's bank of comments, shared by all who mark the exam" })
  @Returns(200, Comment, { description: 'Comments, oldest first', list: true })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async list(
    @Param('exam', { schema: ExamName }) name: string,
    @Query({ schema: CommentQuery }) { question }: CommentQuery,
  ): Promise<Comment[]> {
    const { id } = await this.known.find(name);
    return (await this.records.comments.ofQuestion(id, question)).map(commentOf);
  }

  @Post()
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Keep a comment for all who mark the exam' })
  @Returns(201, Comment, { description: 'The comment; the one that was there, where it says the same' })
  @Refuses([404, 'No such exam'], [422, 'Invalid body, or the exam has no such question'])
  async add(
    @Param('exam', { schema: ExamName }) name: string,
    @Body({ schema: NewComment }) { question, text }: NewComment,
    @SignedIn() person: Person,
  ): Promise<Comment> {
    const exam = await this.known.find(name);
    if (!this.known.read(exam.current).parts.some((part) => part.question === question))
      throw new Problem(422, `The exam has no question "${question}".`, { name: 'no-such-question' });
    return commentOf(await this.records.comments.add({ examId: exam.id, question, text, by: person.id }));
  }
}

@ApiTags('marking')
@Controller('api/v1/comments/:comment')
class CommentController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Delete()
  @HttpCode(204)
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Take a comment out of the bank; marks it was written into keep it' })
  @ApiResponse({ status: 204, description: 'It is no longer offered' })
  @Refuses([404, 'No such comment'])
  async retire(
    @Param('comment', { schema: z.uuid() }) comment: string,
    @SignedIn() person: Person,
  ): Promise<void> {
    await this.records.comments.retire(comment, person.id);
  }
}

function commentOf({ id, question, text }: RecordedComment): Comment {
  return { id, question, text };
}

@Module({ controllers: [CommentBankController, CommentController] })
export class CommentsModule {}
