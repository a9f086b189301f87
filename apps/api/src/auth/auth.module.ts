import { Global, Module } from '@nestjs/common';
import { SignInRates } from '../http/rates.js';
import { Candidates } from './candidates.js';
import { Credentials } from './credentials.js';
import { SingleSignOnController } from './single-sign-on.controller.js';
import { MeController, SignInController } from './sign-in.controller.js';

@Global()
@Module({
  controllers: [SignInController, SingleSignOnController, MeController],
  providers: [Credentials, Candidates, SignInRates],
  exports: [Credentials, Candidates],
})
export class AuthModule {}
