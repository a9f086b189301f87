import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { asProblem } from '../api/problem.js';
import { announce } from './announce.js';

/** By which `useSaysWhatIsSlow` knows what somebody waits for. */
export const WRITES = { writes: true } as const;

type Options<Data, Given> = UseMutationOptions<Data, Error, Given>;

/**
 * A mutation behind a button: however fast it is pressed again, nothing is sent twice before it has ended. What fails
 * when its form is closed already, and could say so nowhere, is said in passing.
 */
export function useWrite<Data, Given = void>({
  onError,
  onSettled,
  meta,
  ...options
}: Options<Data, Given>): UseMutationResult<Data, Error, Given> {
  const underWay = useRef(false);
  const isSeen = useRef(true);
  useEffect(() => {
    isSeen.current = true;
    return () => {
      isSeen.current = false;
    };
  }, []);
  const write = useMutation({
    ...options,
    meta: { ...WRITES, ...meta },
    onError: (...told) => {
      if (!isSeen.current) announce(inPassing(told[0]), 'fault');
      return onError?.(...told);
    },
    onSettled: (...told) => {
      underWay.current = false;
      return onSettled?.(...told);
    },
  });
  const { mutate: send, reset: forget } = write;
  const mutate = useCallback<typeof send>(
    (...given) => {
      if (underWay.current) return;
      underWay.current = true;
      isSeen.current = true;
      send(...given);
    },
    [send],
  );
  const reset = useCallback(() => {
    if (underWay.current) isSeen.current = false;
    underWay.current = false;
    forget();
  }, [forget]);
  return { ...write, mutate, reset };
}

function inPassing(error: Error): string {
  const { status, title, detail } = asProblem(error);
  // Whoever has to sign in again is told there.
  if (status === 401) return 'What you sent last was not done: your session has ended.';
  return `What you sent last was not done. ${[title, detail].filter((each) => each !== '').join('. ')}`;
}
