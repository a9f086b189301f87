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
    'AbstractChildWatcher AbstractServer BaseProtocol BaseTransport BrokenBarrierError BufferedProtocol ' +
    'DatagramProtocol DatagramTransport DefaultEventLoopPolicy LimitOverrunError ReadTransport SelectorEventLoop ' +
    'SendfileNotAvailableError StreamReaderProtocol SubprocessProtocol SubprocessTransport WriteTransport ' +
    'base_events coroutines events exceptions futures get_child_watcher locks open_unix_connection protocols queues ' +
    'runners set_child_watcher start_unix_server streams tasks threads timeouts transports unix_events ' +
    'TimerHandle Transport all_tasks as_completed create_subprocess_exec create_subprocess_shell ' +
    'create_eager_task_factory current_task eager_task_factory get_event_loop_policy iscoroutine ' +
    'iscoroutinefunction isfuture open_connection run_coroutine_threadsafe set_event_loop_policy shield ' +
    'start_server subprocess timeout timeout_at to_thread wait wrap_future',
  collections: 'UserString abc',
  'collections.abc': 'AsyncGenerator AsyncIterator Buffer',
  copy: 'Error dispatch_table error replace',
  enum:
    'CONFORM CONTINUOUS DynamicClassAttribute EJECT EnumCheck EnumDict FlagBoundary KEEP NAMED_FLAGS STRICT UNIQUE ' +
    'MappingProxyType bin bltns pickle_by_enum_name pickle_by_global_name reduce sys ' +
    'global_enum global_enum_repr global_flag_repr global_str member nonmember show_flag_values verify',
  dataclasses: 'FunctionType GenericAlias abc builtins copy functools inspect itertools keyword re sys types',
  fractions: 'Decimal numbers operator re sys',
  functools:
    'GenericAlias Placeholder RLock namedtuple WRAPPER_ASSIGNMENTS WRAPPER_UPDATES get_cache_token recursive_repr singledispatchmethod',
  inspect: 'markcoroutinefunction getasyncgenlocals getasyncgenstate BufferFlags ispackage',
  io:
    'BlockingIOError BufferedIOBase BufferedRWPair BufferedRandom BufferedReader BufferedWriter DEFAULT_BUFFER_SIZE ' +
    'FileIO IOBase IncrementalNewlineDecoder RawIOBase Reader Writer SEEK_CUR SEEK_END SEEK_SET TextIOBase TextIOWrapper abc ' +
    'UnsupportedOperation open_code text_encoding',
  math: 'nextafter sumprod fma ulp',
  operator: 'iconcat indexOf inv is_none is_not_none',
  pprint: 'PrettyPrinter isreadable isrecursive saferepr pp re',
  statistics:
    'LinearRegression NormalDist correlation covariance geometric_mean harmonic_mean kde kde_random ' +
    'linear_regression median_grouped quantiles Counter Decimal bisect_left bisect_right defaultdict erf exp fabs ' +
    'fsum groupby hypot log mul namedtuple numbers random reduce repeat sqrt sys tau',
  string: 'templatelib',
  textwrap: 'TextWrapper re',
  traceback:
    'FrameSummary StackSummary TracebackException clear_frames extract_tb format_list print_last print_list print_tb ' +
    'walk_stack walk_tb collections itertools linecache suppress textwrap',
  types: 'CapsuleType get_original_bases',
  typing:
    'TypeIs NoDefault ReadOnly TypeAliasType get_protocol_members is_protocol override evaluate_forward_ref',
  warnings: 'WarningMessage defaultaction deprecated filters onceregistry sys',
  weakref: 'CallableProxyType KeyedRef ProxyType ProxyTypes getweakrefcount getweakrefs itertools sys',
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
      made.fallback = (at, name, from) =>
        names.has(name) ? at.unknown(`${module.name}.${name} is not known here`) : fallback?.(at, name, from);
      return made;
    },
  };
}
