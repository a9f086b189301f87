import type { NativeModule } from '../native/modules.js';

/**
 * Names that CPython's modules have and these do not: reading one gives an unknown, since an AttributeError would be
 * wrong. What newer versions than 3.11 added stands here too.
 */
const NAMES: Readonly<Record<string, string>> = {
  asyncio:
    'ALL_COMPLETED AbstractEventLoop AbstractEventLoopPolicy Barrier BaseEventLoop BoundedSemaphore Condition Event ' +
    'FIRST_COMPLETED FIRST_EXCEPTION Future Handle IncompleteReadError InvalidStateError LifoQueue PriorityQueue ' +
    'Protocol Queue QueueEmpty QueueFull QueueShutDown Runner Server StreamReader StreamWriter TaskGroup Timeout ' +
    'TimerHandle Transport all_tasks as_completed create_subprocess_exec create_subprocess_shell ' +
    'create_eager_task_factory current_task eager_task_factory get_event_loop_policy iscoroutine ' +
    'iscoroutinefunction isfuture open_connection run_coroutine_threadsafe set_event_loop_policy shield ' +
    'start_server subprocess timeout timeout_at to_thread wait wrap_future',
  collections: 'UserString',
  'collections.abc': 'AsyncGenerator AsyncIterator Buffer',
  copy: 'Error dispatch_table error replace',
  enum:
    'CONFORM CONTINUOUS DynamicClassAttribute EJECT EnumCheck EnumDict FlagBoundary KEEP NAMED_FLAGS STRICT UNIQUE ' +
    'global_enum global_enum_repr global_flag_repr global_str member nonmember show_flag_values verify',
  fractions: 'Decimal',
  functools:
    'GenericAlias Placeholder RLock WRAPPER_ASSIGNMENTS WRAPPER_UPDATES get_cache_token recursive_repr singledispatchmethod',
  inspect: 'markcoroutinefunction getasyncgenlocals getasyncgenstate BufferFlags ispackage',
  io:
    'BlockingIOError BufferedIOBase BufferedRWPair BufferedRandom BufferedReader BufferedWriter DEFAULT_BUFFER_SIZE ' +
    'FileIO IncrementalNewlineDecoder RawIOBase Reader Writer SEEK_CUR SEEK_END SEEK_SET TextIOBase ' +
    'UnsupportedOperation open_code text_encoding',
  math: 'nextafter sumprod fma ulp',
  operator: 'iconcat indexOf inv is_none is_not_none',
  pprint: 'PrettyPrinter isreadable isrecursive saferepr pp',
  statistics:
    'LinearRegression NormalDist correlation covariance geometric_mean harmonic_mean kde kde_random ' +
    'linear_regression median_grouped quantiles',
  string: 'templatelib',
  textwrap: 'TextWrapper',
  traceback:
    'FrameSummary StackSummary TracebackException clear_frames extract_tb format_list print_last print_list print_tb ' +
    'walk_stack walk_tb',
  types: 'CapsuleType get_original_bases',
  typing:
    'TypeIs NoDefault ReadOnly TypeAliasType get_protocol_members is_protocol override evaluate_forward_ref',
  warnings: 'WarningMessage defaultaction deprecated filters onceregistry',
};

/** A module of the standard library, which says of names it does not know that they are unknown. */
export function withUninterpreted(module: NativeModule): NativeModule {
  const names = Object.hasOwn(NAMES, module.name) ? new Set(NAMES[module.name]?.split(' ')) : undefined;
  if (names === undefined) return module;
  return {
    ...module,
    instantiate(rt) {
      const made = module.instantiate(rt);
      const { fallback } = made;
      made.fallback = (at, name) =>
        names.has(name) ? at.unknown(`${module.name}.${name} is not known here`) : fallback?.(at, name);
      return made;
    },
  };
}
