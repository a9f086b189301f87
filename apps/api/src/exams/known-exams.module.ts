import { Global, Module } from '@nestjs/common';
import { KnownExams } from './known-exams.js';
import { Veil } from './veil.js';

@Global()
@Module({ providers: [KnownExams, Veil], exports: [KnownExams, Veil] })
export class KnownExamsModule {}
