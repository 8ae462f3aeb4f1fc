import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ByteRange } from "../../../app/server/range.ts";
import { serveBytes } from "../../../app/server/serve-object.server.ts";

const TEXT = "0123456789";
const ETAG = `"${"ab".repeat(32)}"`;

async function ask(headers: Record<string, string>, { method = "GET", text = TEXT } = {}) {
  const opened: (ByteRange | undefined)[] = [];
  const response = await serveBytes(
    new Request("http://localhost/file", { method, headers }),
    {
      etag: ETAG,
      byteSize: text.length,
      mimeType: "text/csv",
      cacheControl: "private, no-cache",
      disposition: 'attachment; filename="a.csv"',
    },
    async (range) => {
      opened.push(range);
      return Readable.from([Buffer.from(range ? text.slice(range.start, range.end + 1) : text)]);
    },
  );
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, header, body: await response.text(), opened };
}

describe("bytes over HTTP", () => {
  it("come whole with their type, length, tag and name", async () => {
    const { status, header, body } = await ask({});
    expect([status, body]).toEqual([200, TEXT]);
    expect(header("etag")).toBe(ETAG);
    expect(header("content-type")).toBe("text/csv");
    expect(header("content-length")).toBe("10");
    expect(header("cache-control")).toBe("private, no-cache");
    expect(header("content-disposition")).toBe('attachment; filename="a.csv"');
    expect(header("accept-ranges")).toBe("bytes");
  });

  it.each([ETAG, `W/${ETAG}`, `"other", ${ETAG}`, "*"])("are not sent to who has %s", async (tag) => {
    const { status, body, opened } = await ask({ "if-none-match": tag });
    expect([status, body, opened]).toEqual([304, "", []]);
  });

  it("come in part, and whole when they have changed since", async () => {
    const part = await ask({ range: "bytes=2-4" });
    expect([part.status, part.body, part.header("content-range")]).toEqual([206, "234", "bytes 2-4/10"]);
    expect(part.header("content-length")).toBe("3");
    expect((await ask({ range: "bytes=2-4", "if-range": ETAG })).status).toBe(206);
    expect((await ask({ range: "bytes=2-4", "if-range": '"older"' })).body).toBe(TEXT);
  });

  it("beyond the end are refused with the size", async () => {
    const { status, header, opened } = await ask({ range: "bytes=10-" });
    expect([status, header("content-range"), opened]).toEqual([416, "bytes */10", []]);
  });

  it("are not opened for HEAD, nor when there are none", async () => {
    const head = await ask({}, { method: "HEAD" });
    expect([head.status, head.header("content-length"), head.opened]).toEqual([200, "10", []]);
    const empty = await ask({}, { text: "" });
    expect([empty.status, empty.header("content-length"), empty.opened]).toEqual([200, "0", []]);
  });
});
