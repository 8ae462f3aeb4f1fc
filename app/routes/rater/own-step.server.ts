import { redirect } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { load } from "../../server/http.server.ts";

/**
 * For loaders of a session's pages: a page that does not belong to the rater's present step sends them to the one
 * that does, instead of an error. Other refusals become error pages with their true status.
 */
export function loadStep<T>(assignmentId: string, work: () => Promise<T>): Promise<T> {
  return load(async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RequestError && error.code === "WRONG_PHASE") {
        throw redirect(paths.session(assignmentId), 303);
      }
      throw error;
    }
  });
}
