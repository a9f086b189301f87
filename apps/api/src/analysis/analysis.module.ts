import { Module } from '@nestjs/common';
import { Names } from '../marking/names.js';
import { AnalysisController } from './analysis.controller.js';
import { Analysis } from './analysis.service.js';

@Module({ controllers: [AnalysisController], providers: [Analysis, Names], exports: [Analysis] })
export class AnalysisModule {}
