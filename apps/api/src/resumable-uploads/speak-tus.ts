import { PassThrough, Readable } from 'node:stream';
import { MemoryLocker, Server } from '@tus/server';
import type { Records } from '@tensormark/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import type { Clock } from '../storage/clock.js';
import { tooLarge } from '../submissions/upload.js';
import { PieceStore, type UploadsAsked } from './piece-store.js';

/** What the tus protocol answers. */
export interface TusAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where uploads of one kind are spoken of, and how large one may be. */
export interface TusPlace {
  readonly path: string;
  readonly maxSize: number;
  readonly asked: UploadsAsked;
}

/** Speaks the tus protocol over the records: one for each kind of upload, for all its requests in this process. */
export class TusSpeaker {
  private readonly locker = new MemoryLocker();
  private readonly writing = new Map<string, Promise<unknown>>();

  constructor(
    private readonly records: Pick<Records, 'uploads'>,
    private readonly clock: Clock,
  ) {}

  /** Throws Problem. */
  async speak({ path, maxSize, asked }: TusPlace, request: FastifyRequest, id: string): Promise<TusAnswer> {
    const server = new Server({
      path,
      datastore: new PieceStore(this.records, this.clock, asked, this.writing),
      locker: this.locker,
      maxSize,
      relativeLocation: true,
      namingFunction: () => id,
      allowedOrigins: [],
    });
    const body = bodyOf(request);
    const response = await server.handleWeb(
      asWeb(request, request.method === 'POST' ? path : `${path}/${id}`, body),
    );
    if (response.status >= 400) {
      body?.leave();
      throw refusal(response.status, await response.text(), maxSize);
    }
    return { status: response.status, headers: Object.fromEntries(response.headers) };
  }
}

const SPOKEN = /^(?:tus-|upload-|location$|tensormark-)/;

/** Gives what the protocol answers to whoever asked. */
export function answerTus(reply: FastifyReply, { status, headers }: TusAnswer): void {
  void reply.status(status);
  for (const [name, value] of Object.entries(headers)) {
    if (SPOKEN.test(name)) void reply.header(name, value);
  }
}

interface Body {
  readonly stream: Readable;
  /** Lets the rest go by unread, so that who sends it comes to hear why. */
  leave(): void;
}

function bodyOf({ method, raw }: FastifyRequest): Body | undefined {
  if (method === 'HEAD' || method === 'DELETE') return undefined;
  const stream = new PassThrough();
  const broken = (): void => {
    if (!raw.complete) stream.destroy(new Error('the connection broke off'));
  };
  raw.once('error', broken).once('close', broken).pipe(stream);
  return {
    stream,
    leave: () => {
      raw.unpipe(stream);
      raw.resume();
    },
  };
}

/** The headers of the protocol and the body, and nothing else of the request. */
function asWeb(request: FastifyRequest, path: string, body: Body | undefined): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && /^(?:tus-|upload-|content-(?:type|length)$)/.test(name)) {
      headers.set(name, value);
    }
  }
  return new Request(`http://localhost${path}`, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body: Readable.toWeb(body.stream), duplex: 'half' }),
  });
}

const MEANS: Readonly<Record<number, string>> = {
  404: 'There is no such upload, or it is not open to you. Begin a new one.',
  409: 'The upload has another length here. Ask how far it is, and go on from there.',
  410: 'This upload has expired. Begin a new one.',
  412: 'Say the version of the protocol: Tus-Resumable: 1.0.0.',
  423: 'Another connection is sending to this upload. Wait a moment, then go on.',
};

function refusal(status: number, said: string, limit: number): Problem {
  if (status === 413) return tooLarge(limit);
  if (status === 501)
    return new Problem(400, `This is not spoken here: ${said.trim()}.`, { name: 'upload-refused' });
  if (status >= 500) throw new Error(`the upload could not be taken: ${said}`);
  return new Problem(status, MEANS[status] ?? `The upload cannot go on: ${said.trim()}.`, {
    name: 'upload-refused',
    headers: { 'tus-resumable': '1.0.0' },
  });
}
