import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { allReportsAddress, cohortReportAddress, gradeFormats, gradeReportAddress } from '../api/exams.js';
import { Icon } from '../ui/icons.js';

/** Everybody's grades as a file, in each format the server has, and reports to print. */
export function ExportMenu({ exam }: { exam: string }) {
  const formats = useQuery(gradeFormats);
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <Button
          variant="default"
          loading={formats.isPending}
          leftSection={<Icon name="download" size={16} />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>To read and to print</Menu.Label>
        <Menu.Item component="a" href={cohortReportAddress(exam)} download>
          PDF: the cohort, items and frequent errors
        </Menu.Item>
        <Menu.Item component="a" href={allReportsAddress(exam)} download>
          PDF for each released paper (ZIP)
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>To work on</Menu.Label>
        {formats.data?.map(({ format, title }) => (
          // What the server calls it goes before this name.
          <Menu.Item
            key={format}
            component="a"
            href={gradeReportAddress(exam, format)}
            download={`${exam}-grade-report.${format}`}
          >
            {title}
          </Menu.Item>
        ))}
        {formats.error !== null && (
          <Menu.Label>The formats could not be loaded. Try again in a moment.</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
