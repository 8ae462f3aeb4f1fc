import { expect } from "vitest";
import { RequestError } from "../../../app/domain/errors.ts";

/** Awaits a refusal and returns it. */
export async function refusal(work: Promise<unknown>): Promise<RequestError> {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(RequestError);
  return error as RequestError;
}
