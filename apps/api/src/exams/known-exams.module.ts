import { Global, Module } from '@nestjs/common';
import { KnownExams } from './known-exams.js';

@Global()
@Module({ providers: [KnownExams], exports: [KnownExams] })
export class KnownExamsModule {}
