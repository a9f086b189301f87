import { Module } from '@nestjs/common';
import { Suggestions } from '../suggestions/suggestions.js';
import {
  SuggestionAcceptanceController,
  SuggestionsController,
} from '../suggestions/suggestions.controller.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { Desks } from './desks.js';
import { Engine } from './engine.js';
import { AnswersController, MarkingQueueController } from './marking.controller.js';
import { MarkingQueueView } from './marking-queue.js';
import { MarkingService } from './marking.service.js';
import { MarksView } from './marks-view.js';
import { Names } from './names.js';

@Module({
  imports: [SubmissionsModule],
  controllers: [
    MarkingQueueController,
    AnswersController,
    SuggestionsController,
    SuggestionAcceptanceController,
  ],
  providers: [MarkingService, MarkingQueueView, MarksView, Desks, Names, Engine, Suggestions],
  exports: [MarkingService, Desks, Names, Engine],
})
export class MarkingModule {}
