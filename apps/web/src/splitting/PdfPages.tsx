import { getDocument, GlobalWorkerOptions, VerbosityLevel, version, type PDFDocumentProxy } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- with ?url Vite gives the file's address
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { originalAddress } from '../api/submissions.js';
import { Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './splitting.module.css';

GlobalWorkerOptions.workerSrc = worker;
const FILES = `/assets/pdfjs-${version}/`;
/** Longer than this no side of a page is drawn, in pixels of the screen. */
const LARGEST_SIDE = 3000;

type Opened =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly document: PDFDocumentProxy }
  | { readonly state: 'failed'; readonly error: Error };

/** The pages of an uploaded PDF, each drawn as it comes into view: the same in every browser, those of phones included. */
export default function PdfPages({ submission }: { submission: string }) {
  const [tries, setTries] = useState(0);
  return <Pages key={tries} submission={submission} onRetry={() => setTries(tries + 1)} />;
}

function Pages({ submission, onRetry }: { submission: string; onRetry: () => void }) {
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });

  useEffect(() => {
    let left = false;
    const opening = getDocument({
      url: originalAddress(submission),
      // Drawn, and nothing more: no script or form in it is run.
      isEvalSupported: false,
      enableXfa: false,
      wasmUrl: `${FILES}wasm/`,
      cMapUrl: `${FILES}cmaps/`,
      cMapPacked: true,
      maxImageSize: 40_000_000,
      verbosity: VerbosityLevel.ERRORS,
    });
    opening.promise.then(
      (document) => !left && setOpened({ state: 'open', document }),
      (error: unknown) =>
        !left &&
        setOpened({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) }),
    );
    return () => {
      left = true;
      // Its thread ends with it.
      void opening.destroy();
    };
  }, [submission]);

  switch (opened.state) {
    case 'opening':
      return <Waiting rows={1} height={520} />;
    case 'failed':
      return <Problem error={opened.error} what="The file could not be shown" retry={onRetry} />;
    case 'open': {
      const { document } = opened;
      return (
        <ol className={`${classes.pages} ${classes.original}`} aria-label="Pages of the original">
          {Array.from({ length: document.numPages }, (_, at) => (
            <li key={at}>
              <Page document={document} number={at + 1} />
            </li>
          ))}
        </ol>
      );
    }
  }
}

function Page({ document, number }: { document: PDFDocumentProxy; number: number }) {
  const place = useRef<HTMLCanvasElement>(null);
  const [fault, setFault] = useState<Error | null>(null);

  useEffect(() => {
    const canvas = place.current;
    if (canvas === null) return;
    let leave = () => {};
    const watching = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watching.disconnect();
        leave = draw(document, number, canvas, setFault);
      },
      { rootMargin: '600px' },
    );
    watching.observe(canvas);
    return () => {
      watching.disconnect();
      leave();
    };
  }, [document, number]);

  return (
    <>
      <canvas
        ref={place}
        className={classes.pdfPage}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn here and has no address
        role="img"
        aria-label={`Page ${number} of ${document.numPages}`}
      />
      {fault !== null && <Problem error={fault} what={`Page ${number} could not be drawn`} />}
    </>
  );
}

/** Draws a page as wide as its place; what it gives stops that. */
function draw(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  onFault: (fault: Error) => void,
): () => void {
  let stopped = false;
  let stop = () => {};
  void (async () => {
    try {
      const page = await document.getPage(number);
      if (stopped) return;
      const whole = page.getViewport({ scale: 1 });
      canvas.style.aspectRatio = `${whole.width} / ${whole.height}`;
      const wanted = (canvas.clientWidth / whole.width) * Math.max(1, devicePixelRatio);
      const scale = Math.min(wanted, LARGEST_SIDE / Math.max(whole.width, whole.height));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.ceil(viewport.width);
      canvas.height = Math.ceil(viewport.height);
      const drawing = page.render({ canvas, viewport, background: 'white' });
      stop = () => drawing.cancel();
      await drawing.promise;
      canvas.dataset['drawn'] = 'true';
    } catch (error) {
      if (!stopped && error instanceof Error) onFault(error);
    }
  })();
  return () => {
    stopped = true;
    stop();
  };
}
