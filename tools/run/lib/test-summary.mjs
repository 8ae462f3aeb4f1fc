import { readFileSync } from "node:fs";

/**
 * One line from vitest's JSON report: "12 passed, 0 failed, 3 skipped". A file that could not run
 * counts as one failure, and so does a run that failed without a failed test.
 */
export function summaryLine(reportFile, exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, "utf8"));
  } catch {
    return exitCode === 0 ? "0 passed, 0 failed" : "0 passed, 1 failed";
  }
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const parts = [
    `${report.numPassedTests} passed`,
    `${exitCode === 0 ? failed : Math.max(failed, 1)} failed`,
  ];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join(", ");
}
