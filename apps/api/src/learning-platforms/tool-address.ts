import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';

/** What a platform has to be told of this server. */
@Injectable()
export class ToolAddress {
  constructor(@Inject(OPTIONS) private readonly options: Pick<ApiOptions, 'publicUrl'>) {}

  of(request: FastifyRequest): {
    readonly loginUrl: string;
    readonly launchUrl: string;
    readonly keysUrl: string;
  } {
    const base = `${this.originOf(request)}/api/v1/lti`;
    return { loginUrl: `${base}/login`, launchUrl: `${base}/launch`, keysUrl: `${base}/keys` };
  }

  isSecure(request: FastifyRequest): boolean {
    return this.originOf(request).startsWith('https:');
  }

  private originOf(request: FastifyRequest): string {
    const { publicUrl } = this.options;
    return publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(publicUrl).origin;
  }
}
