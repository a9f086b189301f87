import { Global, Module } from '@nestjs/common';
import { ExamStudentsController } from './exam-students.controller.js';
import { PeopleController } from './people.controller.js';
import { People } from './people.js';

@Global()
@Module({ controllers: [PeopleController, ExamStudentsController], providers: [People], exports: [People] })
export class PeopleModule {}
