import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import classes from './dropZone.module.css';
import { Icon } from './icons.js';

interface DropZoneProps {
  /** Nothing is taken for now. */
  closed: boolean;
  /** Asks for a file, until one was chosen; null then. */
  says: string | null;
  onFile: (file: File) => void;
  children: ReactNode;
}

/** Where one file may be dropped. One that falls beside it is not opened by the browser in place of the page. */
export function DropZone({ closed, says, onFile, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const [not, setNot] = useState<string | null>(null);

  useEffect(() => {
    const keep = (event: globalThis.DragEvent) => {
      // Text that is dragged into a field is none of ours.
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (closed) return;
    const { files, items } = event.dataTransfer;
    const [file] = files;
    const folder = items[0]?.webkitGetAsEntry()?.isDirectory === true;
    if (file === undefined) setNot('That is no file. Drop a file from your computer.');
    else if (files.length > 1)
      setNot(`Those are ${files.length} files, and one is taken. Put them into one ZIP, and drop that.`);
    else if (folder) setNot(`“${file.name}” is a folder. Make a ZIP of it, and drop that.`);
    else {
      setNot(null);
      onFile(file);
    }
  }

  return (
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!closed);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      // Another file was chosen by the button within.
      onChange={() => setNot(null)}
    >
      {says !== null && (
        <>
          <Icon name="upload" size={28} className={classes.icon} />
          <p className={classes.says}>{says}</p>
        </>
      )}
      {children}
      {not !== null && (
        <p className={classes.not} role="alert">
          {not}
        </p>
      )}
    </div>
  );
}
