import { createContext, useContext } from 'react';
import { ButtonLink } from '../ui/links.js';
import { Empty } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';

/** Whether a page stands within the frame, which has the landmark for what is main. */
export const InFrame = createContext(false);

export function NotFound() {
  const inFrame = useContext(InFrame);
  const page = (
    <Page title="There is no such page">
      <Empty icon="question" title="Nothing lives at this address">
        <p>
          It may have been moved, or it belongs to people with another role. If you followed a link, check
          that it is whole.
        </p>
        <ButtonLink to="/" mt="sm">
          Go to the first page
        </ButtonLink>
      </Empty>
    </Page>
  );
  return inFrame ? page : <main>{page}</main>;
}
