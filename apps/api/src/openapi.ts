import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiModule } from './api.module.js';
import { httpServer } from './http/server.js';
import { ProblemDetails } from './http/problem.js';
import { GradeReport } from './reports/reports.contract.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The OpenAPI document of an application; its schemas are made from the zod schemas that check what comes and goes. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tensormark')
    .setDescription(
      'Grades deep-learning exams: the machine proposes a mark with its evidence, a person decides.',
    )
    .setVersion('1')
    .addCookieAuth('tensormark.session_token')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token from /api/v1/tokens' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? convert(schema, schemaType) : undefined,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withComponents(document, {
    ...convert(ProblemDetails, 'output').components,
    ...convert(GradeReport, 'output').components,
  });
}

/** The OpenAPI document of this version, without a database or anything else running. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const described = ApiModule.over(() => {
    throw new Error('nothing is opened to describe the interface');
  });
  const app = await NestFactory.create(described, httpServer({ logLevel: 'silent' }), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  try {
    return openApiOf(app);
  } finally {
    await app.close();
  }
}

/** Schemas with an id become components; others stand where they are used. */
function convert(
  schema: z.ZodType,
  io: 'input' | 'output',
): { schema: unknown; components: Record<string, unknown> } {
  const { $defs = {}, $schema: _dialect, ...root } = z.toJSONSchema(schema, { io });
  return {
    schema: root,
    components: Object.fromEntries(
      Object.entries($defs).map(([name, definition]) => [
        name,
        withComponentReferences(withoutId(definition)),
      ]),
    ),
  };
}

function withoutId<T extends object>(definition: T): Omit<T, 'id'> {
  const { id: _id, ...rest }: T & { id?: unknown } = definition;
  return rest;
}

/** As OpenAPI refers to components. Swagger does the same for schemas that it finds by itself. */
function withComponentReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string'
        ? each.replace('#/$defs/', '#/components/schemas/')
        : withComponentReferences(each),
    ]),
  );
}

function withComponents(document: OpenAPIObject, components: Record<string, unknown>): OpenAPIObject {
  const more = components as Schemas;
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ...more } },
  };
}
