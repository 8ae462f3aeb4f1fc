import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { copyImages } from "../../../exporters/bundle/copy-images.ts";
import { createPseudonyms } from "../../../exporters/pseudonyms.ts";
import { toRecord } from "../../../exporters/records.ts";
import { makeTempDir } from "../../support/temp.ts";
import { completeTrajectory } from "./sample.ts";

it("copying one trajectory's images stops at the image during which it is told to", async () => {
  const folder = makeTempDir("images");
  const stopped = new Error("stopped");
  const controller = new AbortController();
  let reads = 0;
  const objects = {
    async read() {
      reads += 1;
      controller.abort(stopped);
      return Readable.from([Buffer.from("x")]);
    },
  };
  const record = toRecord(completeTrajectory(), "internal", createPseudonyms(new Uint8Array(32)));
  await expect(copyImages(objects, record, folder, controller.signal)).rejects.toBe(stopped);
  expect(reads).toBe(1);
  expect(readdirSync(folder).length).toBeLessThanOrEqual(1);
});
