import { Inject, Injectable } from '@nestjs/common';
import { ConflictOfInterestError, type Records } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { Credentials } from '../auth/credentials.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';

/** Whether what a request was let to look at is open to whoever made it still: they may have signed out, left the team, or lost a role. */
@Injectable()
export class StillOpen {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly credentials: Credentials,
    private readonly submissions: OpenSubmissions,
  ) {}

  /** Asks all that the guards ask of a new request. Rejects where it cannot be told. */
  async isOpen(submission: string, request: FastifyRequest): Promise<boolean> {
    const person = await this.credentials.personBehind(request);
    if (person === undefined) return false;
    const { credential } = person;
    if (credential.kind === 'token' && !credential.scopes.includes('read')) return false;
    const role = await this.records.teams.roleAt({ kind: 'submission', id: submission }, person);
    if (role === null) return false;
    try {
      await this.submissions.find(submission, { ...person, role: role ?? person.role });
      return true;
    } catch (error) {
      if (error instanceof Problem || error instanceof ConflictOfInterestError) return false;
      throw error;
    }
  }
}
