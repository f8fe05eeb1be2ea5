/** Shows an answer in the form that is asked for (aws/aws-cli:awscli/formatter.py). */
import type { OperationModel } from '../../../protocols/clientCodec';
import { jsonText } from './output/jsonText';
import { isStructure, type PlainStructure, type PlainValue } from './output/plainValue';
import { tableText } from './output/tableText';
import { tabText } from './output/tabText';
import { yamlText } from './output/yamlText';
import { openOutput } from './outputStream';
import type { Paginator } from './paginators';
import { joinPages, pagePart } from './paging';
import type { CliSession } from './session';

/** What an operation answered: all at once, or page by page. */
export type Answer =
  | { readonly kind: 'whole'; readonly output: PlainStructure }
  | {
      readonly kind: 'pages';
      readonly paginator: Paginator;
      readonly pages: AsyncGenerator<PlainStructure, string | undefined>;
    };

type Write = (text: string) => Promise<void>;

export async function display(session: CliSession, operation: OperationModel, answer: Answer): Promise<void> {
  const format = session.outputFormat();
  const output = await openOutput(session);
  try {
    if (format === 'text') await displayText(session, answer, output.write);
    else if (format === 'yaml-stream') await displayStream(session, answer, output.write);
    else {
      const whole = answer.kind === 'whole' ? answer.output : await joinPages(answer.pages, answer.paginator);
      await output.write(wholeText(session, operation, applyQuery(session, whole), output.width, output.isTerminal));
    }
  } finally {
    await output.close();
  }
}

function applyQuery({ globals }: CliSession, value: PlainValue): PlainValue {
  return globals.query ? globals.query.apply(value) : value;
}

function isEmptyStructure(value: PlainValue): boolean {
  return isStructure(value) && Object.keys(value).length === 0;
}

function wholeText(
  session: CliSession,
  operation: OperationModel,
  value: PlainValue,
  terminalWidth: number,
  isTerminal: boolean,
): string {
  if (session.outputFormat() === 'table') {
    const { color } = session.globals;
    const isColoured = color === 'on' || (color === 'auto' && isTerminal);
    return tableText(operation.name, value, { terminalWidth, isColoured });
  }
  if (isEmptyStructure(value)) return '';
  return session.outputFormat() === 'yaml' ? yamlText(value) : jsonText(value);
}

/** Each page by itself; a token to go on with comes last, on a line of its own. */
async function displayText(session: CliSession, answer: Answer, write: Write): Promise<void> {
  if (answer.kind === 'whole') return write(tabText(applyQuery(session, answer.output)));
  for (let isFirst = true; ; isFirst = false) {
    const { done, value } = await answer.pages.next();
    if (!done) {
      await write(tabText(applyQuery(session, pagePart(value, answer.paginator, isFirst))));
      continue;
    }
    if (value === undefined) return;
    return write(tabText(applyQuery(session, { NextToken: { NextToken: value } })));
  }
}

/** A list of one for each page. */
async function displayStream(session: CliSession, answer: Answer, write: Write): Promise<void> {
  if (answer.kind === 'whole') {
    const value = applyQuery(session, answer.output);
    return isEmptyStructure(value) ? undefined : write(yamlText([value]));
  }
  for await (const page of answer.pages) await write(yamlText([applyQuery(session, page)]));
}
