import { Module } from '@nestjs/common';
import { MarkingModule } from '../marking/marking.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import {
  ExamReviewsController,
  ReviewRequestController,
  SecondLooksController,
} from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  imports: [MarkingModule, SubmissionsModule],
  controllers: [SecondLooksController, ExamReviewsController, ReviewRequestController],
  providers: [ReviewsService],
})
export class ReviewsModule {}
