export { type Listener, listenForObservers, type ListenerOptions } from './listener.js';
export { type Metrics, openMetrics } from './metrics.js';
export { type Attributes, note, openTracing, type Tracing } from './tracing.js';
