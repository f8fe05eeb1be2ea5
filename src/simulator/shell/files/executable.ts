/** An executable of ours is a file that says, after ELF's magic number, which program it stands for; so it can be moved, copied, linked and deleted. */
const mark = '\x7fELF program ';

export function executableContent(programName: string): string {
  return `${mark}${programName}\n`;
}

export function programNameIn(content: string): string | undefined {
  return content.startsWith(mark) ? content.slice(mark.length).trimEnd() : undefined;
}
