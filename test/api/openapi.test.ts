import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../apps/api/src/openapi.js';

const document = await openApiDocument();
type Operation = NonNullable<NonNullable<(typeof document.paths)[string]>['get']>;
const METHODS = ['get', 'put', 'post', 'delete'] as const;

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [[`${method.toUpperCase()} ${path}`, operation] as const];
  }),
);

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === '$ref' && typeof each === 'string' ? [each] : referencesIn(each),
  );
}

describe('OpenAPI document', () => {
  it('needs-no-database', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.length).toBeGreaterThan(25);
  });

  it('each-reference-leads-to-a-schema', () => {
    const schemas = document.components?.schemas ?? {};
    const lost = referencesIn(document).filter(
      (ref) => !(ref.replace('#/components/schemas/', '') in schemas),
    );
    expect(lost).toEqual([]);
  });

  it('each-operation-has-a-name-of-its-own', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(operations)('%s says what it answers', (_name, operation: Operation) => {
    expect(operation.summary).toBeTruthy();
    const success = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
    expect(success.length).toBeGreaterThan(0);
    for (const [status, response] of success) {
      // An empty answer, one that sends a browser on, and one that is all in its headers have no body.
      if (status === '204' || status === '302') continue;
      if (typeof response === 'object' && response !== null && 'headers' in response) continue;
      expect(response).toHaveProperty('content');
    }
  });

  it('schemas-of-marking-are-the-ones-of-the-engine', () => {
    expect(document.components?.schemas).toHaveProperty('ProposedMark');
    expect(document.components?.schemas).toHaveProperty('Evidence');
    expect(JSON.stringify(document.paths['/api/v1/answers/{answer}'])).toContain(
      '#/components/schemas/AnswerForMarking',
    );
  });
});
