const EXIT_CODE = /^EXIT_CODE: (-?\d+)$/;

/** The status in an exit code payload (`EXIT_CODE: 1`), or undefined for other text. */
export function readExitCode(payload: Uint8Array): number | undefined {
  const match = EXIT_CODE.exec(new TextDecoder().decode(payload).trim());
  return match ? Number(match[1]) : undefined;
}
