import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import { readExportUpload, uploadNames } from "../../app/server/export-upload-env.server.ts";
import { ObjectDamagedError, ObjectStoreError } from "../../app/storage/errors.ts";
import { type UploadedFile, uploadFiles } from "../../app/storage/s3/upload.ts";
import { CliError } from "../errors.ts";
import { formatBytes, formatCount } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

/** `turnwise upload`. */
export function uploadCommand(): Command {
  return new Command("upload")
    .description("Copy a bundle into the bucket that EXPORT_UPLOAD_BUCKET names.")
    .argument("<folder>", "a bundle that turnwise export wrote, or that was downloaded and unpacked")
    .option("--name <name>", "its folder in the bucket; default: as the folder is called")
    .addHelpText(
      "after",
      `
Set EXPORT_UPLOAD_BUCKET, and where it is not AWS with the machine's role EXPORT_UPLOAD_ENDPOINT, _REGION,
_ACCESS_KEY_ID, _SECRET_ACCESS_KEY; _PREFIX puts everything below a path. Files that are there already are kept: run it
again after a break. SHA256SUMS goes last, so that a folder that has it is whole.

Example:
  EXPORT_UPLOAD_BUCKET=releases turnwise upload ./release --name cats-1.0.0`,
    )
    .action((folder: string, flags: { name?: string }) =>
      interruptible((signal) => run(folder, flags, signal)),
    );
}

async function run(given: string, flags: { name?: string }, signal: AbortSignal): Promise<void> {
  const config = readExportUpload();
  if (!config) throw new CliError("Say where to: set EXPORT_UPLOAD_BUCKET. See turnwise upload --help.");
  const folder = resolve(given);
  const name = flags.name ?? basename(folder);
  if (!/^[A-Za-z0-9._-]{1,120}$/.test(name) || /^\.+$/.test(name))
    throw new CliError(
      "The name of a folder in the bucket has letters, digits, dots, hyphens and underlines: --name NAME.",
    );
  const files = await listBundle(folder);
  const progress = createProgress();
  try {
    const { uploaded, kept, bytes } = await uploadFiles(config, files, {
      folder: name,
      signal,
      onProgress: (now) =>
        progress.update(`${now.name}: ${formatBytes(now.bytes)} of ${formatBytes(now.totalBytes)}`),
    });
    progress.end();
    console.log(
      `${formatCount(uploaded)} files (${formatBytes(bytes)}) uploaded, ${formatCount(kept)} were there: ${config.bucket}/${config.prefix}${name}`,
    );
  } catch (error) {
    if (error instanceof ObjectDamagedError) throw new CliError(error.message, { cause: error });
    if (error instanceof ObjectStoreError) throw new CliError(uploadNames(error.message), { cause: error });
    throw error;
  } finally {
    progress.end();
  }
}

/** The files that SHA256SUMS lists, and itself at the end. */
async function listBundle(folder: string): Promise<UploadedFile[]> {
  const sums = await readFile(join(folder, "SHA256SUMS")).catch(() => {
    throw new CliError(`${folder} is no bundle: it has no SHA256SUMS.`);
  });
  const files: UploadedFile[] = [];
  for (const line of sums.toString("utf8").trimEnd().split("\n")) {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}([A-Za-z0-9_][A-Za-z0-9._-]*)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined)
      throw new CliError(`SHA256SUMS has a line that no bundle has: ${JSON.stringify(line.slice(0, 200))}`);
    files.push(await fileOf(folder, name, sha256));
  }
  files.push(await fileOf(folder, "SHA256SUMS", createHash("sha256").update(sums).digest("hex")));
  return files;
}

async function fileOf(folder: string, name: string, sha256: string): Promise<UploadedFile> {
  const path = join(folder, name);
  const state = await stat(path).catch(() => null);
  if (!state?.isFile()) throw new CliError(`${name} is listed in SHA256SUMS, but is not there.`);
  return { name, path, byteSize: state.size, sha256 };
}
