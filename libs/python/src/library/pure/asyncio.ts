import { defineModule } from '../../native/modules.js';

/** Coroutines run one after another to their end: enough to follow a program, with no concurrency and no clock. */
export const asyncio = defineModule({
  name: 'asyncio',
  source: `
class CancelledError(BaseException):
    pass

class TimeoutError(Exception):
    pass

def run(main, *, debug=None):
    try:
        while True:
            main.send(None)
    except StopIteration as stop:
        return stop.value

async def sleep(delay, result=None):
    return result

async def gather(*awaitables, return_exceptions=False):
    results = []
    for awaitable in awaitables:
        try:
            results.append(await awaitable)
        except Exception as error:
            if not return_exceptions:
                raise
            results.append(error)
    return results

class Task:
    def __init__(self, coroutine):
        self._coroutine = coroutine
        self._done = False
        self._result = None

    def __await__(self):
        if not self._done:
            self._result = yield from self._coroutine.__await__()
            self._done = True
        return self._result

    def done(self):
        return self._done

    def result(self):
        return self._result

    def cancel(self):
        return False

def create_task(coroutine, *, name=None):
    return Task(coroutine)

ensure_future = create_task

async def wait_for(awaitable, timeout=None):
    return await awaitable

class _Loop:
    def run_until_complete(self, coroutine):
        return run(coroutine)

    def close(self):
        pass

def get_event_loop():
    return _Loop()

new_event_loop = get_running_loop = get_event_loop

def set_event_loop(loop):
    pass

class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return False

class Semaphore(Lock):
    def __init__(self, value=1):
        self.value = value
`,
});
