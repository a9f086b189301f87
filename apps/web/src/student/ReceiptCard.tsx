import { Button } from '@mantine/core';
import type { Receipt } from '../api/types.js';
import { Emblem, Icon } from '../ui/icons.js';
import { fileSize, fullTime } from '../ui/time.js';
import classes from './receipt.module.css';

/** Proof of handing in, to keep on paper or as a PDF. */
export function ReceiptCard({ receipt, examTitle }: { receipt: Receipt; examTitle: string }) {
  return (
    <article className={classes.receipt} aria-label="Receipt">
      <header className={classes.head}>
        <Emblem size={34} />
        <div>
          <h2>Receipt</h2>
          <p>{examTitle}</p>
        </div>
      </header>
      <p className={classes.code} aria-label="Receipt code">
        {receipt.code}
      </p>
      <dl className={classes.facts}>
        <dt>Received</dt>
        <dd>
          <time dateTime={receipt.receivedAt}>{fullTime(receipt.receivedAt)}</time>
        </dd>
        <dt>File</dt>
        <dd>
          {receipt.fileName}, {fileSize(receipt.size)}
        </dd>
        <dt>Attempt</dt>
        <dd>{receipt.attempt}</dd>
        <dt>SHA-256</dt>
        <dd className={classes.hash}>{receipt.sha256}</dd>
      </dl>
      <p className={classes.note}>
        The SHA-256 is the fingerprint of the very bytes that were stored. The same file gives the same
        fingerprint on any computer.
      </p>
      <Button
        className="no-print"
        variant="default"
        leftSection={<Icon name="print" />}
        onClick={() => window.print()}
      >
        Print or save as PDF
      </Button>
    </article>
  );
}
