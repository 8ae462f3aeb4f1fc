/** Several files as one archive, made while it is sent: memory does not grow with them, and its length is known before. */
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { TAR_END, tarHeader, tarPadding, tarSize } from "../../exporters/index.ts";

export const ARCHIVE_FORMATS = ["zip", "tar"] as const;
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];

export interface ArchiveMember {
  name: string;
  byteSize: number;
  /** Called when its turn has come, so that one file is open at a time. */
  open(): Promise<Readable>;
}

export interface Archive {
  byteSize: number;
  /** Ends in an error, never early, when a member cannot be read whole. To be read or destroyed. */
  stream: Readable;
}

/** Members are stored, not compressed: only so the length is known, and tables in Parquet and images are compressed. */
export async function createArchive(
  format: ArchiveFormat,
  members: readonly ArchiveMember[],
  modifiedAtMs: number,
): Promise<Archive> {
  return format === "tar" ? createTar(members) : createZip(members, new Date(modifiedAtMs));
}

function createTar(members: readonly ArchiveMember[]): Archive {
  async function* parts() {
    for (const { name, byteSize, open } of members) {
      yield tarHeader(name, byteSize);
      let sent = 0;
      for await (const part of await open()) {
        sent += (part as Buffer).byteLength;
        yield part as Buffer;
      }
      if (sent !== byteSize) throw new Error(`${name} has ${sent} bytes instead of ${byteSize}`);
      yield tarPadding(byteSize);
    }
    yield TAR_END;
  }
  const byteSize = members.reduce((sum, member) => sum + tarSize(member.byteSize), TAR_END.byteLength);
  return { byteSize, stream: Readable.from(parts(), { objectMode: false }) };
}

async function createZip(members: readonly ArchiveMember[], mtime: Date): Promise<Archive> {
  const zip = new ZipFile();
  const stream = zip.outputStream as Readable;
  let current: Readable | null = null;
  // The library pipes, and a pipe passes neither an error on nor the end of whoever reads back.
  const fail = (error: Error) => stream.destroy(error);
  zip.on("error", fail);
  stream.once("close", () => current?.destroy());
  for (const { name, byteSize, open } of members) {
    zip.addReadStreamLazy(name, { mtime, mode: 0o100644, compress: false, size: byteSize }, (give) => {
      if (stream.destroyed) return;
      open().then(
        (opened) => {
          current = opened;
          opened.once("error", fail);
          if (stream.destroyed) opened.destroy();
          else give(null, opened);
        },
        (error: Error) => fail(error),
      );
    });
  }
  const byteSize = await new Promise<number>((resolve) => {
    // The types leave out what the callback is given.
    zip.end(undefined, resolve as () => void);
  });
  return { byteSize, stream };
}
