import { Module } from '@nestjs/common';
import { AnalysisController } from './analysis.controller.js';
import { Analysis } from './analysis.service.js';

@Module({ controllers: [AnalysisController], providers: [Analysis], exports: [Analysis] })
export class AnalysisModule {}
