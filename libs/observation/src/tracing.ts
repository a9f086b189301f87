import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';

export type Attributes = Readonly<Record<string, string | number>>;

/** What happened when, told to an OpenTelemetry collector; to nobody where none is named. */
export interface Tracing {
  /** A span round some work; an error marks it and goes on to the caller. */
  span<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result>;
  /** Begins the span of a request, under the caller's trace where its headers name one; `within` runs inside it. */
  request(
    headers: Readonly<Record<string, unknown>>,
    method: string,
  ): { within(work: () => void): void; answered(route: string, status: number): void };
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

/** Something to tell of the work under way, such as which submission it is about. */
export function note(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes({ ...attributes });
}

/**
 * Traces go to the collector in OTEL_EXPORTER_OTLP_ENDPOINT; OpenTelemetry's other variables (headers, sampling) are read by
 * its own library. `exporter` takes the collector's place, for tests.
 */
export function openTracing(
  environment: Readonly<Record<string, string | undefined>>,
  room: string,
  exporter?: SpanExporter,
): Tracing {
  const endpoint =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  if (endpoint === '' && exporter === undefined) return toNobody;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': environment.OTEL_SERVICE_NAME ?? 'tensormark',
      'service.namespace': 'tensormark',
      'tensormark.room': room,
    }),
    spanProcessors: [new BatchSpanProcessor(exporter ?? new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = provider.getTracer('tensormark');
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes: { ...attributes } }, (span) => following(span, work)),
    request: (headers, method) => requestSpan(tracer, headers, method),
    close: async () => {
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

async function following<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // The kind of error alone: messages may quote what a student wrote.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    span.end();
  }
}

function requestSpan(
  tracer: Tracer,
  headers: Readonly<Record<string, unknown>>,
  method: string,
): ReturnType<Tracing['request']> {
  const outer = propagation.extract(context.active(), headers);
  const span = tracer.startSpan(
    method,
    { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } },
    outer,
  );
  return {
    within: (work) => context.with(trace.setSpan(outer, span), work),
    answered: (route, status) => {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

const toNobody: Tracing = {
  span: (_name, _attributes, work) => work(),
  request: () => ({ within: (work) => work(), answered: () => undefined }),
  close: async () => undefined,
};
