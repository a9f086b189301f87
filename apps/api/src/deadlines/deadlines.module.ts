import { Global, Module } from '@nestjs/common';
import { DeadlinesController } from './deadlines.controller.js';
import { Deadlines } from './deadlines.js';
import { Names } from '../marking/names.js';

@Global()
@Module({ controllers: [DeadlinesController], providers: [Deadlines, Names], exports: [Deadlines] })
export class DeadlinesModule {}
