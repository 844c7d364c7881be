import { asCsv } from './as-csv.js';
import { asJson } from './as-json.js';
import { asPage } from './as-page.js';
import { asTable } from './as-text.js';
import { type PrintedReport } from './printed.js';

export const formats = ['table', 'csv', 'json', 'html'] as const;
export type ReportFormat = (typeof formats)[number];

/** A report as a document in a format, without the break after its last line. */
export async function inFormat(report: PrintedReport, format: ReportFormat): Promise<string> {
  switch (format) {
    case 'table':
      return asTable(report).join('\n');
    case 'csv':
      return asCsv(report).slice(0, -1);
    case 'json':
      return JSON.stringify(asJson(report), null, 2);
    case 'html':
      return asPage(report);
  }
}
