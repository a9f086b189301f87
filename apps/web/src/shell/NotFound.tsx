import { ButtonLink } from '../ui/links.js';
import { Empty } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';

export function NotFound() {
  return (
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
}
