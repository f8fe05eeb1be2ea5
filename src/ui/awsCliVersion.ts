const answerLimitMs = 10_000;

/** What `aws --version` prints on this machine; undefined when there is no such program, or it does not answer. */
export async function awsCliVersionLine(): Promise<string | undefined> {
  const { execFile } = await import('node:child_process');
  return new Promise(resolve => {
    // The first version said it on stderr.
    execFile('aws', ['--version'], { timeout: answerLimitMs }, (error, stdout, stderr) =>
      resolve(error ? undefined : stdout || stderr),
    );
  });
}
