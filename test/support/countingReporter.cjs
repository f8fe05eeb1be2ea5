const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

/** How long what tests have opened may take to close after the last one. */
const closingMs = 10_000;

/**
 * Prints what mocha's `spec` reporter prints and writes the totals, as JSON, to the file that TEST_TOTALS names. With the option
 * `leaks=refuse`, a process that does not end by itself fails and says what is still open.
 */
module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      const file = process.env.TEST_TOTALS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      if (options?.reporterOptions?.leaks === 'refuse') refuseLeaks();
    });
  }
};

function refuseLeaks() {
  const refuse = () => {
    console.error(`The tests are done, but something is still open: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  };
  setTimeout(refuse, closingMs).unref();
}
