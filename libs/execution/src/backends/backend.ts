/** What TensorFlow.js found to run on. `gpu` is said only where a graphics device does the work. */
export interface ComputeDevice {
  readonly backend: BackendName;
  readonly kind: 'gpu' | 'cpu';
  /** The device's own name where it has one, such as "NVIDIA H200". */
  readonly device: string;
  /** Versions of what runs, by package. */
  readonly versions: Readonly<Record<string, string>>;
}

export type BackendName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

export type Opened =
  | { readonly kind: 'open'; readonly device: ComputeDevice; readonly guard?: DeviceGuard }
  | { readonly kind: 'unavailable'; readonly why: string };

/**
 * Watches a device that fails without telling TensorFlow.js: an invalid dispatch gives stale memory for a result. One
 * error found, and nothing of what was computed since `begin` may be used.
 */
export interface DeviceGuard {
  begin(): void;
  /** What went wrong since; nothing where all is well. */
  end(): Promise<readonly string[]>;
  /** Why the device is lost, where it is. */
  lost(): string | undefined;
  /** Bytes that one tensor may have at most. */
  readonly largestTensor: number;
}

/** A way to run tensors, complete in its own file; the table beside this file has them, best first. */
export interface Backend {
  readonly name: BackendName;
  /** Loads it and makes it TensorFlow.js's current backend. Never throws: what is missing is `unavailable`. */
  open(options: BackendOptions): Promise<Opened>;
}

export interface BackendOptions {
  /** Take a software implementation of a GPU too: slow, and for tests alone. */
  readonly softwareGpu: boolean;
}

/** A backend that was tried and not taken. */
export interface PassedOver {
  readonly backend: BackendName;
  readonly why: string;
}

export interface DeviceChoice {
  /** This backend or none: a forced backend that does not come up is an error, not a fallback. */
  readonly only?: BackendName;
  readonly softwareGpu?: boolean;
}
