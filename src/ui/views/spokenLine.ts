import type * as vscode from 'vscode';

/**
 * What a screen reader says of a line: all that is written there, in its order, and then what else there is to say, such as a state that
 * only the icon shows. Nothing is said twice.
 */
export function spokenLine(item: Pick<vscode.TreeItem, 'label' | 'description'>, ...more: readonly string[]): string {
  return [...new Set([...writtenParts(item), ...more])].filter(Boolean).reduce(joinPhrases, '');
}

/** What is shown over a line: what of it the line's own words leave out, since it may be cut off, and then those words. */
export function hoverLines(item: Pick<vscode.TreeItem, 'label' | 'description' | 'tooltip'>): string {
  const own = typeof item.tooltip === 'string' ? item.tooltip : '';
  return [...writtenParts(item).filter(part => !own.includes(part)), own].filter(Boolean).join('\n');
}

/** The label and the parts of the description of a line. */
function writtenParts({ label, description }: Pick<vscode.TreeItem, 'label' | 'description'>): string[] {
  const name = typeof label === 'string' ? label : (label?.label ?? '');
  return [name, ...(typeof description === 'string' ? description.split(' · ') : [])];
}

function joinPhrases(said: string, phrase: string): string {
  if (said === '') return phrase;
  return `${said}${/[.…!?]$/.test(said) ? '' : ','} ${phrase}`;
}
