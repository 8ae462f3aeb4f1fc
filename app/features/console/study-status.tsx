import { StatusBadge } from "../../components/badge.tsx";
import type { StudyStatus } from "../../domain/study.ts";

/** Status of a study with its version: "Open · v2". */
export function StudyStatusBadge({ status, version }: { status: StudyStatus; version: number }) {
  const word = status.charAt(0).toUpperCase() + status.slice(1);
  return <StatusBadge status={status} label={version > 0 ? `${word} · v${version}` : word} />;
}
