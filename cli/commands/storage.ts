import { Command, InvalidArgumentError, Option } from "commander";
import { readEnv } from "../../app/server/env.server.ts";
import { migrateObjects } from "../../app/services/storage/migrate-objects.server.ts";
import { MIN_ORPHAN_AGE_MS, sweepObjects } from "../../app/services/storage/sweep-objects.server.ts";
import type { StorageConfig } from "../../app/storage/config.ts";
import type { ObjectStore } from "../../app/storage/port.ts";
import { createObjectStore } from "../../app/storage/registry.ts";
import { openStore, type Store } from "../../db/store.ts";
import { CliError } from "../errors.ts";
import { formatBytes, formatCount, formatTable } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

type Kind = StorageConfig["kind"];
const KINDS: Kind[] = ["local", "s3"];
const MARKS = { ok: "ok", warning: "WARNING", failed: "FAILED" };
/** So many names are printed; a count tells of the rest. */
const NAMES_SHOWN = 20;

const kindOption = (flags: string, text: string) => new Option(flags, text).choices(KINDS);

export function storageCommand(): Command {
  return new Command("storage")
    .description("Check, move and tidy the store of images.")
    .addCommand(
      new Command("check")
        .description("Try everything that Turnwise does with the store, and say what to do about what fails.")
        .addOption(kindOption("--store <kind>", "which store (default: the one in use)"))
        .option("--create-bucket", "make the bucket when it is missing", false)
        .action(check),
    )
    .addCommand(
      new Command("migrate")
        .description("Copy all images into another store. Goes on where an earlier run ended.")
        .addOption(kindOption("--from <kind>", "where the images are").makeOptionMandatory())
        .addOption(kindOption("--to <kind>", "where they shall be").makeOptionMandatory())
        .option("--verify", "also read every image back from the target", false)
        .addHelpText(
          "after",
          `
Set the variables of both stores, and keep OBJECT_STORE at the old one while the first run copies. Then restart the
servers with OBJECT_STORE at the new one, and run it once more for what came meanwhile. Nothing is removed.

Example:
  OBJECT_STORE=local turnwise storage migrate --from local --to s3 --verify`,
        )
        .action((flags) => interruptible((signal) => migrate(flags, signal))),
    )
    .addCommand(
      new Command("sweep")
        .description("Find objects that no row refers to, and rows whose object is missing.")
        .addOption(kindOption("--store <kind>", "which store (default: the one in use)"))
        .option("--older-than <hours>", "leave younger objects alone", hours, 24)
        .option("--delete", "remove the orphans; without it they are only counted", false)
        .addHelpText("after", "\nExit code 1 when an object is missing.")
        .action((flags) => interruptible((signal) => sweep(flags, signal))),
    );
}

async function check(flags: { store?: Kind; createBucket: boolean }): Promise<void> {
  const { storage } = readEnv();
  const store = createObjectStore(storage, flags.store);
  console.log(store.description);
  let failed = false;
  for await (const { what, outcome, detail } of store.diagnose({ createBucket: flags.createBucket })) {
    failed ||= outcome === "failed";
    console.log(`  ${MARKS[outcome].padEnd(8)} ${what}: ${detail}`);
  }
  if (failed) throw new CliError("The store cannot be used as it is.");
}

async function migrate(flags: { from: Kind; to: Kind; verify: boolean }, signal: AbortSignal): Promise<void> {
  if (flags.from === flags.to) throw new CliError("Name two different stores.");
  await withStores([flags.from, flags.to], async (store, [from, to]) => {
    await to.check();
    const progress = createProgress();
    try {
      const result = await migrateObjects(
        { store, from, to },
        {
          verify: flags.verify,
          signal,
          onProgress: ({ copied, skipped, bytes }) =>
            progress.update(
              `${formatCount(copied)} copied (${formatBytes(bytes)}), ${formatCount(skipped)} there already`,
            ),
        },
      );
      progress.end();
      console.log(`${from.description}\n  → ${to.description}`);
      console.log(
        formatTable(
          [
            ["copied", formatCount(result.copied), formatBytes(result.bytes)],
            ["there already", formatCount(result.skipped), ""],
            ...(flags.verify ? [["read back", formatCount(result.verified), ""]] : []),
            ["missing", formatCount(result.missing.length), ""],
            ["damaged", formatCount(result.damaged.length), ""],
          ],
          ["left", "right", "right"],
        ),
      );
      const lost = [...result.missing, ...result.damaged];
      if (lost.length === 0) return;
      printKeys(lost);
      throw new CliError("Some images that rows refer to could not be copied. Look for them in a backup.");
    } finally {
      progress.end();
    }
  });
}

async function sweep(
  flags: { store?: Kind; olderThan: number; delete: boolean },
  signal: AbortSignal,
): Promise<void> {
  const kind = flags.store ?? readEnv().storage.kind;
  await withStores([kind], async (store, [objects]) => {
    const result = await sweepObjects(
      { store, objects, now: Date.now },
      { olderThanMs: flags.olderThan * 3_600_000, remove: flags.delete, signal },
    );
    console.log(objects.description);
    console.log(
      formatTable(
        [
          ["objects", formatCount(result.listed), ""],
          ["orphans", formatCount(result.orphans), formatBytes(result.orphanBytes)],
          ["removed", formatCount(result.removed), ""],
          ["too young to tell", formatCount(result.young), ""],
          ["missing", formatCount(result.missing.length), ""],
        ],
        ["left", "right", "right"],
      ),
    );
    if (result.orphans > 0 && !flags.delete) console.log("Remove the orphans with --delete.");
    if (result.missing.length === 0) return;
    printKeys(result.missing);
    throw new CliError("Some rows point at images that the store does not have. Look for them in a backup.");
  });
}

/** Opens the database and the stores; the one in use need not work when another is asked for. */
async function withStores<T>(
  kinds: Kind[],
  work: (store: Store, stores: [ObjectStore, ObjectStore]) => Promise<T>,
): Promise<T> {
  const env = readEnv();
  const stores = kinds.map((kind) => createObjectStore(env.storage, kind));
  const store = await openStore(env.databaseUrl);
  try {
    return await work(store, stores as [ObjectStore, ObjectStore]);
  } finally {
    await store.close();
  }
}

function printKeys(keys: { studyId: string | null; sha256: string }[]): void {
  for (const { studyId, sha256 } of keys.slice(0, NAMES_SHOWN))
    console.error(`  ${studyId ?? "-"}/${sha256}`);
  if (keys.length > NAMES_SHOWN) console.error(`  … and ${formatCount(keys.length - NAMES_SHOWN)} more`);
}

function hours(text: string): number {
  const value = Number(text);
  const least = MIN_ORPHAN_AGE_MS / 3_600_000;
  if (text.trim() === "" || !(value >= least)) {
    throw new InvalidArgumentError(`Use a number of hours, at least ${least}.`);
  }
  return value;
}
